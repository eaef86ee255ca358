import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { IntakeItem } from './intake-item.entity';

/** Stores what arrived. As intake: in a new case, or in the one whose receipt was shown. */
export async function insertIntakeItem(tx: EntityManager, item: IntakeItem): Promise<void> {
  await insertRow(tx, IntakeItem, item);
}

/** The complaint and its additions, oldest first. Not for intake: see `listShownIntakeItems`. */
export async function listIntakeItems(tx: EntityManager, caseId: string): Promise<readonly IntakeItem[]> {
  return tx.find(IntakeItem, { where: { caseId }, order: { receivedAt: 'ASC', id: 'ASC' } });
}
