import { listFormerTeamKeys, listMemberships } from '@recourse/persistence';
import { keyPairFrom, openSealed, type KeyPair } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import type { SignedInStaff } from '../staff/signed-in-staff';

/** The key pairs of a team that somebody holds: the present one first, then those that the team had before. */
export type TeamKeys = readonly [KeyPair, ...KeyPair[]];

/**
 * Opens the keys of a team for somebody who is on it *now*; undefined when they are not. Read anew each time and never kept: a request that began before they
 * were taken off the team, or before the team was given another key, opens nothing with what it had.
 *
 * Whoever opens something sealed to the team reads that first and the keys after it: what it is sealed to by then, the keys read now open.
 * Throws VaultError when a stored key was changed.
 */
export async function teamKeysOf(tx: EntityManager, actor: SignedInStaff, teamId: string): Promise<TeamKeys | undefined> {
  const membership = (await listMemberships(tx, actor.staffId)).find((one) => one.teamId === teamId);
  if (membership === undefined) {
    return undefined;
  }
  const former = await listFormerTeamKeys(tx, teamId, actor.staffId);
  const open = (sealed: Buffer): KeyPair => keyPairFrom(openSealed(actor.keyPair, sealed));
  return [open(membership.sealedTeamKey), ...former.map(({ sealedSecretKey }) => open(sealedSecretKey))];
}
