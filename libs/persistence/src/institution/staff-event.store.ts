import { STAFF_CHAIN } from '@recourse/domain';
import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { chainLinks, HASHED_COLUMNS, HEAD_COLUMNS, type ChainHead, type ChainLink } from '../record/chain-link';
import { StaffEventRow } from './staff-event.entity';

/** An event to be appended; number and hashes are the database's to set. */
export type NewStaffEventRow = Omit<StaffEventRow, 'seq' | 'prevHash' | 'hash'>;

/**
 * Appends to the record of accounts and teams. The institution has one such chain: whoever appends makes all others wait until the transaction ends, so do it
 * last, when every other lock is taken. Two transactions that hold to that cannot wait for each other.
 */
export async function insertStaffEvent(tx: EntityManager, event: NewStaffEventRow): Promise<void> {
  await insertRow(tx, StaffEventRow, event);
}

/** What is recorded about one member of staff, oldest first. Casework and owner. */
export async function listStaffEvents(tx: EntityManager, staffId: string): Promise<readonly StaffEventRow[]> {
  return tx.find(StaffEventRow, { where: { staffId }, order: { seq: 'ASC' } });
}

/**
 * The next events of the record of accounts and teams as they were hashed, oldest first. Casework and owner.
 * @param after `seq` of the last one of the page before; 0 to begin
 */
export async function listStaffChain(tx: EntityManager, after: number, limit: number): Promise<readonly ChainLink[]> {
  return chainLinks(
    await tx.query(
      `SELECT id, '${STAFF_CHAIN}' AS chain, staff_id AS about, ${HASHED_COLUMNS}, actor_kind AS "actorKind", NULL::bytea AS "sealedPayload"
       FROM staff_event WHERE seq > $1 ORDER BY seq LIMIT $2`,
      [after, limit],
    ),
  );
}

/** Where the record of accounts and teams ends; undefined when its head was removed. Owner only. */
export async function findStaffChainHead(tx: EntityManager): Promise<ChainHead | undefined> {
  const [head] = await tx.query<ChainHead[]>(`SELECT ${HEAD_COLUMNS} FROM staff_chain`);
  return head;
}
