import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { Party } from './party.entity';

/** Notes somebody's role in a case. */
export async function insertParty(tx: EntityManager, party: Party): Promise<void> {
  await insertRow(tx, Party, party);
}

/** The parties of a case, in the order in which they were noted. */
export async function listParties(tx: EntityManager, caseId: string): Promise<readonly Party[]> {
  return tx.find(Party, { where: { caseId }, order: { createdAt: 'ASC', id: 'ASC' } });
}
