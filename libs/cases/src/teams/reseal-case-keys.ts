import { Injectable } from '@nestjs/common';
import { inTransaction, lockStaleGrants, lockTeam, resealGrants, type StaleGrant } from '@recourse/persistence';
import { KEY_BYTES, openSealedWithOneOf, sealTo, VaultError, wipe } from '@recourse/vault';
import { DataSource, type EntityManager } from 'typeorm';
import { caseKeyAside, type DamagedKey } from '../keys/damaged-keys';
import { teamKeysOf, type TeamKeys } from '../keys/team-keys';
import type { SignedInStaff } from '../staff/signed-in-staff';

/** What {@link ResealCaseKeys} needs. */
export interface ResealCaseKeysInput {
  /** Anybody on the team. */
  readonly actor: SignedInStaff;
  readonly teamId: string;
  readonly now: Date;
  /** Stops after the batch in which this much time is over. Milliseconds. */
  readonly withinMs?: number;
}

/**
 * - `done`: false when time was up; go on later, by whoever is on the team.
 * - `resealed`: how many keys are now sealed to the team's present key that were not before.
 * - `setAside`: how many were found that no key of the team opens. They are left as they are, and told to an administrator.
 * - `not_on_team`: the actor does not hold the team's key.
 */
export type ResealCaseKeysResult =
  | { readonly ok: true; readonly done: boolean; readonly resealed: number; readonly setAside: number }
  | { readonly ok: false; readonly code: 'not_on_team' };

/** Case keys in one transaction: some hundredths of a second, so that nobody waits for it. */
const BATCH = 200;
const STANDARD_MS = 4_000;

/**
 * Seals the keys of a team's cases, closed ones too, to the key that the team has now. In batches, each a transaction: after a crash what is left is still
 * sealed to a key that everybody on the team holds, and is found again by what it is sealed to.
 *
 * A key that does not open is set aside and the rest goes on: otherwise one damaged row would leave all others readable for whoever was taken off.
 */
@Injectable()
export class ResealCaseKeys {
  constructor(private readonly dataSource: DataSource) {}

  async run({ actor, teamId, now, withinMs = STANDARD_MS }: ResealCaseKeysInput): Promise<ResealCaseKeysResult> {
    const until = performance.now() + withinMs;
    const tally = { resealed: 0, setAside: 0 };
    for (let after: string | undefined; ;) {
      const batch = await inTransaction(this.dataSource, (tx) => resealBatch(tx, actor, teamId, after));
      if (batch === undefined) {
        return { ok: false, code: 'not_on_team' };
      }
      tally.resealed += batch.opened;
      for (const grant of batch.closed) {
        // A transaction for each: the record of its case is locked last and alone.
        tally.setAside += (await inTransaction(this.dataSource, (tx) => caseKeyAside(tx, actor, grant, now))) ? 1 : 0;
      }
      after = batch.last;
      if (batch.count < BATCH) {
        return { ok: true, done: true, ...tally };
      }
      if (performance.now() >= until) {
        return { ok: true, done: false, ...tally };
      }
    }
  }
}

interface Batch {
  readonly count: number;
  /** How many of them were sealed anew. */
  readonly opened: number;
  /** Those that did not open, with every key of the team at hand. */
  readonly closed: readonly StaleGrant[];
  readonly last: string | undefined;
}

async function resealBatch(tx: EntityManager, actor: SignedInStaff, teamId: string, after: string | undefined): Promise<Batch | undefined> {
  // Held, so that nobody gives the team yet another key while we seal to this one.
  const team = await lockTeam(tx, teamId, 'shared');
  const grants = team === undefined ? [] : await lockStaleGrants(tx, teamId, team.publicKey, { after, limit: BATCH });
  const damaged: DamagedKey[] = [];
  const keys = await teamKeysOf(tx, actor, teamId, damaged);
  if (team === undefined || keys === undefined) {
    return undefined;
  }
  const closed: StaleGrant[] = [];
  const fresh: Pick<StaleGrant, 'id' | 'sealedKey'>[] = [];
  for (const grant of grants) {
    const sealedKey = resealed(keys, grant.sealedKey, team.publicKey);
    if (sealedKey === undefined) {
      closed.push(grant);
    } else {
      fresh.push({ id: grant.id, sealedKey });
    }
  }
  await resealGrants(tx, fresh, team.publicKey);
  // Where a key of the team does not open for this member, another one may well open what is left: it stays as it is.
  return { count: grants.length, opened: fresh.length, closed: damaged.length === 0 ? closed : [], last: grants.at(-1)?.id };
}

/** The key sealed anew, or undefined when none of these keys opens it, or what opens is no key. */
function resealed(keys: TeamKeys, sealedKey: Buffer, publicKey: Buffer): Buffer | undefined {
  try {
    const caseKey = openSealedWithOneOf(keys, sealedKey);
    const fresh = caseKey.length === KEY_BYTES ? sealTo(publicKey, caseKey) : undefined;
    wipe(caseKey);
    return fresh;
  } catch (error) {
    if (error instanceof VaultError) {
      return undefined;
    }
    throw error;
  }
}
