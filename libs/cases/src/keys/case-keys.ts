import { listCaseKeyGrants, type KeyHolder } from '@recourse/persistence';
import { caseKeyFrom, openSealed, type CaseKey, type KeyPair } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import type { SignedInStaff } from '../staff/signed-in-staff';

/** Every version of a case's key that somebody holds, the newest first: seal with the first, open with all. */
export type CaseKeys = readonly [CaseKey, ...CaseKey[]];

/** Takes the newest key out of what a holder opened; undefined when they hold none. */
export function caseKeys(keys: readonly CaseKey[]): CaseKeys | undefined {
  const [newest, ...older] = keys;
  return newest === undefined ? undefined : [newest, ...older];
}

/**
 * Opens the keys of a case for a member of staff: those sealed to one of their teams, or to them alone. Undefined when nothing was
 * sealed to them. Throws VaultError when a stored grant was changed.
 */
export async function openKeysAsStaff(tx: EntityManager, actor: SignedInStaff, caseId: string): Promise<CaseKeys | undefined> {
  const holders: KeyHolder[] = [...actor.teams.map(({ id }) => ({ kind: 'team' as const, id })), { kind: 'staff', id: actor.staffId }];
  const grants = await listCaseKeyGrants(tx, caseId, holders);
  const byVersion = new Map<number, CaseKey>();
  for (const grant of grants) {
    const pair = grant.holderKind === 'team' ? actor.teamKeyPair(grant.holderId ?? '') : actor.keyPair;
    if (pair !== undefined && !byVersion.has(grant.keyVersion)) {
      byVersion.set(grant.keyVersion, caseKeyFrom(openSealed(pair, grant.sealedKey)));
    }
  }
  return caseKeys([...byVersion.values()]);
}

/** Opens the keys of a case that were sealed to the complainant's receipt. */
export function openKeysAsComplainant(pair: KeyPair, grants: readonly { readonly sealedKey: Buffer }[]): CaseKeys | undefined {
  return caseKeys(grants.map(({ sealedKey }) => caseKeyFrom(openSealed(pair, sealedKey))));
}
