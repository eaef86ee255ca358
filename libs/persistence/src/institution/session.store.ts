import { type EntityManager, MoreThan } from 'typeorm';

import { insertRow } from '../database/insert';
import { affectedBy } from '../database/rows';
import { StaffSession } from './staff-session.entity';

/** Keeps a sign-in. */
export async function insertSession(tx: EntityManager, session: StaffSession): Promise<void> {
  await insertRow(tx, StaffSession, session);
}

/**
 * The session with this look-up that has not expired at `now`, or undefined.
 * @param lookup HMAC or hash of the cookie's token (libs/vault), never the token
 */
export async function findSession(tx: EntityManager, lookup: Buffer, now: Date): Promise<StaffSession | undefined> {
  return (await tx.findOneBy(StaffSession, { lookup, expiresAt: MoreThan(now) })) ?? undefined;
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
