import type { EntityManager } from 'typeorm';

import type { Track } from './track.entity';

/** An open track in somebody's hands. */
export type HeldTrack = Pick<Track, 'id' | 'caseId' | 'revision'> & { readonly assigneeId: string };

/** The open tracks of a team that these people hold, locked until the transaction ends, in one order for everybody who locks several. */
export async function lockHeldTracks(tx: EntityManager, teamId: string, staffIds: readonly string[]): Promise<readonly HeldTrack[]> {
  return tx.query<HeldTrack[]>(
    `SELECT t.id, t.case_id AS "caseId", t.revision, t.assignee_id AS "assigneeId" FROM track t
     WHERE t.team_id = $1 AND t.assignee_id = ANY ($2) AND t.closed_at IS NULL ORDER BY t.id FOR NO KEY UPDATE`,
    [teamId, staffIds],
  );
}

/** How many open tracks of a team each of its people holds, by id; whoever holds none is absent. */
export async function countHeldTracks(tx: EntityManager, teamId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ id: string; count: number }[]>(
    `SELECT t.assignee_id AS id, count(*)::int AS count FROM track t
     WHERE t.team_id = $1 AND t.closed_at IS NULL AND t.assignee_id IS NOT NULL GROUP BY 1`,
    [teamId],
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}
