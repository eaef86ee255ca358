import { In, type EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { columnsOf } from '../database/rows';
import { CaseEventRow } from './case-event.entity';
import { chainLinks, HASHED_COLUMNS, HEAD_COLUMNS, type ChainHead, type ChainLink } from './chain-link';

/** An event to be appended; number and hashes are the database's to set. */
export type NewCaseEvent = Omit<CaseEventRow, 'seq' | 'prevHash' | 'hash'>;

/** What the worker may know of an event. */
export type EventForNotice = Pick<CaseEventRow, 'id' | 'caseId' | 'trackId' | 'type' | 'payload' | 'occurredAt'>;

/**
 * Appends to the record of a case. Two transactions on the same case queue up here until the first has ended, so do it late in a
 * transaction. Reasons that somebody wrote go sealed into `sealedPayload`, never into `payload`.
 */
export async function appendEvent(tx: EntityManager, event: NewCaseEvent): Promise<void> {
  await insertRow(tx, CaseEventRow, event);
}

/** The record of a case, oldest first. Casework and owner. */
export async function listEvents(tx: EntityManager, caseId: string): Promise<readonly CaseEventRow[]> {
  return tx.find(CaseEventRow, { where: { caseId }, order: { seq: 'ASC' } });
}

/** One page of the record of a case. */
export interface EventPage {
  /** Oldest first. */
  readonly rows: readonly CaseEventRow[];
  /** Give it as `before` for what came before; absent when there is nothing. */
  readonly earlier?: number;
}

/**
 * One page of the record of a case, of the case itself and of these tracks. Casework and owner.
 * @param wish `before`: a number in the record; absent for the end of it
 */
export async function listEventPage(
  tx: EntityManager,
  caseId: string,
  { trackIds, before, limit }: { readonly trackIds: readonly string[]; readonly before?: number; readonly limit: number },
): Promise<EventPage> {
  const found = await tx.query<CaseEventRow[]>(
    `SELECT ${columnsOf(tx, CaseEventRow, 'e')} FROM case_event e
     WHERE e.case_id = $1 AND ($2::integer IS NULL OR e.seq < $2) AND (e.track_id IS NULL OR e.track_id = ANY ($3::uuid[]))
     ORDER BY e.seq DESC LIMIT $4`,
    [caseId, before ?? null, trackIds, limit + 1],
  );
  const rows = found.slice(0, limit).reverse();
  return found.length > limit && rows[0] !== undefined ? { rows, earlier: rows[0].seq } : { rows };
}

/** What the record of a case has of these types, oldest first. Casework and owner. */
export async function listEventsOfTypes(tx: EntityManager, caseId: string, types: readonly string[]): Promise<readonly CaseEventRow[]> {
  return tx.find(CaseEventRow, { where: { caseId, type: In([...types]) }, order: { seq: 'ASC' } });
}

/** Number of the last event in the record of a case; 0 where there is none. Casework and owner. */
export async function findLastSeq(tx: EntityManager, caseId: string): Promise<number> {
  const [row] = await tx.query<{ seq: number | null }[]>('SELECT max(seq) AS seq FROM case_event WHERE case_id = $1', [caseId]);
  return row?.seq ?? 0;
}

/** Whether the record of a case has an event of one of these types after this one. Casework and owner. */
export async function hasEventAfter(tx: EntityManager, caseId: string, seq: number, types: readonly string[]): Promise<boolean> {
  const rows = await tx.query<unknown[]>('SELECT 1 FROM case_event WHERE case_id = $1 AND seq > $2 AND type = ANY ($3) LIMIT 1', [
    caseId,
    seq,
    types,
  ]);
  return rows.length > 0;
}

/** What was done to a track, actions and moves between versions, oldest first: type and readable payload only, so that the worker may ask too. */
export async function listActionEvents(tx: EntityManager, trackId: string): Promise<readonly Pick<CaseEventRow, 'type' | 'payload'>[]> {
  return tx.query<Pick<CaseEventRow, 'type' | 'payload'>[]>(
    `SELECT type, payload FROM case_event WHERE track_id = $1 AND type IN ('action_performed', 'track_moved_to_version') ORDER BY seq`,
    [trackId],
  );
}

/** Of what was done to these tracks, that by which facts began or ceased to hold, oldest first: what {@link listActionEvents} tells of one, for a page of them. */
export async function listFactEvents(
  tx: EntityManager,
  trackIds: readonly string[],
): Promise<readonly (Pick<CaseEventRow, 'type' | 'payload'> & { readonly trackId: string })[]> {
  return tx.query<(Pick<CaseEventRow, 'type' | 'payload'> & { trackId: string })[]>(
    `SELECT track_id AS "trackId", type, payload FROM case_event
     WHERE track_id = ANY ($1::uuid[]) AND type IN ('action_performed', 'track_moved_to_version') AND payload ?| ARRAY['establishes', 'revokes']
     ORDER BY seq`,
    [trackIds],
  );
}

/** Ids of the members of staff who took an action on a track, asked for one or agreed to one. */
export async function listPartakers(tx: EntityManager, trackId: string): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `SELECT DISTINCT actor_id AS id FROM case_event
     WHERE track_id = $1 AND actor_kind = 'staff' AND type IN ('action_performed', 'approval_requested', 'approval_given') AND actor_id IS NOT NULL`,
    [trackId],
  );
  return rows.map(({ id }) => id);
}

/** The last action that was taken on a track, and by whom; undefined before the first. Casework and owner. */
export async function findLastAction(
  tx: EntityManager,
  { id, caseId }: { readonly id: string; readonly caseId: string },
): Promise<Pick<CaseEventRow, 'payload' | 'actorId'> | undefined> {
  // From the end of the record of the case: on a track that is acted on, its last action is among the last that happened.
  const [found] = await tx.query<Pick<CaseEventRow, 'payload' | 'actorId'>[]>(
    `SELECT payload, actor_id AS "actorId" FROM case_event WHERE case_id = $1 AND track_id = $2 AND type = 'action_performed'
     ORDER BY seq DESC LIMIT 1`,
    [caseId, id],
  );
  return found;
}

/** Whether the software has acted on this row of the outbox on this track. */
export async function hasActedOn(tx: EntityManager, trackId: string, cause: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `SELECT 1 FROM case_event WHERE track_id = $1 AND type = 'action_performed' AND payload ->> 'cause' = $2 LIMIT 1`,
    [trackId, cause],
  );
  return rows.length > 0;
}

/** What the worker needs to tell somebody about an event, or undefined. */
export async function findEventForNotice(tx: EntityManager, id: string): Promise<EventForNotice | undefined> {
  const [found] = await tx.query<EventForNotice[]>(
    `SELECT id, case_id AS "caseId", track_id AS "trackId", type, payload, occurred_at AS "occurredAt" FROM case_event WHERE id = $1`,
    [id],
  );
  return found;
}

/** The record of a case as it was hashed, oldest first. Casework and owner. */
export async function listChain(tx: EntityManager, caseId: string): Promise<readonly ChainLink[]> {
  return chainLinks(
    await tx.query(
      `SELECT id, case_id AS chain, track_id AS about, ${HASHED_COLUMNS}, actor_kind AS "actorKind", sealed_payload AS "sealedPayload"
       FROM case_event WHERE case_id = $1 ORDER BY seq`,
      [caseId],
    ),
  );
}

/** Where the chain of a case ends; undefined when nothing was ever recorded. Owner only. */
export async function findChainHead(tx: EntityManager, caseId: string): Promise<ChainHead | undefined> {
  const [head] = await tx.query<ChainHead[]>(`SELECT ${HEAD_COLUMNS} FROM case_chain WHERE case_id = $1 AND last_seq > 0`, [caseId]);
  return head;
}
