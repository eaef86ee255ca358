import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { EvidenceFile } from './evidence-file.entity';

/** Notes a file whose sealed bytes are already in the evidence store. */
export async function insertEvidenceFile(tx: EntityManager, file: EvidenceFile): Promise<void> {
  await insertRow(tx, EvidenceFile, file);
}

/** The files of a case, oldest first. Not for intake: see `listShownEvidenceFiles`. */
export async function listEvidenceFiles(tx: EntityManager, caseId: string): Promise<readonly EvidenceFile[]> {
  return tx.find(EvidenceFile, { where: { caseId }, order: { receivedAt: 'ASC', id: 'ASC' } });
}

/** One file of a case, or undefined when it does not exist or belongs to another case. */
export async function findEvidenceFile(tx: EntityManager, caseId: string, id: string): Promise<EvidenceFile | undefined> {
  return (await tx.findOneBy(EvidenceFile, { id, caseId })) ?? undefined;
}
