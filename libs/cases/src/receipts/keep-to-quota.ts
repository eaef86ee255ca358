import { listShownUse } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { overQuota, QUOTA_DAY_MS, type Bringing, type CaseQuota, type OverQuota } from './case-quota';
import { lockForTransaction } from './lock-client-key';
import type { ShownCase } from './shown-case';

/**
 * Counts what the shown case was brought and says whether this may be added, for the rest of the transaction: whoever adds something to the same case
 * meanwhile waits here until this transaction has ended, and counts then. Take the lock of the client key before, never after.
 * @returns undefined when it may be added
 */
export async function keepToQuota(
  tx: EntityManager,
  quota: CaseQuota,
  { shown, bringing, now }: { readonly shown: ShownCase; readonly bringing: Bringing; readonly now: Date },
): Promise<OverQuota | undefined> {
  await lockForTransaction(tx, `quota|${shown.file.id}`);
  return countAgainstQuota(tx, quota, bringing, now);
}

/** The same without a lock: good for a refusal before an upload, not for saying yes. */
export async function countAgainstQuota(
  tx: EntityManager,
  quota: CaseQuota,
  bringing: Bringing,
  now: Date,
): Promise<OverQuota | undefined> {
  return overQuota(quota, await listShownUse(tx, new Date(now.getTime() - QUOTA_DAY_MS)), bringing, now);
}
