import type { StaffRole } from '@recourse/domain';
import type { EntityManager } from 'typeorm';

import type { CaseEventRow } from './case-event.entity';

/** A track whose history is to be read. */
export interface TrackForReplay {
  readonly id: string;
  readonly caseId: string;
  readonly reference: string;
  readonly procedureVersionId: string;
}

/** An event as a replay needs it: what is sealed is not read. */
export type HistoryEvent = Pick<CaseEventRow, 'caseId' | 'trackId' | 'type' | 'payload' | 'actorKind' | 'actorId' | 'occurredAt'>;

/**
 * From here on the transaction sees one moment of the database, and the database refuses whatever it would write. Call it first in the transaction:
 * PostgreSQL refuses it later.
 */
export async function makeReadOnly(tx: EntityManager): Promise<void> {
  await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
}

/**
 * Tracks, open and closed, a page at a time in the order of their ids. Owner.
 * @param procedure only those under a version of it
 * @param after id of the last track of the page before
 */
export async function listTracksForReplay(
  tx: EntityManager,
  { procedure, after, limit }: { readonly procedure?: string; readonly after?: string; readonly limit: number },
): Promise<readonly TrackForReplay[]> {
  return tx.query<TrackForReplay[]>(
    `SELECT t.id, t.case_id AS "caseId", f.reference, t.procedure_version_id AS "procedureVersionId"
     FROM track t JOIN case_file f ON f.id = t.case_id
     WHERE t.id > $1::uuid AND ($2::text IS NULL OR t.procedure = $2) ORDER BY t.id LIMIT $3`,
    [after ?? '00000000-0000-0000-0000-000000000000', procedure ?? null, limit],
  );
}

/** Codes of the procedures under which a track ever ran or runs, in order. Owner. */
export async function listProceduresWithTracks(tx: EntityManager): Promise<readonly string[]> {
  const rows = await tx.query<{ procedure: string }[]>('SELECT DISTINCT procedure FROM track ORDER BY procedure');
  return rows.map(({ procedure }) => procedure);
}

/** To which version each track of these cases is pinned. Owner. */
export async function listTrackVersions(
  tx: EntityManager,
  caseIds: readonly string[],
): Promise<readonly Pick<TrackForReplay, 'id' | 'caseId' | 'procedureVersionId'>[]> {
  return tx.query(
    'SELECT id, case_id AS "caseId", procedure_version_id AS "procedureVersionId" FROM track WHERE case_id = ANY ($1::uuid[])',
    [caseIds],
  );
}

/** What happened in these cases, case by case, oldest first, without what is sealed and without who read what. Owner. */
export async function listHistory(tx: EntityManager, caseIds: readonly string[]): Promise<readonly HistoryEvent[]> {
  return tx.query<HistoryEvent[]>(
    `SELECT case_id AS "caseId", track_id AS "trackId", type, payload, actor_kind AS "actorKind", actor_id AS "actorId", occurred_at AS "occurredAt"
     FROM case_event
     WHERE case_id = ANY ($1::uuid[])
       AND type NOT IN ('sealed_content_opened', 'access_granted', 'access_removed', 'message_sent', 'message_read', 'notification_failed')
     ORDER BY case_id, seq`,
    [caseIds],
  );
}

/** The role of every member of staff as it is now, by id. Owner and casework. */
export async function listStaffRoles(tx: EntityManager): Promise<ReadonlyMap<string, StaffRole>> {
  const rows = await tx.query<{ id: string; role: StaffRole }[]>('SELECT id, role FROM staff_member');
  return new Map(rows.map(({ id, role }) => [id, role]));
}
