import { listCaseKeyGrants, type KeyHolder } from '@recourse/persistence';
import { caseKeyFrom, openSealed, openSealedWithOneOf, type CaseKey, type KeyPair } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import type { SignedInStaff } from '../staff/signed-in-staff';
import { teamKeysOf, type TeamKeys } from './team-keys';

/** Every version of a case's key that somebody holds, the newest first: seal with the first, open with all. */
export type CaseKeys = readonly [CaseKey, ...CaseKey[]];

/** Takes the newest key out of what a holder opened; undefined when they hold none. */
export function caseKeys(keys: readonly CaseKey[]): CaseKeys | undefined {
  const [newest, ...older] = keys;
  return newest === undefined ? undefined : [newest, ...older];
}

/**
 * Opens the keys of a case for a member of staff: those sealed to one of their teams, or to them alone. Undefined when nothing was
 * sealed to them, or they have just been taken off the team. Throws VaultError when a stored grant was changed.
 */
export async function openKeysAsStaff(tx: EntityManager, actor: SignedInStaff, caseId: string): Promise<CaseKeys | undefined> {
  const holders: KeyHolder[] = [...actor.teams.map(({ id }) => ({ kind: 'team' as const, id })), { kind: 'staff', id: actor.staffId }];
  const grants = await listCaseKeyGrants(tx, caseId, holders);
  const byVersion = new Map<number, CaseKey>();
  const byTeam = new Map<string, TeamKeys | undefined>();
  for (const { holderKind, holderId, keyVersion, sealedKey } of grants) {
    if (byVersion.has(keyVersion)) {
      continue;
    }
    if (holderKind === 'team' && holderId !== null && !byTeam.has(holderId)) {
      byTeam.set(holderId, await teamKeysOf(tx, actor, holderId));
    }
    const pairs = holderKind === 'team' ? byTeam.get(holderId ?? '') : [actor.keyPair];
    if (pairs !== undefined) {
      byVersion.set(keyVersion, caseKeyFrom(openSealedWithOneOf(pairs, sealedKey)));
    }
  }
  return caseKeys([...byVersion.values()]);
}

/** Opens the keys of a case that were sealed to the complainant's receipt. */
export function openKeysAsComplainant(pair: KeyPair, grants: readonly { readonly sealedKey: Buffer }[]): CaseKeys | undefined {
  return caseKeys(grants.map(({ sealedKey }) => caseKeyFrom(openSealed(pair, sealedKey))));
}
