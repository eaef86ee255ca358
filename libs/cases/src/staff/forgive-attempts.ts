import { deleteSignInLimit, forgiveOneSignIn, noteRightPassword } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { everywhereOf, type Unlocked } from './check-password';

/**
 * After a right password: forgets the attempts that failed where it was given, if it still is the password of an open account.
 * @returns how many attempts had failed since the last right password, this one not counted; undefined when somebody changed the password meanwhile
 */
export async function forgiveAttempts(tx: EntityManager, { member, origin }: Unlocked): Promise<number | undefined> {
  const failed = await noteRightPassword(tx, member);
  if (failed === undefined) {
    return undefined;
  }
  await deleteSignInLimit(tx, { subject: member.id, origin: origin.bucket });
  if (!origin.isKnown) {
    await forgiveOneSignIn(tx, everywhereOf(member.id));
  }
  return Math.max(failed - 1, 0);
}
