import type { EntityManager } from 'typeorm';

import { affectedBy, updateRows } from '../database/rows';
import { SignInLimit } from './sign-in-limit.entity';

/** One count of failed attempts, by what it is found. */
export type LimitKey = Pick<SignInLimit, 'subject' | 'origin'>;

/** One count of failed attempts. */
export type LimitRow = Pick<SignInLimit, 'subject' | 'origin' | 'failures' | 'countedSince' | 'lockedUntil'>;

/** The count, made when there is none, locked until the transaction ends. Attempts of one kind queue up here. */
export async function lockSignInLimit(tx: EntityManager, { subject, origin }: LimitKey, now: Date): Promise<LimitRow> {
  const [row] = await tx.query<LimitRow[]>(
    `INSERT INTO sign_in_limit AS l (subject, origin, failures, counted_since, locked_until, last_at) VALUES ($1, $2, 0, $3, NULL, $3)
     ON CONFLICT (subject, origin) DO UPDATE SET last_at = greatest(l.last_at, excluded.last_at)
     RETURNING l.subject, l.origin, l.failures, l.counted_since AS "countedSince", l.locked_until AS "lockedUntil"`,
    [subject, origin, now],
  );
  if (row === undefined) {
    throw new Error('an upsert returned no row');
  }
  return row;
}

/** Stores what a locked count has become. */
export async function storeSignInLimit(tx: EntityManager, limit: LimitRow): Promise<void> {
  const { subject, origin, failures, countedSince, lockedUntil } = limit;
  await updateRows(tx, SignInLimit, { subject, origin }, { failures, countedSince, lockedUntil });
}

/** Forgets a count: the right password came from there. */
export async function deleteSignInLimit(tx: EntityManager, { subject, origin }: LimitKey): Promise<void> {
  await tx.query('DELETE FROM sign_in_limit WHERE subject = $1 AND origin = $2', [subject, origin]);
}

/**
 * Forgets every count of one account, wherever the attempts came from. Owner.
 * @returns how many of them made somebody wait, or would have: a right password on a new device leaves a count of none
 */
export async function deleteSignInLimitsOf(tx: EntityManager, subject: string, now: Date): Promise<number> {
  const [row] = await tx.query<{ counted: number }[]>(
    `WITH gone AS (DELETE FROM sign_in_limit WHERE subject = $1 RETURNING failures, locked_until)
     SELECT count(*)::int AS counted FROM gone WHERE failures > 0 OR locked_until > $2`,
    [subject, now],
  );
  return row?.counted ?? 0;
}

/** Takes one attempt back: it was none that failed. */
export async function forgiveOneSignIn(tx: EntityManager, { subject, origin }: LimitKey): Promise<void> {
  await tx.query('UPDATE sign_in_limit SET failures = greatest(failures - 1, 0) WHERE subject = $1 AND origin = $2', [subject, origin]);
}

/** Sweeps counts that nobody has added to since. Worker. @returns how many */
export async function deleteOldSignInLimits(tx: EntityManager, before: Date): Promise<number> {
  return affectedBy(await tx.query('DELETE FROM sign_in_limit WHERE last_at < $1', [before]));
}
