import { In, MoreThan, type EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { affectedBy, columnsOf, updateRows } from '../database/rows';
import { toSafeInteger } from '../database/safe-integer';
import { Deadline } from './deadline.entity';
import { CLOCK_SET_ASIDE } from './open-work';

/** What may change of a running or paused clock. What is absent stays. */
export type DeadlineChanges = Partial<
  Pick<
    Deadline,
    | 'kind'
    | 'stage'
    | 'calendar'
    | 'calendarVersion'
    | 'dueAt'
    | 'pausedAt'
    | 'pauseReasonCode'
    | 'pauseUntil'
    | 'remainingMs'
    | 'extensions'
    | 'missedAt'
    | 'level'
    | 'nextFireAt'
    | 'state'
    | 'finishedAt'
  >
>;

type RawDeadline = Omit<Deadline, 'remainingMs'> & { remainingMs: string | null };

// A paused clock has a next moment only when it goes on by itself, and one that has ended has none.
const IS_DUE = `d.next_fire_at IS NOT NULL AND d.set_aside_at IS NULL AND d.next_fire_at <= $1`;

/** A clock to be started: what is absent has its default, and intake may not name it. */
export type NewDeadline = Pick<
  Deadline,
  'id' | 'trackId' | 'caseId' | 'kind' | 'stage' | 'calendar' | 'calendarVersion' | 'startedAt' | 'dueAt' | 'level' | 'nextFireAt' | 'state'
> &
  Partial<Deadline>;

/** Starts a clock. Call `refreshNextDueAt` afterwards. */
export async function insertDeadline(tx: EntityManager, deadline: NewDeadline): Promise<void> {
  await insertRow(tx, Deadline, deadline);
}

/** The clock with this id, or undefined. */
export async function findDeadline(tx: EntityManager, id: string): Promise<Deadline | undefined> {
  return (await tx.findOneBy(Deadline, { id })) ?? undefined;
}

/** The clocks of a track, the oldest first, ended ones included. */
export async function listDeadlinesOfTrack(tx: EntityManager, trackId: string): Promise<readonly Deadline[]> {
  return tx.find(Deadline, { where: { trackId }, order: { startedAt: 'ASC', id: 'ASC' } });
}

/** Of the clocks of these tracks, those that run or wait, and those that have ended and were given more time: what a way out can depend on. */
export async function listDeadlinesThatCount(tx: EntityManager, trackIds: readonly string[]): Promise<readonly Deadline[]> {
  const trackId = In([...trackIds]);
  return tx.find(Deadline, {
    where: [
      { trackId, state: In(['running', 'paused']) },
      { trackId, extensions: MoreThan(0) },
    ],
    order: { startedAt: 'ASC', id: 'ASC' },
  });
}

/** The clocks of a case, the oldest first, ended ones included. */
export async function listDeadlinesOfCase(tx: EntityManager, caseId: string): Promise<readonly Deadline[]> {
  return tx.find(Deadline, { where: { caseId }, order: { startedAt: 'ASC', id: 'ASC' } });
}

/** The clocks of a track that have not ended, locked until the transaction ends. Lock the track first (`lockTrack`). */
export async function lockOpenDeadlines(tx: EntityManager, trackId: string): Promise<readonly Deadline[]> {
  return tx.find(Deadline, {
    where: [
      { trackId, state: 'running' },
      { trackId, state: 'paused' },
    ],
    order: { startedAt: 'ASC', id: 'ASC' },
    lock: { mode: 'for_no_key_update' },
  });
}

/**
 * Changes a clock unless it changed since it was read: another level or another state refuses.
 * @param seen the clock as it was read
 * @returns false when nothing was changed
 */
export async function changeDeadline(
  tx: EntityManager,
  seen: Pick<Deadline, 'id' | 'level' | 'state'>,
  changes: DeadlineChanges,
): Promise<boolean> {
  return (await updateRows(tx, Deadline, { id: seen.id, level: seen.level, state: seen.state }, changes)) === 1;
}

/**
 * Calls the clocks of a track that have ended by other codes: those of the version of its procedure to which it moved. Run as the owner.
 * @param names the code of before, and that of now
 */
export async function renameEndedDeadlines(tx: EntityManager, trackId: string, names: ReadonlyMap<string, string>): Promise<void> {
  await tx.query(
    `UPDATE deadline d SET kind = n.kind FROM unnest($2::text[], $3::text[]) AS n (was, kind)
     WHERE d.track_id = $1 AND d.finished_at IS NOT NULL AND d.kind = n.was AND n.kind <> n.was`,
    [trackId, [...names.keys()], [...names.values()]],
  );
}

/**
 * Claims clocks whose next firing is due, in the order in which they are, together with their tracks. Both stay locked until the
 * transaction ends; what another worker or an officer holds is skipped and comes at the next call, so that no two ever wait for each
 * other. An empty answer means that none is left to claim now.
 * @param now firings up to and including this instant are due
 * @param limit at most so many
 */
export async function claimDueDeadlines(tx: EntityManager, now: Date, limit: number): Promise<readonly Deadline[]> {
  const rows = await tx.query<RawDeadline[]>(
    `SELECT ${columnsOf(tx, Deadline, 'd')} FROM deadline d JOIN track t ON t.id = d.track_id
     WHERE ${IS_DUE} ORDER BY d.next_fire_at, d.id LIMIT $2 FOR NO KEY UPDATE OF d, t SKIP LOCKED`,
    [now, limit],
  );
  return rows.map(toDeadline);
}

/** Claims one clock if it is due and nobody holds it; otherwise undefined. */
export async function claimDueDeadline(tx: EntityManager, id: string, now: Date): Promise<Deadline | undefined> {
  const [row] = await tx.query<RawDeadline[]>(
    `SELECT ${columnsOf(tx, Deadline, 'd')} FROM deadline d JOIN track t ON t.id = d.track_id
     WHERE ${IS_DUE} AND d.id = $2 FOR NO KEY UPDATE OF d, t SKIP LOCKED`,
    [now, id],
  );
  return row === undefined ? undefined : toDeadline(row);
}

/** A clock that has fired: where it was, and where it goes on. */
export interface DeadlineMove {
  readonly id: string;
  readonly seenLevel: number;
  readonly level: number;
  /** Null at the end of the ladder. */
  readonly nextFireAt: Date | null;
}

/**
 * Moves running clocks on after they fired, all in one statement, and forgets their earlier failures. One that changed since it was read is left.
 * @returns how many were moved
 */
export async function moveDeadlines(tx: EntityManager, moves: readonly DeadlineMove[]): Promise<number> {
  return affectedBy(
    await tx.query(
      `UPDATE deadline d SET level = m.level, next_fire_at = m.next_fire_at, failure_count = 0
       FROM unnest($1::uuid[], $2::int[], $3::int[], $4::timestamptz[]) AS m (id, seen_level, level, next_fire_at)
       WHERE d.id = m.id AND d.level = m.seen_level AND d.state = 'running'`,
      [
        moves.map(({ id }) => id),
        moves.map((move) => move.seenLevel),
        moves.map(({ level }) => level),
        moves.map((move) => move.nextFireAt),
      ],
    ),
  );
}

/** What firing a clock needs of its track and case. */
export interface TrackForFiring {
  readonly id: string;
  readonly procedureVersionId: string;
  readonly teamId: string;
  readonly assigneeId: string | null;
  readonly deskTeamId: string;
}

/** These tracks, in no particular order. */
export async function listTracksForFiring(tx: EntityManager, trackIds: readonly string[]): Promise<readonly TrackForFiring[]> {
  return tx.query<TrackForFiring[]>(
    `SELECT t.id, t.procedure_version_id AS "procedureVersionId", t.team_id AS "teamId", t.assignee_id AS "assigneeId",
            f.desk_team_id AS "deskTeamId"
     FROM track t JOIN case_file f ON f.id = t.case_id WHERE t.id = ANY ($1)`,
    [trackIds],
  );
}

/**
 * Notes that firing failed and when to try again, so that one bad row never stops the others: until `retryAt` it is not claimed.
 * @param failure.code a code, never text
 * @param failure.setAsideAt when given, the machine gives up and a person has to look
 * @returns failures so far, this one included
 */
export async function noteDeadlineFailure(
  tx: EntityManager,
  id: string,
  retryAt: Date,
  failure: { readonly code: string; readonly setAsideAt?: Date },
): Promise<number> {
  const [rows] = await tx.query<[{ failures: number }[], number]>(
    `UPDATE deadline SET failure_count = failure_count + 1, next_fire_at = $2, set_aside_at = $3, last_error_code = $4
     WHERE id = $1 RETURNING failure_count AS failures`,
    [id, retryAt, failure.setAsideAt ?? null, failure.code],
  );
  return rows[0]?.failures ?? 0;
}

/** When the earliest clock fires next, set-aside ones left out; undefined when none runs. */
export async function findNextFiringAt(tx: EntityManager): Promise<Date | undefined> {
  const [row] = await tx.query<{ at: Date }[]>(
    `SELECT d.next_fire_at AS at FROM deadline d
     WHERE d.set_aside_at IS NULL AND d.next_fire_at IS NOT NULL ORDER BY d.next_fire_at LIMIT 1`,
  );
  return row?.at;
}

/**
 * Running clocks that fire within a span, soonest first, a page at a time: what the queue should hold for punctuality.
 * @param after id of the last row of the page before
 */
export async function listDeadlinesFiringUntil(
  tx: EntityManager,
  until: Date,
  limit: number,
  after?: Pick<Deadline, 'id' | 'nextFireAt'>,
): Promise<readonly { readonly id: string; readonly nextFireAt: Date }[]> {
  return tx.query<{ id: string; nextFireAt: Date }[]>(
    `SELECT d.id, d.next_fire_at AS "nextFireAt" FROM deadline d
     WHERE d.next_fire_at IS NOT NULL AND d.set_aside_at IS NULL AND d.next_fire_at <= $1
       AND ($3::timestamptz IS NULL OR (d.next_fire_at, d.id) > ($3, $4::uuid))
     ORDER BY d.next_fire_at, d.id LIMIT $2`,
    [until, limit, after?.nextFireAt ?? null, after?.id ?? null],
  );
}

/** How many clocks are due at `now` and how many were set aside; for metrics. */
export async function countLateDeadlines(tx: EntityManager, now: Date): Promise<{ readonly due: number; readonly setAside: number }> {
  const [row] = await tx.query<{ due: number; setAside: number }[]>(
    `SELECT (SELECT count(*)::int FROM deadline d WHERE ${IS_DUE}) AS due,
            (SELECT count(*)::int FROM deadline d WHERE ${CLOCK_SET_ASIDE}) AS "setAside"`,
    [now],
  );
  return row ?? { due: 0, setAside: 0 };
}

function toDeadline(row: RawDeadline): Deadline {
  return { ...row, remainingMs: row.remainingMs === null ? null : toSafeInteger(row.remainingMs) };
}
