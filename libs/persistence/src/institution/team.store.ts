import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { TeamMember } from './team-member.entity';
import { Team } from './team.entity';

/** What intake may know of a team: whom to seal to. */
export type SealingTeam = Pick<Team, 'id' | 'code' | 'publicKey'>;

/** A team somebody belongs to, and how. */
export interface TeamMembership {
  readonly teamId: string;
  readonly code: string;
  readonly name: string;
  readonly teamRole: TeamMember['teamRole'];
  /** The team's public key, read together with the secret one: a key that was just replaced is never taken for a damaged one. */
  readonly publicKey: Buffer;
  /** The team's secret key, sealed to this member. */
  readonly sealedTeamKey: Buffer;
}

/** Adds a team. */
export async function insertTeam(tx: EntityManager, team: Team): Promise<void> {
  await insertRow(tx, Team, team);
}

/** The team with this code, or undefined. Not for intake and the worker, which may not see the whole row. */
export async function findTeamByCode(tx: EntityManager, code: string): Promise<Team | undefined> {
  return (await tx.findOneBy(Team, { code })) ?? undefined;
}

/** The team with this id, or undefined. Not for intake and the worker. */
export async function findTeam(tx: EntityManager, id: string): Promise<Team | undefined> {
  return (await tx.findOneBy(Team, { id })) ?? undefined;
}

/** The team with this code as intake may see it, or undefined. */
export async function findSealingTeam(tx: EntityManager, code: string): Promise<SealingTeam | undefined> {
  return (await tx.findOne(Team, { where: { code }, select: { id: true, code: true, publicKey: true } })) ?? undefined;
}

/** Every team, by name. Not for intake and the worker. */
export async function listTeams(tx: EntityManager): Promise<readonly Team[]> {
  return tx.find(Team, { order: { name: 'ASC' } });
}

/** Takes somebody into a team. */
export async function insertTeamMember(tx: EntityManager, member: TeamMember): Promise<void> {
  await insertRow(tx, TeamMember, member);
}

/** The teams of one member of staff, with the keys sealed to them. Casework and owner only. */
export async function listMemberships(tx: EntityManager, staffId: string): Promise<readonly TeamMembership[]> {
  return tx.query<TeamMembership[]>(
    `SELECT t.id AS "teamId", t.code, t.name, t.public_key AS "publicKey", m.team_role AS "teamRole", m.sealed_team_key AS "sealedTeamKey"
     FROM team_member m JOIN team t ON t.id = m.team_id
     WHERE m.staff_id = $1 ORDER BY t.name, t.id`,
    [staffId],
  );
}
