import type { EntityManager } from 'typeorm';

import { OUTBOX_WRITTEN } from '../database/in-transaction';
import { CLOCK_SET_ASIDE } from '../tracks/open-work';
import { formatQueueCursor, parseQueueCursor } from '../tracks/queue-cursor';

/** What the machine gives up: a clock that could not be fired, a task of the outbox that could not be done, a case key that no key of its team opened, a team's key that did not open for a member. */
export const SET_ASIDE_WORK = ['clock', 'task', 'case_key', 'team_key'] as const;
/** One of {@link SET_ASIDE_WORK}. */
export type SetAsideWork = (typeof SET_ASIDE_WORK)[number];

/** One piece of work that the machine gave up. Ids, codes and instants: nothing that anybody wrote. */
export interface SetAsideRow {
  readonly work: SetAsideWork;
  readonly id: string;
  /** Code of the clock, topic of the task, or code of the team; of a team's key with the sign-in name of whose it is. */
  readonly code: string;
  readonly setAsideAt: Date;
  /** Attempts that failed. */
  readonly attempts: number;
  /** Null where it was given up before codes were kept. */
  readonly errorCode: string | null;
  /** Of its case; null for a task that belongs to none. */
  readonly reference: string | null;
  /** Of a clock: the version that its track runs under. */
  readonly procedureVersionId: string | null;
}

/** One page and where the next begins; `next` is absent on the last one. */
export interface SetAsideRows {
  readonly rows: readonly SetAsideRow[];
  readonly next?: string;
}

/** Work that was taken up again, and the case in whose record that belongs. */
export interface TakenUpAgain {
  readonly code: string;
  readonly caseId: string | null;
  readonly trackId: string | null;
}

/** An id out of a payload: a row that was given up may hold anything there, and must not keep the others from being shown. */
const ID_OF = (name: string): string =>
  `CASE WHEN m.payload->>'${name}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (m.payload->>'${name}')::uuid END`;

/** The case of a task `m`: named by it, or that of the clock or notification that it names. */
const CASE_OF_TASK = `coalesce(${ID_OF('caseId')}, (SELECT x.case_id FROM deadline x WHERE x.id = ${ID_OF('deadlineId')}),
  (SELECT n.case_id FROM notification n WHERE n.id = ${ID_OF('notificationId')}))`;

const BRANCHES = {
  clock: {
    columns: `'clock' AS work, d.id, d.kind AS code, d.set_aside_at, d.failure_count AS attempts, d.last_error_code, d.case_id,
      t.procedure_version_id`,
    from: 'deadline d JOIN track t ON t.id = d.track_id AND t.closed_at IS NULL',
    where: CLOCK_SET_ASIDE,
    key: 'd.set_aside_at, d.id',
  },
  task: {
    columns: `'task' AS work, m.id, m.topic AS code, m.set_aside_at, m.attempts, m.last_error_code, ${CASE_OF_TASK} AS case_id,
      NULL::uuid AS procedure_version_id`,
    from: 'outbox_message m',
    where: 'm.set_aside_at IS NOT NULL AND m.done_at IS NULL',
    key: 'm.set_aside_at, m.id',
  },
  // It is tried once: trying the same bytes again with the same keys would not help.
  case_key: {
    columns: `'case_key' AS work, g.id, k.code, g.set_aside_at, 1 AS attempts, 'key_cannot_be_opened' AS last_error_code, g.case_id,
      NULL::uuid AS procedure_version_id`,
    from: 'case_key_grant g JOIN team k ON k.id = g.holder_id',
    where: 'g.set_aside_at IS NOT NULL',
    key: 'g.set_aside_at, g.id',
  },
  team_key: {
    columns: `'team_key' AS work, a.id, k.code || ' / ' || s.sign_in_name AS code, a.set_aside_at, 1 AS attempts,
              'key_cannot_be_opened' AS last_error_code, NULL::uuid AS case_id, NULL::uuid AS procedure_version_id`,
    from: 'team_key_aside a JOIN team k ON k.id = a.team_id JOIN staff_member s ON s.id = a.staff_id',
    where: 'true',
    key: 'a.set_aside_at, a.id',
  },
} as const;

/**
 * One page of the work that the machine gave up, the longest ago first. Keyset; reads what is set aside, however much was done or has ended.
 * @param after `next` of the page before; a text that is no cursor gives the first page
 * @param limit rows, at least 1
 */
export async function listSetAside(tx: EntityManager, after: string | undefined, limit: number): Promise<SetAsideRows> {
  const params: unknown[] = [limit + 1];
  const cursor = after === undefined ? undefined : parseQueueCursor(after);
  if (cursor !== undefined) {
    params.push(cursor.at, cursor.id);
  }
  const branches = Object.values(BRANCHES).map(
    ({ columns, from, where, key }) =>
      `(SELECT ${columns} FROM ${from} WHERE ${where}${cursor === undefined ? '' : ` AND (${key}) > ($2::timestamptz, $3::uuid)`}
        ORDER BY ${key} LIMIT $1)`,
  );
  const found = await tx.query<(SetAsideRow & { cursorAt: string })[]>(
    `SELECT w.work, w.id, w.code, w.set_aside_at AS "setAsideAt", w.attempts, w.last_error_code AS "errorCode", c.reference,
            w.procedure_version_id AS "procedureVersionId", w.set_aside_at::text AS "cursorAt"
     FROM (SELECT * FROM (${branches.join(' UNION ALL ')}) every_work ORDER BY set_aside_at, id LIMIT $1) w
     LEFT JOIN case_file c ON c.id = w.case_id ORDER BY w.set_aside_at, w.id`,
    params,
  );
  const last = found[limit - 1];
  const rows = found.slice(0, limit).map(({ cursorAt: _, ...row }) => row);
  return found.length > limit && last !== undefined ? { rows, next: formatQueueCursor({ at: last.cursorAt, id: last.id }) } : { rows };
}

/**
 * Puts a clock that was set aside back among those that fire: at once, with all its attempts before it.
 * @returns undefined when it is not set aside, or its track is closed: nothing was changed
 */
export async function takeUpClock(tx: EntityManager, id: string, now: Date): Promise<TakenUpAgain | undefined> {
  const [rows] = await tx.query<[TakenUpAgain[], number]>(
    `UPDATE deadline d SET failure_count = 0, set_aside_at = NULL, next_fire_at = $2 FROM track t
     WHERE d.id = $1 AND t.id = d.track_id AND t.closed_at IS NULL AND ${CLOCK_SET_ASIDE}
     RETURNING d.kind AS code, d.case_id AS "caseId", d.track_id AS "trackId"`,
    [id, now],
  );
  return rows[0];
}

/**
 * Puts a task that was set aside back among those that are done, with all its attempts before it, and what it was to send back among what waits. It keeps the
 * mark that it was handed: the relay then removes the failed job before it hands the row anew.
 * @returns undefined when it is not set aside: nothing was changed
 */
export async function takeUpTask(tx: EntityManager, id: string): Promise<TakenUpAgain | undefined> {
  const [rows] = await tx.query<[(TakenUpAgain & { notificationId: string | null })[], number]>(
    `UPDATE outbox_message m SET attempts = 0, set_aside_at = NULL WHERE m.id = $1 AND m.set_aside_at IS NOT NULL AND m.done_at IS NULL
     RETURNING m.topic AS code, ${CASE_OF_TASK} AS "caseId", NULL AS "trackId", ${ID_OF('notificationId')} AS "notificationId"`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) {
    return undefined;
  }
  const { notificationId, ...taken } = row;
  if (notificationId !== null) {
    await tx.query(`UPDATE notification SET state = 'waiting' WHERE id = $1 AND state = 'failed'`, [notificationId]);
  }
  if (tx.queryRunner !== undefined) {
    tx.queryRunner.data[OUTBOX_WRITTEN] = true;
  }
  return taken;
}

/**
 * Puts a case key that was set aside back among those that are sealed anew, when somebody on its team has that done next.
 * @returns undefined when it is not set aside: nothing was changed
 */
export async function takeUpCaseKey(tx: EntityManager, id: string): Promise<TakenUpAgain | undefined> {
  const [rows] = await tx.query<[TakenUpAgain[], number]>(
    `UPDATE case_key_grant g SET set_aside_at = NULL FROM team k
     WHERE g.id = $1 AND k.id = g.holder_id AND g.holder_kind = 'team' AND g.set_aside_at IS NOT NULL
     RETURNING k.code, g.case_id AS "caseId", NULL AS "trackId"`,
    [id],
  );
  return rows[0];
}

/**
 * Forgets that a team's key was set aside: if it still does not open, whoever holds it finds that out when they next open a case.
 * @returns undefined when it is not set aside: nothing was changed
 */
export async function takeUpTeamKey(tx: EntityManager, id: string): Promise<TakenUpAgain | undefined> {
  const [rows] = await tx.query<[TakenUpAgain[], number]>(
    `DELETE FROM team_key_aside a USING team k WHERE a.id = $1 AND k.id = a.team_id RETURNING k.code, NULL AS "caseId", NULL AS "trackId"`,
    [id],
  );
  return rows[0];
}
