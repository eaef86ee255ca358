import { inTransaction, setGrantAside, setTeamKeyAside, type StaleGrant } from '@recourse/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { appendToRecord } from '../record/append-to-record';
import { byStaff, recordStaffEvent } from '../staff/record-staff-event';
import type { StaffIdentity } from '../staff/signed-in-staff';

/**
 * What did not open on the way to something that somebody may read:
 * - `team_key`: a key of one of their teams, as they hold it;
 * - `case_key`: the key of a case, as their team holds it, with every key of the team at hand.
 */
export type DamagedKey =
  | { readonly kind: 'team_key'; readonly teamId: string; readonly publicKey: Buffer }
  | { readonly kind: 'case_key'; readonly grant: StaleGrant };

/**
 * Sets aside what did not open, each in a transaction of its own and recorded once: the key of a team in the record of accounts and teams, that of a case in its
 * record. Call it outside of the transaction that found it, which may have been rolled back.
 */
export async function setKeysAside(dataSource: DataSource, actor: StaffIdentity, damaged: readonly DamagedKey[], now: Date): Promise<void> {
  for (const key of damaged) {
    await inTransaction(dataSource, (tx) =>
      key.kind === 'team_key' ? teamKeyAside(tx, actor, key, now) : caseKeyAside(tx, actor, key.grant, now),
    );
  }
}

/** @returns false when somebody else set it aside, or it was put right meanwhile: nothing was changed */
export async function caseKeyAside(tx: EntityManager, actor: StaffIdentity, grant: StaleGrant, now: Date): Promise<boolean> {
  const aside = await setGrantAside(tx, grant, now);
  if (aside === undefined) {
    return false;
  }
  const { caseId, teamId, keyVersion } = aside;
  await appendToRecord(tx, {
    type: 'case_key_set_aside',
    payload: { grantId: grant.id, teamId, keyVersion },
    caseId,
    actor: { kind: 'staff', id: actor.staffId },
    now,
  });
  return true;
}

async function teamKeyAside(
  tx: EntityManager,
  actor: StaffIdentity,
  { teamId, publicKey }: Extract<DamagedKey, { kind: 'team_key' }>,
  now: Date,
): Promise<boolean> {
  const { staffId } = actor;
  const isNew = await setTeamKeyAside(tx, v7(), { teamId, staffId, publicKey }, now);
  if (isNew) {
    await recordStaffEvent(tx, { type: 'team_key_set_aside', payload: { teamId }, staffId, actor: byStaff(actor), now });
  }
  return isNew;
}
