import { inTransaction, lockStaffBySignInName, noteFailedSignIn, type StaffMember } from '@recourse/persistence';
import { unwrapNothing, unwrapSecretKey } from '@recourse/vault';
import type { DataSource } from 'typeorm';
import { storedSignInName } from './staff-access';

/** So many attempts in a row are free; then the account waits. */
export const FREE_ATTEMPTS = 4;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** A member of staff whose password was right. */
export interface Unlocked {
  readonly member: StaffMember;
  readonly secretKey: Buffer;
}

/** How long an account waits after `failures` failed attempts in a row, in milliseconds: a minute, doubling up to a quarter of an hour. */
export function waitAfter(failures: number): number {
  return failures <= FREE_ATTEMPTS ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (failures - FREE_ATTEMPTS - 1), LONGEST_WAIT_MS);
}

/**
 * Checks a password; undefined for a wrong name, a wrong password, a closed account and an account that waits, each after the same work, so
 * that neither the answer nor its time tells which.
 *
 * The attempt is counted *before* the password is tried, under a lock on the row: a hundred attempts at once are a hundred counted attempts,
 * of which the first few are tried. An attempt while the account waits is not counted, or a stranger could keep the account shut for ever at
 * no cost; it costs them one attempt each time.
 */
export async function checkPassword(
  dataSource: DataSource,
  attempt: { readonly signInName: string; readonly password: string; readonly now: Date },
): Promise<Unlocked | undefined> {
  const member = await inTransaction(dataSource, async (tx) => {
    const found = await lockStaffBySignInName(tx, storedSignInName(attempt.signInName));
    if (found === undefined || !found.active || (found.lockedUntil !== null && found.lockedUntil > attempt.now)) {
      return undefined;
    }
    const wait = waitAfter(found.failedSignIns + 1);
    await noteFailedSignIn(tx, found.id, wait === 0 ? null : new Date(attempt.now.getTime() + wait));
    return found;
  });
  if (member === undefined) {
    return unwrapNothing(attempt.password);
  }
  const secretKey = await unwrapSecretKey(attempt.password, member.wrappedSecretKey, member.kdf);
  return secretKey === undefined ? undefined : { member, secretKey };
}
