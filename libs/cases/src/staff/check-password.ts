import {
  inTransaction,
  lockSignInLimit,
  lockStaffBySignInName,
  noteFailedSignIn,
  noteFailuresTold,
  storeSignInLimit,
  type LimitKey,
  type LimitRow,
  type StaffMember,
} from '@recourse/persistence';
import { unwrapNothing, unwrapSecretKey } from '@recourse/vault';
import type { DataSource, EntityManager } from 'typeorm';
import { NIL } from 'uuid';
import type { AttemptOrigin } from './known-devices';
import { recordStaffEvent } from './record-staff-event';
import { storedSignInName } from './staff-access';

/** So many attempts in a row from one place are free; then whoever is there waits. */
export const FREE_ATTEMPTS = 4;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** So many attempts an hour at one account, from all places where its owner was never before: against guessing from many places. */
export const ATTEMPTS_OF_STRANGERS = 60;
const HOUR_MS = 3_600_000;
/** Stands for all places where the owner was never before. */
const EVERYWHERE = Buffer.alloc(32);

/** A member of staff whose password was right. */
export interface Unlocked {
  readonly member: StaffMember;
  readonly secretKey: Buffer;
  /** Where it was counted, to be forgiven. */
  readonly origin: AttemptOrigin;
}

/** An attempt to unlock an account. */
export interface Attempt {
  readonly signInName: string;
  readonly password: string;
  /** Where it is counted, by the id of the account or the nil UUID where there is none. */
  readonly originOf: (subject: string) => AttemptOrigin;
  /** Machine time. */
  readonly now: Date;
  /** Case time, for the record. */
  readonly happenedAt: Date;
}

/** How long one place waits after `failures` failed attempts in a row, in milliseconds: a minute, doubling up to a quarter of an hour. */
export function waitAfter(failures: number): number {
  return failures <= FREE_ATTEMPTS ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (failures - FREE_ATTEMPTS - 1), LONGEST_WAIT_MS);
}

/**
 * Checks a password; undefined for a wrong name, a wrong password, a closed account and too many attempts, each after the same work, so that neither the answer nor
 * its time tells which. Attempts at a name that there is no account for are counted too, all names together.
 *
 * The attempt is counted *before* the password is tried, under a lock: a hundred attempts at once are a hundred counted attempts, of which the first few are
 * tried. It is counted where it comes from, so that a stranger makes themselves wait and nobody else; what comes from places where the owner was never before is
 * counted together as well, at a slower pace.
 */
export async function checkPassword(dataSource: DataSource, attempt: Attempt): Promise<Unlocked | undefined> {
  const { password, now, happenedAt } = attempt;
  const { member, origin, isAdmitted, beginsToWait } = await inTransaction(dataSource, (tx) => admit(tx, attempt));
  const secretKey = await tryPassword(password, isAdmitted ? member : undefined);
  if (member !== undefined && secretKey !== undefined) {
    return { member, secretKey, origin };
  }
  if (beginsToWait) {
    await inTransaction(dataSource, (tx) => tellOfFailures(tx, member, { subject: NIL, origin: origin.bucket }, { now, happenedAt }));
  }
  return undefined;
}

/** The key, or undefined after the same work. */
async function tryPassword(password: string, member: StaffMember | undefined): Promise<Buffer | undefined> {
  if (member === undefined) {
    await unwrapNothing(password);
    return undefined;
  }
  return unwrapSecretKey(password, member.wrappedSecretKey, member.kdf);
}

interface Admission {
  readonly member: StaffMember | undefined;
  readonly origin: AttemptOrigin;
  /** Whether the password may be tried. */
  readonly isAdmitted: boolean;
  /** Whether this attempt is the one after which somebody has to wait, if it fails. */
  readonly beginsToWait: boolean;
}

async function admit(tx: EntityManager, { signInName, originOf, now }: Attempt): Promise<Admission> {
  const found = await lockStaffBySignInName(tx, storedSignInName(signInName));
  const member = found?.active === true ? found : undefined;
  const subject = member?.id ?? NIL;
  const origin = originOf(subject);
  const here = await lockSignInLimit(tx, { subject, origin: origin.bucket }, now);
  const everywhere = origin.isKnown ? undefined : await lockSignInLimit(tx, { subject, origin: EVERYWHERE }, now);
  if ([here, everywhere].some((limit) => limit !== undefined && waits(limit, now))) {
    return { member, origin, isAdmitted: false, beginsToWait: false };
  }
  const counted = [oneMoreHere(here, now), ...(everywhere === undefined ? [] : [oneMoreEverywhere(everywhere, now)])];
  for (const limit of counted) {
    await storeSignInLimit(tx, limit);
  }
  await noteFailedSignIn(tx, subject);
  return { member, origin, isAdmitted: true, beginsToWait: counted.some((limit) => waits(limit, now)) };
}

function waits({ lockedUntil }: LimitRow, now: Date): boolean {
  return lockedUntil !== null && lockedUntil > now;
}

function oneMoreHere(limit: LimitRow, now: Date): LimitRow {
  const failures = limit.failures + 1;
  const wait = waitAfter(failures);
  return { ...limit, failures, lockedUntil: wait === 0 ? null : new Date(now.getTime() + wait) };
}

/** Counted by the hour: who guesses from many places has so many attempts in each, and those who wait for the next one need not wait longer than that. */
function oneMoreEverywhere(limit: LimitRow, now: Date): LimitRow {
  const isOver = limit.countedSince.getTime() + HOUR_MS <= now.getTime();
  const countedSince = isOver ? now : limit.countedSince;
  const failures = (isOver ? 0 : limit.failures) + 1;
  const lockedUntil = failures < ATTEMPTS_OF_STRANGERS ? null : new Date(countedSince.getTime() + HOUR_MS);
  return { ...limit, failures, countedSince, lockedUntil };
}

/** Says in the record that attempts failed, once an hour at most, however many there are. For a name without an account the same work is done for nothing. */
async function tellOfFailures(
  tx: EntityManager,
  member: StaffMember | undefined,
  nobody: LimitKey,
  { now, happenedAt }: Pick<Attempt, 'now' | 'happenedAt'>,
): Promise<void> {
  if (member === undefined) {
    await lockSignInLimit(tx, nobody, now);
    return;
  }
  const failures = await noteFailuresTold(tx, member.id, { now, notSince: new Date(now.getTime() - HOUR_MS) });
  if (failures !== undefined) {
    await recordStaffEvent(tx, {
      type: 'sign_ins_failed',
      payload: { failures },
      staffId: member.id,
      actor: { kind: 'system' },
      now: happenedAt,
    });
  }
}

/** Where attempts of somebody who is signed in, or of the operator, are counted: a stranger cannot make them. */
export function ownOrigin(): AttemptOrigin {
  return { bucket: Buffer.alloc(32, 1), isKnown: true };
}

/** Of all places together, to be forgiven with a right password. */
export function everywhereOf(subject: string): LimitKey {
  return { subject, origin: EVERYWHERE };
}
