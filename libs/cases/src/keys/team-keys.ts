import { listFormerTeamKeys, listMemberships } from '@recourse/persistence';
import { keyPairFrom, openSealed, sameBytes, VaultError, wipe, type KeyPair } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import type { SignedInStaff } from '../staff/signed-in-staff';
import type { DamagedKey } from './damaged-keys';

/** The key pairs of a team that somebody holds: the present one first, then those that the team had before. Without those that do not open. */
export type TeamKeys = readonly KeyPair[];

/**
 * Opens the keys of a team for somebody who is on it *now*; undefined when they are not. Read anew each time and never kept: a request that began before they
 * were taken off the team, or before the team was given another key, opens nothing with what it had.
 *
 * Whoever opens something sealed to the team reads that first and the keys after it: what it is sealed to by then, the keys read now open. Whoever hands a key on
 * compares it with the team's public one first: the present one may be among those that do not open.
 * @param damaged is added to for each key that does not open, or is not the one that it should be
 */
export async function teamKeysOf(
  tx: EntityManager,
  actor: SignedInStaff,
  teamId: string,
  damaged: DamagedKey[] = [],
): Promise<TeamKeys | undefined> {
  const membership = (await listMemberships(tx, actor.staffId)).find((one) => one.teamId === teamId);
  if (membership === undefined) {
    return undefined;
  }
  const former = await listFormerTeamKeys(tx, teamId, actor.staffId);
  const held = [{ publicKey: membership.publicKey, sealed: membership.sealedTeamKey }];
  held.push(...former.map(({ publicKey, sealedSecretKey }) => ({ publicKey, sealed: sealedSecretKey })));
  return held.flatMap(({ publicKey, sealed }) => {
    const pair = opened(actor, sealed, publicKey);
    if (pair === undefined) damaged.push({ kind: 'team_key', teamId, publicKey });
    return pair ?? [];
  });
}

/** The pair, or undefined when it does not open, or what opens is not the secret half of this public key. */
function opened(actor: SignedInStaff, sealed: Buffer, publicKey: Buffer): KeyPair | undefined {
  try {
    const secretKey = openSealed(actor.keyPair, sealed);
    const pair = secretKey.length === publicKey.length ? keyPairFrom(secretKey) : undefined;
    if (pair !== undefined && sameBytes(pair.publicKey, publicKey)) return pair;
    wipe(secretKey);
    return undefined;
  } catch (error) {
    if (error instanceof VaultError) return undefined;
    throw error;
  }
}
