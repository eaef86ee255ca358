import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { CaseEventRow } from './case-event.entity';

/** An event to be appended; number and hashes are the database's to set. */
export type NewCaseEvent = Omit<CaseEventRow, 'seq' | 'prevHash' | 'hash'>;

/** What the worker may know of an event. */
export type EventForNotice = Pick<CaseEventRow, 'id' | 'caseId' | 'trackId' | 'type' | 'payload' | 'occurredAt'>;

/** An event as its hash was computed from it: the payload as PostgreSQL prints it, the instant in whole microseconds since 1970. */
export interface ChainLink {
  readonly id: string;
  readonly caseId: string;
  readonly trackId: string | null;
  readonly seq: number;
  readonly type: string;
  readonly payloadText: string;
  readonly sealedPayload: Buffer | null;
  readonly actorKind: CaseEventRow['actorKind'];
  readonly actorId: string | null;
  readonly occurredAtMicros: bigint;
  readonly prevHash: Buffer;
  readonly hash: Buffer;
}

/** Where a chain ends, as the database keeps it; a chain cut at its end does not reach it. */
export interface ChainHead {
  readonly lastSeq: number;
  readonly lastHash: Buffer;
}

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

/** What was done to a track, actions and moves between versions, oldest first: type and readable payload only, so that the worker may ask too. */
export async function listActionEvents(tx: EntityManager, trackId: string): Promise<readonly Pick<CaseEventRow, 'type' | 'payload'>[]> {
  return tx.query<Pick<CaseEventRow, 'type' | 'payload'>[]>(
    `SELECT type, payload FROM case_event WHERE track_id = $1 AND type IN ('action_performed', 'track_moved_to_version') ORDER BY seq`,
    [trackId],
  );
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
  const rows = await tx.query<(Omit<ChainLink, 'occurredAtMicros'> & { occurredAtMicros: string })[]>(
    `SELECT id, case_id AS "caseId", track_id AS "trackId", seq, type, payload::text AS "payloadText", sealed_payload AS "sealedPayload",
            actor_kind AS "actorKind", actor_id AS "actorId", (extract(epoch FROM occurred_at) * 1000000)::bigint AS "occurredAtMicros",
            prev_hash AS "prevHash", hash
     FROM case_event WHERE case_id = $1 ORDER BY seq`,
    [caseId],
  );
  return rows.map((row) => ({ ...row, occurredAtMicros: BigInt(row.occurredAtMicros) }));
}

/** Where the chain of a case ends; undefined when nothing was ever recorded. Owner only. */
export async function findChainHead(tx: EntityManager, caseId: string): Promise<ChainHead | undefined> {
  const [head] = await tx.query<ChainHead[]>('SELECT last_seq AS "lastSeq", last_hash AS "lastHash" FROM case_chain WHERE case_id = $1', [
    caseId,
  ]);
  return head;
}
