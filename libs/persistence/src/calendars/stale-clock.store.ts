import type { EntityManager } from 'typeorm';

import { affectedBy, columnsOf } from '../database/rows';
import { toSafeInteger } from '../database/safe-integer';
import { Deadline } from '../tracks/deadline.entity';

/** An open clock with what its rules are found by. */
export interface ClockOfTrack {
  readonly deadline: Deadline;
  readonly procedureVersionId: string;
  readonly reference: string;
}

/** What happened to a clock. */
export interface ClockEvent {
  readonly deadlineId: string;
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
}

/** Where the page before ended. */
export type ClockPlace = Pick<Deadline, 'id' | 'calendarVersion'>;

type RawClock = Omit<Deadline, 'remainingMs'> & { remainingMs: string | null; procedureVersionId: string; reference?: string };

// As the index deadline_calendar_idx has it.
const IS_OPEN = `d.state IN ('running', 'paused')`;

/**
 * Claims open clocks that were computed by an older version of their calendar, a page at a time, together with their tracks. Both stay locked until the
 * transaction ends; what somebody else holds is passed over and comes at the next call. Oldest version first.
 * @param version the one they should be computed by
 * @param after where the page before ended
 */
export async function claimStaleDeadlines(
  tx: EntityManager,
  calendar: string,
  version: number,
  limit: number,
  after?: ClockPlace,
): Promise<readonly Omit<ClockOfTrack, 'reference'>[]> {
  const rows = await tx.query<RawClock[]>(
    `SELECT ${columnsOf(tx, Deadline, 'd')}, t.procedure_version_id AS "procedureVersionId"
     FROM deadline d JOIN track t ON t.id = d.track_id
     WHERE d.calendar = $1 AND ${IS_OPEN} AND d.calendar_version < $2 AND (d.calendar_version, d.id) > ($3, $4::uuid)
     ORDER BY d.calendar_version, d.id LIMIT $5 FOR NO KEY UPDATE OF d, t SKIP LOCKED`,
    [calendar, version, after?.calendarVersion ?? -1, after?.id ?? FIRST_ID, limit],
  );
  return rows.map(toClock);
}

/** Every open clock of a calendar, a page at a time, whatever version it was computed by; nothing is locked. Owner. */
export async function listOpenClocks(
  tx: EntityManager,
  calendar: string,
  limit: number,
  after?: ClockPlace,
): Promise<readonly ClockOfTrack[]> {
  const rows = await tx.query<(RawClock & { reference: string })[]>(
    `SELECT ${columnsOf(tx, Deadline, 'd')}, t.procedure_version_id AS "procedureVersionId", f.reference
     FROM deadline d JOIN track t ON t.id = d.track_id JOIN case_file f ON f.id = d.case_id
     WHERE d.calendar = $1 AND ${IS_OPEN} AND (d.calendar_version, d.id) > ($2, $3::uuid)
     ORDER BY d.calendar_version, d.id LIMIT $4`,
    [calendar, after?.calendarVersion ?? -1, after?.id ?? FIRST_ID, limit],
  );
  return rows.map((row) => ({ ...toClock(row), reference: row.reference }));
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** What was done to the clocks of these tracks, oldest first: pauses, resumptions and extensions. Worker and owner. */
export async function listClockEvents(tx: EntityManager, trackIds: readonly string[]): Promise<readonly ClockEvent[]> {
  return tx.query<ClockEvent[]>(
    `SELECT e.payload ->> 'deadlineId' AS "deadlineId", e.type, e.payload, e.occurred_at AS "occurredAt"
     FROM case_event e WHERE e.track_id = ANY ($1::uuid[]) AND e.type IN ('clock_paused', 'clock_resumed', 'clock_extended')
     ORDER BY e.case_id, e.seq`,
    [trackIds],
  );
}

/** Notes that the clocks are as this version of their calendar has them. @returns how many there were */
export async function markComputedBy(tx: EntityManager, ids: readonly string[], version: number): Promise<number> {
  return affectedBy(await tx.query('UPDATE deadline SET calendar_version = $2 WHERE id = ANY ($1::uuid[])', [ids, version]));
}

/** {@link refreshNextDueAt} for several tracks. */
export async function refreshNextDueAtOf(tx: EntityManager, trackIds: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE track SET next_due_at = (SELECT min(d.due_at) FROM deadline d WHERE d.track_id = track.id AND d.state = 'running')
     WHERE id = ANY ($1::uuid[])`,
    [trackIds],
  );
}

function toClock({ procedureVersionId, reference: _reference, ...row }: RawClock): Omit<ClockOfTrack, 'reference'> {
  return { deadline: { ...row, remainingMs: row.remainingMs === null ? null : toSafeInteger(row.remainingMs) }, procedureVersionId };
}
