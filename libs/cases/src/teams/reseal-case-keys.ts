import { Injectable } from '@nestjs/common';
import { inTransaction, lockStaleGrants, lockTeam, resealGrants } from '@recourse/persistence';
import { openSealedWithOneOf, sealTo, wipe } from '@recourse/vault';
import { DataSource, type EntityManager } from 'typeorm';
import { teamKeysOf } from '../keys/team-keys';
import type { SignedInStaff } from '../staff/signed-in-staff';

/** What {@link ResealCaseKeys} needs. */
export interface ResealCaseKeysInput {
  /** Anybody on the team. */
  readonly actor: SignedInStaff;
  readonly teamId: string;
  /** Stops after the batch in which this much time is over. Milliseconds. */
  readonly withinMs?: number;
}

/**
 * - `done`: false when time was up; go on later, by whoever is on the team.
 * - `not_on_team`: the actor does not hold the team's key.
 */
export type ResealCaseKeysResult =
  { readonly ok: true; readonly done: boolean; readonly resealed: number } | { readonly ok: false; readonly code: 'not_on_team' };

/** Case keys in one transaction: some hundredths of a second, so that nobody waits for it. */
const BATCH = 200;
const STANDARD_MS = 4_000;

/**
 * Seals the keys of a team's cases, closed ones too, to the key that the team has now. In batches, each a transaction: after a crash what is left is still
 * sealed to a key that everybody on the team holds, and is found again by what it is sealed to.
 */
@Injectable()
export class ResealCaseKeys {
  constructor(private readonly dataSource: DataSource) {}

  async run({ actor, teamId, withinMs = STANDARD_MS }: ResealCaseKeysInput): Promise<ResealCaseKeysResult> {
    const until = performance.now() + withinMs;
    let after: string | undefined;
    let resealed = 0;
    for (;;) {
      const batch = await inTransaction(this.dataSource, (tx) => resealBatch(tx, actor, teamId, after));
      if (batch === undefined) {
        return { ok: false, code: 'not_on_team' };
      }
      resealed += batch.count;
      after = batch.last;
      if (batch.count < BATCH) {
        return { ok: true, done: true, resealed };
      }
      if (performance.now() >= until) {
        return { ok: true, done: false, resealed };
      }
    }
  }
}

async function resealBatch(
  tx: EntityManager,
  actor: SignedInStaff,
  teamId: string,
  after: string | undefined,
): Promise<{ readonly count: number; readonly last: string | undefined } | undefined> {
  // Held, so that nobody gives the team yet another key while we seal to this one.
  const team = await lockTeam(tx, teamId, 'shared');
  const grants = team === undefined ? [] : await lockStaleGrants(tx, teamId, team.publicKey, { after, limit: BATCH });
  const keys = await teamKeysOf(tx, actor, teamId);
  if (team === undefined || keys === undefined) {
    return undefined;
  }
  const fresh = grants.map(({ id, sealedKey }) => {
    const caseKey = openSealedWithOneOf(keys, sealedKey);
    const resealed = { id, sealedKey: sealTo(team.publicKey, caseKey) };
    wipe(caseKey);
    return resealed;
  });
  await resealGrants(tx, fresh, team.publicKey);
  return { count: fresh.length, last: fresh.at(-1)?.id };
}
