import type { TeamHolders } from '@recourse/domain';
import type { EntityManager } from 'typeorm';

import { MAY_OPEN } from '../tracks/open-work';
import type { StaffMember } from './staff-member.entity';

interface HolderRow {
  readonly team: string;
  readonly staffId: string | null;
  readonly role: StaffMember['role'] | null;
}

/** The roles that active members of a team hold. Administrators see no cases and do not count. Not for intake. */
export async function listRolesOnTeam(tx: EntityManager, teamId: string): Promise<readonly StaffMember['role'][]> {
  const rows = await tx.query<{ role: StaffMember['role'] }[]>(
    `SELECT DISTINCT s.role FROM team_member m JOIN staff_member s ON s.id = m.staff_id AND ${MAY_OPEN} WHERE m.team_id = $1`,
    [teamId],
  );
  return rows.map(({ role }) => role);
}

/**
 * Who holds which role on each team that has open cases, and on one that gets them; by code. A team without anybody is among them. Nothing is locked: whoever leaves in
 * the same moment might as well leave in the next. Not for intake.
 * @param receiving code of the team that gets new cases
 */
export async function listRoleHolders(tx: EntityManager, receiving: string): Promise<readonly TeamHolders[]> {
  const rows = await tx.query<HolderRow[]>(
    `SELECT team.code AS team, s.id AS "staffId", s.role
     FROM team
     LEFT JOIN (team_member m JOIN staff_member s ON s.id = m.staff_id AND ${MAY_OPEN}) ON m.team_id = team.id
     WHERE team.code = $1 OR EXISTS (SELECT FROM track t WHERE t.team_id = team.id AND t.closed_at IS NULL)
     ORDER BY team.code, s.id`,
    [receiving],
  );
  const teams = new Map<string, Partial<Record<StaffMember['role'], string[]>>>();
  for (const { team, staffId, role } of rows) {
    const holders = teams.get(team) ?? {};
    teams.set(team, holders);
    if (staffId !== null && role !== null) {
      holders[role] = [...(holders[role] ?? []), staffId];
    }
  }
  return [...teams].map(([team, holders]) => ({ team, holders }));
}
