import type { EntityManager } from 'typeorm';

/** A key of a team, as one member holds it. */
export interface MembersTeamKey {
  readonly teamId: string;
  readonly staffId: string;
  /** Which key of the team. */
  readonly publicKey: Buffer;
}

/** Sets a member's key of a team aside, as it is. @returns false when it was before, or they are not on the team any more: nothing was changed */
export async function setTeamKeyAside(
  tx: EntityManager,
  id: string,
  { teamId, staffId, publicKey }: MembersTeamKey,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `INSERT INTO team_key_aside (id, team_id, staff_id, public_key, set_aside_at)
     SELECT $1, m.team_id, m.staff_id, $4, $5 FROM team_member m WHERE m.team_id = $2 AND m.staff_id = $3
     ON CONFLICT (team_id, staff_id, public_key) DO NOTHING RETURNING id`,
    [id, teamId, staffId, publicKey, now],
  );
  return rows.length === 1;
}

/** How many keys are set aside: of cases, as teams hold them, and of teams, as members hold them. Worker, casework and owner. */
export async function countKeysAside(tx: EntityManager): Promise<{ readonly ofCases: number; readonly ofTeams: number }> {
  const [row] = await tx.query<{ ofCases: number; ofTeams: number }[]>(
    `SELECT (SELECT count(*)::int FROM case_key_grant WHERE set_aside_at IS NOT NULL) AS "ofCases",
            (SELECT count(set_aside_at)::int FROM team_key_aside) AS "ofTeams"`,
  );
  return row ?? { ofCases: 0, ofTeams: 0 };
}
