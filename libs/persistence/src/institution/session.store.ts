import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { affectedBy } from '../database/rows';
import { StaffSession } from './staff-session.entity';

/** Keeps a sign-in. */
export async function insertSession(tx: EntityManager, session: StaffSession): Promise<void> {
  await insertRow(tx, StaffSession, session);
}

/**
 * The session with this look-up, over or not, or undefined.
 * @param lookup HMAC or hash of the cookie's token (libs/vault), never the token
 */
export async function findSession(tx: EntityManager, lookup: Buffer): Promise<StaffSession | undefined> {
  return (await tx.findOneBy(StaffSession, { lookup })) ?? undefined;
}

/** Puts off when a session is over for want of requests. One that is over stays over. */
export async function postponeIdle(
  tx: EntityManager,
  lookup: Buffer,
  { now, idleAt }: { readonly now: Date; readonly idleAt: Date },
): Promise<void> {
  await tx.query('UPDATE staff_session SET idle_at = $3 WHERE lookup = $1 AND wiped_at IS NULL AND idle_at > $2 AND idle_at < $3', [
    lookup,
    now,
    idleAt,
  ]);
}

/** Removes the key from a session that is over. */
export async function wipeSession(tx: EntityManager, lookup: Buffer, now: Date): Promise<void> {
  await tx.query('UPDATE staff_session SET sealed_secret_key = NULL, wiped_at = $2 WHERE lookup = $1 AND wiped_at IS NULL', [lookup, now]);
}

/** Removes the key from every session in which nothing was asked for. Worker. @returns how many */
export async function wipeIdleSessions(tx: EntityManager, now: Date): Promise<number> {
  return affectedBy(
    await tx.query('UPDATE staff_session SET sealed_secret_key = NULL, wiped_at = $1 WHERE idle_at <= $1 AND wiped_at IS NULL', [now]),
  );
}

/** Ends one session. Ending one that does not exist changes nothing. */
export async function deleteSession(tx: EntityManager, lookup: Buffer): Promise<void> {
  await tx.query('DELETE FROM staff_session WHERE lookup = $1', [lookup]);
}

/** Ends every session of a member of staff. */
export async function deleteSessionsOf(tx: EntityManager, staffId: string): Promise<void> {
  await tx.query('DELETE FROM staff_session WHERE staff_id = $1', [staffId]);
}

/** Sweeps sessions that have expired. @returns how many */
export async function deleteExpiredSessions(tx: EntityManager, now: Date): Promise<number> {
  return affectedBy(await tx.query('DELETE FROM staff_session WHERE expires_at <= $1', [now]));
}
