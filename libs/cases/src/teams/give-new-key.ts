import { insertFormerTeamKey, replaceSealedTeamKey, replaceTeamKey, type MemberOfTeam, type Team } from '@recourse/persistence';
import { generateKeyPair, sameBytes, sealTo, wipe } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import { teamKeysOf } from '../keys/team-keys';
import type { SignedInStaff } from '../staff/signed-in-staff';

/**
 * Gives a team a new key pair, sealed to those who stay. They keep the one before: intake may be sealing a complaint to it at this moment, and the keys of the
 * cases are sealed anew only afterwards.
 * @param change the team, locked exclusively, and who stays
 * @throws Error when the actor does not hold the team's present key
 */
export async function giveNewKey(
  tx: EntityManager,
  actor: SignedInStaff,
  { team, stay, now }: { readonly team: Team; readonly stay: readonly MemberOfTeam[]; readonly now: Date },
): Promise<void> {
  const [present] = (await teamKeysOf(tx, actor, team.id)) ?? [];
  if (present === undefined || !sameBytes(present.publicKey, team.publicKey)) {
    throw new Error('a member of a team does not hold its key');
  }
  const fresh = generateKeyPair();
  await replaceTeamKey(tx, team.id, fresh.publicKey);
  for (const { staffId, publicKey } of stay) {
    await insertFormerTeamKey(tx, {
      teamId: team.id,
      staffId,
      publicKey: present.publicKey,
      sealedSecretKey: sealTo(publicKey, present.secretKey),
      retiredAt: now,
    });
    await replaceSealedTeamKey(tx, { teamId: team.id, staffId, sealedTeamKey: sealTo(publicKey, fresh.secretKey) });
  }
  wipe(fresh.secretKey, present.secretKey);
}
