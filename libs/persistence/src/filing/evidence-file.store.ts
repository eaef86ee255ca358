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

/**
 * Which of these storage keys a committed row names. For intake, which writes the files and may not read the rows: it learns nothing but
 * whether a key that it found in its own folder is in use, and keys are 128 random bits.
 */
export async function listNamedFiles(tx: EntityManager, storageKeys: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query<{ key: string }[]>('SELECT key FROM recourse_named_files($1) AS key', [storageKeys]);
  return rows.map(({ key }) => key);
}
