import { insertFormerTeamKey, insertTeamMember, lockTeam, type TeamMember } from '@recourse/persistence';
import { sameBytes, sealTo } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import { teamKeysOf } from '../keys/team-keys';
import type { SignedInStaff } from '../staff/signed-in-staff';

/** Who joins which team, and the public key to seal to. */
export interface Joining extends Pick<TeamMember, 'teamId' | 'staffId' | 'teamRole'> {
  readonly publicKey: Buffer;
}

/**
 * Makes somebody a member of a team: hands its key on to them, and those it had before, because something may still be sealed to them.
 * @param actor somebody who holds the team's keys
 * @throws Error when they do not
 */
export async function handOnTeamKey(
  tx: EntityManager,
  actor: SignedInStaff,
  { teamId, staffId, teamRole, publicKey }: Joining,
  now: Date,
): Promise<void> {
  // Held, so that the team is not given another key before the new member is among those who get it.
  const team = await lockTeam(tx, teamId, 'shared');
  const keys = await teamKeysOf(tx, actor, teamId);
  const [present, ...former] = keys ?? [];
  if (team === undefined || present === undefined || !sameBytes(present.publicKey, team.publicKey)) {
    throw new Error('a member of a team does not hold its key');
  }
  await insertTeamMember(tx, { teamId, staffId, teamRole, sealedTeamKey: sealTo(publicKey, present.secretKey) });
  for (const key of former) {
    await insertFormerTeamKey(tx, {
      teamId,
      staffId,
      publicKey: key.publicKey,
      sealedSecretKey: sealTo(publicKey, key.secretKey),
      retiredAt: now,
    });
  }
}
