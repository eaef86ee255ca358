import { listCaseKeyGrants, type KeyHolder } from '@recourse/persistence';
import { caseKeyFrom, KEY_BYTES, openSealed, openSealedWithOneOf, VaultError, type CaseKey, type KeyPair } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import type { SignedInStaff } from '../staff/signed-in-staff';
import type { DamagedKey } from './damaged-keys';
import { teamKeysOf, type TeamKeys } from './team-keys';

/** Every version of a case's key that somebody holds, the newest first: seal with the first, open with all. */
export type CaseKeys = readonly [CaseKey, ...CaseKey[]];

/** Thrown when keys of a case were sealed to somebody, and none of them opens for them. */
export class ShutCase extends VaultError {
  constructor() {
    super('cannot_open');
    this.name = 'ShutCase';
  }
}

/** Whether somebody was to open a case whose keys do not open for them. */
export function isShutCase(error: unknown): boolean {
  return error instanceof ShutCase;
}

/** Takes the newest key out of what a holder opened; undefined when they hold none. */
export function caseKeys(keys: readonly CaseKey[]): CaseKeys | undefined {
  const [newest, ...older] = keys;
  return newest === undefined ? undefined : [newest, ...older];
}

/**
 * Opens the keys of a case for a member of staff: those sealed to one of their teams, or to them alone, by whichever key reaches them. Undefined when nothing was
 * sealed to them, or they have just been taken off the team.
 * @param damaged is added to for what does not open; to be set aside (`setKeysAside`)
 * @throws ShutCase when something was sealed to them, and nothing of it opens
 */
export async function openKeysAsStaff(
  tx: EntityManager,
  actor: SignedInStaff,
  caseId: string,
  damaged: DamagedKey[] = [],
): Promise<CaseKeys | undefined> {
  const holders: KeyHolder[] = [...actor.teams.map(({ id }) => ({ kind: 'team' as const, id })), { kind: 'staff', id: actor.staffId }];
  const grants = await listCaseKeyGrants(tx, caseId, holders);
  const byVersion = new Map<number, CaseKey>();
  const byTeam = new Map<string, OpenedTeam>();
  let isClosed = false;
  for (const { id, holderKind, holderId, keyVersion, sealedKey, setAsideAt } of grants) {
    const teamId = holderKind === 'team' ? holderId : null;
    if (teamId !== null && !byTeam.has(teamId)) {
      byTeam.set(teamId, await openTeam(tx, actor, teamId, damaged));
    }
    const team = teamId === null ? undefined : byTeam.get(teamId);
    const pairs = teamId === null ? [actor.keyPair] : team?.keys;
    if (pairs === undefined || byVersion.has(keyVersion)) {
      continue;
    }
    const key = opened(pairs, sealedKey);
    if (key !== undefined) {
      byVersion.set(keyVersion, key);
      continue;
    }
    isClosed = true;
    // Where a key of the team is missing here, somebody else on it may well open this one.
    if (team?.isWhole === true && setAsideAt === null) damaged.push({ kind: 'case_key', grant: { id, sealedKey } });
  }
  if (byVersion.size === 0 && isClosed) {
    throw new ShutCase();
  }
  return caseKeys([...byVersion.values()]);
}

interface OpenedTeam {
  /** Undefined when they are not on it. */
  readonly keys: TeamKeys | undefined;
  /** False when a key of it does not open for them. */
  readonly isWhole: boolean;
}

async function openTeam(tx: EntityManager, actor: SignedInStaff, teamId: string, damaged: DamagedKey[]): Promise<OpenedTeam> {
  const before = damaged.length;
  const keys = await teamKeysOf(tx, actor, teamId, damaged);
  return { keys, isWhole: damaged.length === before };
}

function opened(pairs: readonly KeyPair[], sealedKey: Buffer): CaseKey | undefined {
  try {
    const bytes = openSealedWithOneOf(pairs, sealedKey);
    return bytes.length === KEY_BYTES ? caseKeyFrom(bytes) : undefined;
  } catch (error) {
    if (error instanceof VaultError) {
      return undefined;
    }
    throw error;
  }
}

/** Opens the keys of a case that were sealed to the complainant's receipt. */
export function openKeysAsComplainant(pair: KeyPair, grants: readonly { readonly sealedKey: Buffer }[]): CaseKeys | undefined {
  return caseKeys(grants.map(({ sealedKey }) => caseKeyFrom(openSealed(pair, sealedKey))));
}
