import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { affectedBy, updateRows } from '../database/rows';
import type { StaffMember } from './staff-member.entity';
import { TeamFormerKey } from './team-former-key.entity';
import { TeamMember } from './team-member.entity';
import { Team } from './team.entity';

/** Somebody on a team, as a page names them and as a key is sealed to them. */
export interface MemberOfTeam {
  readonly staffId: string;
  readonly displayName: string;
  readonly role: StaffMember['role'];
  readonly teamRole: TeamMember['teamRole'];
  /** False when the account is closed. */
  readonly active: boolean;
  readonly publicKey: Buffer;
}

/**
 * The team with this id, locked until the transaction ends, or undefined. Casework and owner.
 * @param mode `exclusive` to give it a new key, `shared` to seal something to the key it has
 */
export async function lockTeam(tx: EntityManager, id: string, mode: 'exclusive' | 'shared'): Promise<Team | undefined> {
  const lock = { mode: mode === 'exclusive' ? 'for_no_key_update' : 'pessimistic_read' } as const;
  return (await tx.findOne(Team, { where: { id }, lock })) ?? undefined;
}

/** Everybody on a team, closed accounts too, by name. Casework and owner. */
export async function listMembersOfTeam(tx: EntityManager, teamId: string): Promise<readonly MemberOfTeam[]> {
  return tx.query<MemberOfTeam[]>(
    `SELECT s.id AS "staffId", s.display_name AS "displayName", s.role, m.team_role AS "teamRole", s.active, s.public_key AS "publicKey"
     FROM team_member m JOIN staff_member s ON s.id = m.staff_id WHERE m.team_id = $1 ORDER BY s.display_name, s.id`,
    [teamId],
  );
}

/**
 * Keeps somebody on a team until the transaction ends, so that they can be given something there.
 * @returns false when they are not on it, or their account is closed
 */
export async function holdMembership(tx: EntityManager, teamId: string, staffId: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `SELECT 1 FROM team_member m JOIN staff_member s ON s.id = m.staff_id AND s.active
     WHERE m.team_id = $1 AND m.staff_id = $2 FOR KEY SHARE OF m`,
    [teamId, staffId],
  );
  return rows.length === 1;
}

/** Takes somebody off a team, with every key of it that they held. @returns false when they were not on it */
export async function deleteTeamMember(tx: EntityManager, teamId: string, staffId: string): Promise<boolean> {
  return affectedBy(await tx.query('DELETE FROM team_member WHERE team_id = $1 AND staff_id = $2', [teamId, staffId])) === 1;
}

/** Somebody who was on a team and can be put back on it. */
export interface FormerMember {
  readonly staffId: string;
  readonly displayName: string;
  readonly role: StaffMember['role'];
  /** When they were taken off it last. */
  readonly leftAt: Date;
}

/** Who was taken off a team, is not on it now, has an open account and may see cases, by name: out of the record. Casework and owner. */
export async function listFormerMembers(tx: EntityManager, teamId: string): Promise<readonly FormerMember[]> {
  return tx.query<FormerMember[]>(
    `SELECT s.id AS "staffId", s.display_name AS "displayName", s.role, max(e.occurred_at) AS "leftAt"
     FROM staff_event e JOIN staff_member s ON s.id = e.staff_id AND s.active AND s.role <> 'administrator'
     WHERE e.type = 'left_team' AND e.payload->>'teamId' = $1
       AND NOT EXISTS (SELECT FROM team_member m WHERE m.team_id = $1::uuid AND m.staff_id = s.id)
     GROUP BY s.id ORDER BY s.display_name, s.id`,
    [teamId],
  );
}

/** Gives a team another key: the public half. Lock the team before. */
export async function replaceTeamKey(tx: EntityManager, teamId: string, publicKey: Buffer): Promise<void> {
  await updateRows(tx, Team, { id: teamId }, { publicKey });
}

/** Gives a member the team's new key, sealed to them. */
export async function replaceSealedTeamKey(
  tx: EntityManager,
  member: Pick<TeamMember, 'teamId' | 'staffId' | 'sealedTeamKey'>,
): Promise<void> {
  const { teamId, staffId, sealedTeamKey } = member;
  await updateRows(tx, TeamMember, { teamId, staffId }, { sealedTeamKey });
}

/** Lets a member keep a key that the team had before. */
export async function insertFormerTeamKey(tx: EntityManager, key: TeamFormerKey): Promise<void> {
  await insertRow(tx, TeamFormerKey, key);
}

/** The keys that a team had before, as one member holds them, the latest first. */
export async function listFormerTeamKeys(tx: EntityManager, teamId: string, staffId: string): Promise<readonly TeamFormerKey[]> {
  return tx.find(TeamFormerKey, { where: { teamId, staffId }, order: { retiredAt: 'DESC' } });
}
