import type { EntityManager } from 'typeorm';

import type { Deadline } from './deadline.entity';
import { approvalIsOverdue, CLOCK_SET_ASIDE, MAY_OPEN, PAUSE_WITHOUT_END, PAUSE_WITHOUT_REASON } from './open-work';

/** Something that keeps an open track from ever being noticed again. */
export interface StuckRow {
  readonly reference: string;
  readonly trackId: string;
  /** Since when, as far as the rows tell. */
  readonly since: Date;
}

/** A running clock that has no next moment. Whether its ladder is at its end, only its procedure knows. */
export type ClockWithoutMoment = StuckRow &
  Pick<Deadline, 'id' | 'kind' | 'calendar' | 'startedAt' | 'dueAt' | 'level'> & {
    readonly procedureVersionId: string;
    /** When staff last did something on its track, or on the case as a whole. Reading is none. */
    readonly lastActAt: Date | null;
  };

/** Joins from `track t` to what a finding says. Every query below reads open tracks only. */
const FOUND = `f.reference, t.id AS "trackId"`;
const CASE = 'JOIN case_file f ON f.id = t.case_id';
const OF_OPEN_TRACK = `JOIN track t ON t.id = d.track_id AND t.closed_at IS NULL ${CASE}`;
const HAS_CLOCK = (states: string, alias: string) =>
  `EXISTS (SELECT FROM deadline ${alias} WHERE ${alias}.track_id = t.id AND ${alias}.state ${states})`;

/**
 * Open tracks with no clock that runs or waits. One whose clocks all wait is found by {@link listPausesWithoutEnd}, if nothing ends the waiting.
 * @param limit at most so many; here and below the longest stuck come first
 */
export async function listOpenTracksWithoutClock(tx: EntityManager, limit: number): Promise<readonly StuckRow[]> {
  return tx.query<StuckRow[]>(
    `SELECT ${FOUND}, t.stage_entered_at AS since FROM track t ${CASE}
     WHERE t.closed_at IS NULL AND NOT ${HAS_CLOCK(`IN ('running', 'paused')`, 'd')}
     ORDER BY t.stage_entered_at, t.id LIMIT $1`,
    [limit],
  );
}

/**
 * Running clocks of open tracks that will not fire again; those that were set aside are in {@link listClocksSetAside}.
 * @param after the last one that was listed before; from the beginning unless given
 */
export async function listClocksWithoutMoment(tx: EntityManager, limit: number, after?: string): Promise<readonly ClockWithoutMoment[]> {
  // Where it goes on is asked of the row: a Date has milliseconds, and its moment has microseconds.
  return tx.query<ClockWithoutMoment[]>(
    `SELECT ${FOUND}, d.due_at AS since, d.id, d.kind, d.calendar, d.started_at AS "startedAt", d.due_at AS "dueAt", d.level,
            t.procedure_version_id AS "procedureVersionId",
            (SELECT max(e.occurred_at) FROM case_event e
             WHERE e.case_id = t.case_id AND (e.track_id = t.id OR e.track_id IS NULL) AND e.actor_kind = 'staff'
               AND e.type NOT IN ('sealed_content_opened', 'file_opened', 'message_read')) AS "lastActAt"
     FROM deadline d ${OF_OPEN_TRACK}
     WHERE d.state = 'running' AND d.next_fire_at IS NULL AND d.set_aside_at IS NULL
       AND ($2::uuid IS NULL OR (d.due_at, d.id) > (SELECT last.due_at, last.id FROM deadline last WHERE last.id = $2))
     ORDER BY d.due_at, d.id LIMIT $1`,
    [limit, after ?? null],
  );
}

/** Clocks of open tracks that the machine stopped trying to fire. */
export async function listClocksSetAside(tx: EntityManager, limit: number): Promise<readonly StuckRow[]> {
  return tx.query<StuckRow[]>(
    `SELECT ${FOUND}, d.set_aside_at AS since FROM deadline d ${OF_OPEN_TRACK}
     WHERE ${CLOCK_SET_ASIDE} ORDER BY d.set_aside_at, d.id LIMIT $1`,
    [limit],
  );
}

/** Open tracks of a team for which the key of their case was set aside: nobody on that team can open it. */
export async function listTracksWithClosedKey(tx: EntityManager, limit: number): Promise<readonly StuckRow[]> {
  return tx.query<StuckRow[]>(
    `SELECT ${FOUND}, g.set_aside_at AS since
     FROM case_key_grant g JOIN track t ON t.case_id = g.case_id AND t.team_id = g.holder_id AND t.closed_at IS NULL ${CASE}
     WHERE g.set_aside_at IS NOT NULL AND g.holder_kind = 'team' ORDER BY g.set_aside_at, t.id LIMIT $1`,
    [limit],
  );
}

/** Clocks of open tracks that wait, and nobody wrote down why. */
export async function listPausesWithoutReason(tx: EntityManager, limit: number): Promise<readonly StuckRow[]> {
  return tx.query<StuckRow[]>(
    `SELECT ${FOUND}, d.paused_at AS since FROM deadline d ${OF_OPEN_TRACK}
     WHERE ${PAUSE_WITHOUT_REASON} ORDER BY d.paused_at, d.id LIMIT $1`,
    [limit],
  );
}

/**
 * Clocks of open tracks that wait and will not go on by themselves, while no other clock of the track runs: nothing would ever remind anybody.
 * A pause whose end was planned and then lost its moment is among them.
 */
export async function listPausesWithoutEnd(tx: EntityManager, limit: number): Promise<readonly StuckRow[]> {
  return tx.query<StuckRow[]>(
    `SELECT ${FOUND}, d.paused_at AS since FROM deadline d ${OF_OPEN_TRACK}
     WHERE ${PAUSE_WITHOUT_END}
     ORDER BY d.paused_at, d.id LIMIT $1`,
    [limit],
  );
}

/** Requests for a second person's consent on open tracks that nobody has answered in time; `since` is when the time was over. */
export async function listApprovalsOverdue(tx: EntityManager, now: Date, limit: number): Promise<readonly StuckRow[]> {
  return tx.query<StuckRow[]>(
    `SELECT ${FOUND}, a.answer_due_at AS since FROM approval_request a JOIN track t ON t.id = a.track_id AND t.closed_at IS NULL ${CASE}
     WHERE ${approvalIsOverdue('$1')} ORDER BY a.answer_due_at, a.id LIMIT $2`,
    [now, limit],
  );
}

/** An action of a version of a procedure for which a second person is awaited somewhere. */
export interface AwaitedAction {
  readonly procedureVersionId: string;
  readonly action: string;
}

/** For which actions of which versions a second person is awaited on an open track. Few, however many requests wait. */
export async function listAwaitedActions(tx: EntityManager): Promise<readonly AwaitedAction[]> {
  return tx.query<AwaitedAction[]>(
    `SELECT DISTINCT t.procedure_version_id AS "procedureVersionId", a.action
     FROM approval_request a JOIN track t ON t.id = a.track_id AND t.closed_at IS NULL WHERE a.state = 'waiting'`,
  );
}

/**
 * Requests for a second person's consent on open tracks that nobody can give: no active member of the team but whoever asked holds a role that may.
 * @param awaited what {@link listAwaitedActions} lists, with the roles that may agree
 */
export async function listApprovalsWithoutPerson(
  tx: EntityManager,
  awaited: readonly (AwaitedAction & { readonly roles: readonly string[] })[],
  limit: number,
): Promise<readonly StuckRow[]> {
  return tx.query<StuckRow[]>(
    `SELECT ${FOUND}, a.requested_at AS since
     FROM approval_request a JOIN track t ON t.id = a.track_id AND t.closed_at IS NULL ${CASE}
     JOIN jsonb_to_recordset($1::jsonb) AS may ("procedureVersionId" uuid, action text, roles jsonb)
       ON may."procedureVersionId" = t.procedure_version_id AND may.action = a.action
     WHERE a.state = 'waiting'
       AND NOT EXISTS (SELECT FROM team_member m JOIN staff_member s ON s.id = m.staff_id
                       WHERE m.team_id = t.team_id AND ${MAY_OPEN} AND s.id <> a.requested_by AND may.roles ? s.role)
     ORDER BY a.requested_at, a.id LIMIT $2`,
    [JSON.stringify(awaited), limit],
  );
}

/**
 * Open tracks whose team has nobody who may open the case, or nobody to answer for it: no lead, supervisor or director among its active members.
 * Administrators may not open cases and do not count. The teams are found first: they are few.
 */
export async function listOpenTracksWithoutPerson(tx: EntityManager, limit: number): Promise<readonly StuckRow[]> {
  return tx.query<StuckRow[]>(
    `SELECT ${FOUND}, t.stage_entered_at AS since
     FROM team JOIN track t ON t.team_id = team.id AND t.closed_at IS NULL ${CASE}
     WHERE NOT EXISTS (SELECT FROM team_member m JOIN staff_member s ON s.id = m.staff_id
                       WHERE m.team_id = team.id AND ${MAY_OPEN}
                         AND (m.team_role = 'lead' OR s.role IN ('supervisor', 'director')))
     ORDER BY t.stage_entered_at, t.id LIMIT $1`,
    [limit],
  );
}

/** A stage of a published version in which open tracks of one team stand. */
export interface OpenPlace {
  readonly procedureVersionId: string;
  readonly stage: string;
  /** Code of the team. */
  readonly team: string;
}

/** Every place where an open track stands. */
export async function listOpenPlaces(tx: EntityManager): Promise<readonly OpenPlace[]> {
  return tx.query<OpenPlace[]>(
    `SELECT DISTINCT t.procedure_version_id AS "procedureVersionId", t.stage, team.code AS team
     FROM track t JOIN team ON team.id = t.team_id WHERE t.closed_at IS NULL ORDER BY 1, 2, 3`,
  );
}

/** The open tracks of some versions. */
export async function listOpenTracksOfVersions(
  tx: EntityManager,
  versionIds: readonly string[],
  limit: number,
): Promise<readonly StuckRow[]> {
  return tx.query<StuckRow[]>(
    `SELECT ${FOUND}, t.stage_entered_at AS since FROM track t ${CASE}
     WHERE t.closed_at IS NULL AND t.procedure_version_id = ANY ($1::uuid[]) ORDER BY t.stage_entered_at, t.id LIMIT $2`,
    [versionIds, limit],
  );
}

/** An open track, and what a way out depends on beside its record and its clocks. */
export type TrackAtPlace = StuckRow & {
  /** The case names a company of the institution's list. */
  readonly companyNamed: boolean;
};

/**
 * The open tracks of a place, by id.
 * @param after the last one that was listed before; from the beginning unless given
 */
export async function listOpenTracksAt(
  tx: EntityManager,
  { procedureVersionId, stage, team }: OpenPlace,
  limit: number,
  after?: string,
): Promise<readonly TrackAtPlace[]> {
  return tx.query<TrackAtPlace[]>(
    `SELECT ${FOUND}, f.company_id IS NOT NULL AS "companyNamed", t.stage_entered_at AS since
     FROM track t JOIN team ON team.id = t.team_id ${CASE}
     WHERE t.closed_at IS NULL AND t.procedure_version_id = $1 AND t.stage = $2 AND team.code = $3 AND ($5::uuid IS NULL OR t.id > $5)
     ORDER BY t.id LIMIT $4`,
    [procedureVersionId, stage, team, limit, after ?? null],
  );
}
