import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { StaffEventRow } from './staff-event.entity';

/** Appends to the record of accounts and teams. */
export async function insertStaffEvent(tx: EntityManager, event: StaffEventRow): Promise<void> {
  await insertRow(tx, StaffEventRow, event);
}

/** What is recorded about one member of staff, oldest first. Casework and owner. */
export async function listStaffEvents(tx: EntityManager, staffId: string): Promise<readonly StaffEventRow[]> {
  return tx.find(StaffEventRow, { where: { staffId }, order: { occurredAt: 'ASC', id: 'ASC' } });
}
