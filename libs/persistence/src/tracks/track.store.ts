import type { Scope } from '@recourse/domain';
import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { affectedBy, columnsOf, updateRows } from '../database/rows';
import { scopeWhere } from './scope-where';
import { Track } from './track.entity';

/** What an action may change of a track. What is absent stays. */
export type TrackChanges = Partial<
  Pick<
    Track,
    | 'procedureVersionId'
    | 'procedure'
    | 'stage'
    | 'teamId'
    | 'assigneeId'
    | 'stageEnteredAt'
    | 'closedAt'
    | 'outcome'
    | 'nextDueAt'
    | 'hasNews'
  >
>;

/** Opens a track. */
export async function insertTrack(tx: EntityManager, track: Track): Promise<void> {
  await insertRow(tx, Track, track);
}

/** The track with this id, or undefined. */
export async function findTrack(tx: EntityManager, id: string): Promise<Track | undefined> {
  return (await tx.findOneBy(Track, { id })) ?? undefined;
}

/**
 * The track with this id, locked until the transaction ends, or undefined. Whoever changes a track or its deadlines locks the track first;
 * the one order keeps actions and clocks from waiting for each other in a circle.
 */
export async function lockTrack(tx: EntityManager, id: string): Promise<Track | undefined> {
  return (await tx.findOne(Track, { where: { id }, lock: { mode: 'for_no_key_update' } })) ?? undefined;
}

/** Every track of a case, oldest first, whoever may see them. */
export async function listTracksOfCase(tx: EntityManager, caseId: string): Promise<readonly Track[]> {
  return tx.find(Track, { where: { caseId }, order: { openedAt: 'ASC', id: 'ASC' } });
}

/** The tracks of a case that are within the scope, oldest first. None when there is none *or* none is visible. */
export async function listVisibleTracksOfCase(tx: EntityManager, caseId: string, scope: Scope): Promise<readonly Track[]> {
  const visible = scopeWhere(scope, 't', 2);
  return tx.query<Track[]>(
    `SELECT ${columnsOf(tx, Track, 't')} FROM track t WHERE t.case_id = $1 AND ${visible.sql} ORDER BY t.opened_at, t.id`,
    [caseId, ...visible.params],
  );
}

/** An open track with the reference of its case. */
export interface TrackPlace {
  readonly id: string;
  readonly reference: string;
}

/**
 * Open tracks that are pinned to a published version, by id, a page at a time.
 * @param after id of the last one of the page before
 */
export async function listOpenTracksOfVersion(
  tx: EntityManager,
  procedureVersionId: string,
  limit: number,
  after?: string,
): Promise<readonly TrackPlace[]> {
  return tx.query<TrackPlace[]>(
    `SELECT t.id, f.reference FROM track t JOIN case_file f ON f.id = t.case_id
     WHERE t.procedure_version_id = $1 AND t.closed_at IS NULL AND ($3::uuid IS NULL OR t.id > $3) ORDER BY t.id LIMIT $2`,
    [procedureVersionId, limit, after ?? null],
  );
}

/** How many open tracks within a scope are pinned to each published version, by its id; a version without any is absent. */
export async function countOpenTracksByVersion(tx: EntityManager, scope: Scope): Promise<ReadonlyMap<string, number>> {
  const visible = scopeWhere(scope, 't', 1);
  const rows = await tx.query<{ id: string; count: number }[]>(
    `SELECT t.procedure_version_id AS id, count(*)::int AS count FROM track t WHERE t.closed_at IS NULL AND ${visible.sql} GROUP BY 1`,
    [...visible.params],
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** How many open tracks of the whole institution are pinned to each published version, by its id; a version without any is absent. For no member of staff. */
export async function countTracksOnVersions(tx: EntityManager): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ id: string; count: number }[]>(
    'SELECT t.procedure_version_id AS id, count(*)::int AS count FROM track t WHERE t.closed_at IS NULL GROUP BY 1',
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** How many tracks that this one opened are not over. */
export async function countOpenSubTracks(tx: EntityManager, trackId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM track t WHERE t.parent_track_id = $1 AND t.closed_at IS NULL',
    [trackId],
  );
  return row?.count ?? 0;
}

/**
 * Moves a track, if nobody has since `seenRevision`. The revision grows by one.
 * @returns false when the track is at another revision (or does not exist): nothing was changed
 */
export async function moveTrack(tx: EntityManager, id: string, seenRevision: number, changes: TrackChanges): Promise<boolean> {
  const affected = await updateRows(tx, Track, { id, revision: seenRevision }, { ...changes, revision: seenRevision + 1 });
  return affected === 1;
}

/**
 * Sets when the next clock of the track runs out: the earliest of its running deadlines, or nothing. Call it after changing deadlines.
 * Does not touch the revision.
 */
export async function refreshNextDueAt(tx: EntityManager, trackId: string): Promise<void> {
  await tx.query(
    `UPDATE track SET next_due_at = (SELECT min(d.due_at) FROM deadline d WHERE d.track_id = track.id AND d.state = 'running')
     WHERE id = $1`,
    [trackId],
  );
}

/** Notes that somebody has read what was new on a track. Lock it first. Does not touch the revision. */
export async function markTrackNewsRead(tx: EntityManager, trackId: string, now: Date): Promise<void> {
  await tx.query('UPDATE track SET has_news = false, news_read_at = $2 WHERE id = $1', [trackId, now]);
}

/** Marks that there is something new on a track, or that somebody has seen it. Does not touch the revision. */
export async function setTrackNews(tx: EntityManager, trackId: string, hasNews: boolean): Promise<boolean> {
  return affectedBy(await tx.query('UPDATE track SET has_news = $2 WHERE id = $1 AND has_news <> $2', [trackId, hasNews])) === 1;
}
