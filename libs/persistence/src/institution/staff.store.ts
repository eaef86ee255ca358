import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { affectedBy } from '../database/rows';
import { StaffMember } from './staff-member.entity';
import type { TeamMember } from './team-member.entity';

/** What the worker may know of a member of staff: enough to write to them. */
export type StaffAddressee = Pick<StaffMember, 'id' | 'displayName' | 'email' | 'role' | 'language'>;

/** Somebody a page names. */
export type StaffName = Pick<StaffMember, 'id' | 'displayName'>;

const ADDRESSEE = 's.id, s.display_name AS "displayName", s.email, s.role, s.language';

/** Adds a member of staff. */
export async function insertStaffMember(tx: EntityManager, member: StaffMember): Promise<void> {
  await insertRow(tx, StaffMember, member);
}

/** The account with this sign-in name, active or not, or undefined. */
export async function findStaffBySignInName(tx: EntityManager, signInName: string): Promise<StaffMember | undefined> {
  return (await tx.findOneBy(StaffMember, { signInName })) ?? undefined;
}

/** The account with this sign-in name, active or not, locked until the transaction ends, or undefined. Attempts to sign in queue up here. */
export async function lockStaffBySignInName(tx: EntityManager, signInName: string): Promise<StaffMember | undefined> {
  return (await tx.findOne(StaffMember, { where: { signInName }, lock: { mode: 'for_no_key_update' } })) ?? undefined;
}

/** The account with this id, active or not, or undefined. Not for the worker: see {@link findAddressee}. */
export async function findStaffMember(tx: EntityManager, id: string): Promise<StaffMember | undefined> {
  return (await tx.findOneBy(StaffMember, { id })) ?? undefined;
}

/** One account, active or not, that nobody can close or change until the transaction ends, or undefined. Casework and owner. */
export async function readLockStaff(
  tx: EntityManager,
  where: { readonly id: string } | { readonly signInName: string },
): Promise<StaffMember | undefined> {
  return (await tx.findOne(StaffMember, { where, lock: { mode: 'pessimistic_read' } })) ?? undefined;
}

/** Every account, by display name. */
export async function listStaff(tx: EntityManager): Promise<readonly StaffMember[]> {
  return tx.find(StaffMember, { order: { displayName: 'ASC', id: 'ASC' } });
}

/** Names of these members of staff, in no particular order; ids that do not exist are missing. */
export async function listStaffNames(tx: EntityManager, ids: readonly string[]): Promise<readonly StaffName[]> {
  return tx.query<StaffName[]>('SELECT id, display_name AS "displayName" FROM staff_member WHERE id = ANY ($1)', [ids]);
}

/** Counts an attempt to sign in, before it is known whether it fails. */
export async function noteFailedSignIn(tx: EntityManager, staffId: string): Promise<void> {
  await tx.query('UPDATE staff_member SET failed_sign_ins = failed_sign_ins + 1 WHERE id = $1', [staffId]);
}

/**
 * Notes that the record is about to say that attempts failed.
 * @returns how many there were since the last right password; undefined when it has said so after `notSince`, and is not to say it again
 */
export async function noteFailuresTold(
  tx: EntityManager,
  staffId: string,
  { now, notSince }: { readonly now: Date; readonly notSince: Date },
): Promise<number | undefined> {
  const [rows] = await tx.query<[{ failed: number }[], number]>(
    `UPDATE staff_member SET failures_told_at = $2 WHERE id = $1 AND (failures_told_at IS NULL OR failures_told_at <= $3)
     RETURNING failed_sign_ins AS failed`,
    [staffId, now, notSince],
  );
  return rows[0]?.failed;
}

/**
 * Forgets failed attempts after a right password, if that is still the password of an open account: somebody may have changed it while the
 * one tried was being checked, which takes a while. Locks the row until the transaction ends.
 * @param tried the account as it was when the password was tried
 * @returns how many there were, this one included; undefined when it no longer is: whoever tried may not come in
 */
export async function noteRightPassword(
  tx: EntityManager,
  tried: Pick<StaffMember, 'id' | 'wrappedSecretKey'>,
): Promise<number | undefined> {
  const [rows] = await tx.query<[{ failed: number }[], number]>(
    `WITH before AS (
       SELECT id, failed_sign_ins FROM staff_member WHERE id = $1 AND wrapped_secret_key = $2 AND active FOR NO KEY UPDATE
     )
     UPDATE staff_member s SET failed_sign_ins = 0 FROM before WHERE s.id = before.id RETURNING before.failed_sign_ins AS failed`,
    [tried.id, tried.wrappedSecretKey],
  );
  return rows[0]?.failed;
}

/**
 * Stores the secret key wrapped under a new password, if nobody has changed it meanwhile.
 * @param before the account as it was when the old password was tried
 * @returns false when somebody was faster, or the account was closed: nothing was changed
 */
export async function replaceWrappedSecretKey(
  tx: EntityManager,
  before: Pick<StaffMember, 'id' | 'wrappedSecretKey'>,
  wrapped: Pick<StaffMember, 'wrappedSecretKey' | 'kdf'>,
): Promise<boolean> {
  const replaced = await tx.query<[unknown[], number]>(
    `UPDATE staff_member SET wrapped_secret_key = $3, kdf = $4, failed_sign_ins = 0
     WHERE id = $1 AND wrapped_secret_key = $2 AND active`,
    [before.id, before.wrappedSecretKey, wrapped.wrappedSecretKey, JSON.stringify(wrapped.kdf)],
  );
  return affectedBy(replaced) === 1;
}

/** How to write to this member of staff; undefined when there is none or the account is closed. */
export async function findAddressee(tx: EntityManager, staffId: string): Promise<StaffAddressee | undefined> {
  const [found] = await tx.query<StaffAddressee[]>(`SELECT ${ADDRESSEE} FROM staff_member s WHERE s.id = $1 AND s.active`, [staffId]);
  return found;
}

/** Active members of a team, perhaps only those with one role in it; in a stable order. */
export async function listAddresseesOfTeam(
  tx: EntityManager,
  teamId: string,
  teamRole?: TeamMember['teamRole'],
): Promise<readonly StaffAddressee[]> {
  return tx.query<StaffAddressee[]>(
    `SELECT ${ADDRESSEE} FROM team_member m JOIN staff_member s ON s.id = m.staff_id
     WHERE m.team_id = $1 AND s.active AND ($2::text IS NULL OR m.team_role = $2) ORDER BY s.id`,
    [teamId, teamRole ?? null],
  );
}

/**
 * Active staff with this role, perhaps only those in one team; in a stable order.
 * @param teamId when given, only members of that team
 */
export async function listAddresseesByRole(
  tx: EntityManager,
  role: StaffMember['role'],
  teamId?: string,
): Promise<readonly StaffAddressee[]> {
  return tx.query<StaffAddressee[]>(
    `SELECT ${ADDRESSEE} FROM staff_member s
     WHERE s.role = $1 AND s.active
       AND ($2::uuid IS NULL OR EXISTS (SELECT FROM team_member m WHERE m.team_id = $2 AND m.staff_id = s.id))
     ORDER BY s.id`,
    [role, teamId ?? null],
  );
}

/** Active members of a team whom a track can be given to, by name. */
export async function listColleagues(tx: EntityManager, teamId: string): Promise<readonly StaffName[]> {
  return tx.query<StaffName[]>(
    `SELECT s.id, s.display_name AS "displayName" FROM team_member m JOIN staff_member s ON s.id = m.staff_id
     WHERE m.team_id = $1 AND s.active ORDER BY s.display_name, s.id`,
    [teamId],
  );
}
