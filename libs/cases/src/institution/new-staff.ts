import { insertStaffMember, findStaffBySignInName } from '@recourse/persistence';
import { generateKeyPair, wipe, wrapSecretKey, type PasswordCost, type WrappedSecretKey } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { StaffRole } from '../staff/signed-in-staff';
import { storedSignInName } from '../staff/staff-access';

/** Who shall become a member of staff. */
export interface NewStaff {
  /** Compared without regard to case; 2–60 characters: letters, digits, dots, dashes. */
  readonly signInName: string;
  readonly displayName: string;
  /** Where reminders go: a reference and a task, never content. */
  readonly email: string;
  readonly role: StaffRole;
  /** BCP 47 tag of the language of pages and mails. */
  readonly language: string;
  /** At least 12 characters. It wraps the person's key: nobody can reset it without giving the keys anew. */
  readonly password: string;
}

/** Why an account cannot be made. */
export type NewStaffRefusal = 'sign_in_name_taken' | 'sign_in_name_invalid' | 'email_invalid' | 'password_too_short' | 'name_missing';

/** Fewest characters of a password. Length is what counts against guessing (NIST SP 800-63B-4, section 3.1.1). */
export const SHORTEST_PASSWORD = 12;

/** True for a password with fewer than {@link SHORTEST_PASSWORD} characters. */
export function isTooShort(password: string): boolean {
  return [...password].length < SHORTEST_PASSWORD;
}

/** A key pair for a new account: the public half, and the secret half wrapped by the password. */
export interface NewStaffKeys {
  readonly publicKey: Buffer;
  readonly wrapped: WrappedSecretKey;
}

/** Checks what was given, without the database; undefined when it can be an account. */
export function refuseStaff(staff: NewStaff): NewStaffRefusal | undefined {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}.-]{1,59}$/u.test(storedSignInName(staff.signInName))) {
    return 'sign_in_name_invalid';
  }
  if (staff.displayName.trim() === '') {
    return 'name_missing';
  }
  if (!/^[^\s@]+@[^\s@]+$/.test(staff.email)) {
    return 'email_invalid';
  }
  return isTooShort(staff.password) ? 'password_too_short' : undefined;
}

/** Makes the keys of a new account. Takes about a tenth of a second at the standard cost: do it outside the transaction. */
export async function newStaffKeys(password: string, cost: PasswordCost): Promise<NewStaffKeys> {
  const pair = generateKeyPair();
  const wrapped = await wrapSecretKey(password, pair.secretKey, cost);
  wipe(pair.secretKey);
  return { publicKey: pair.publicKey, wrapped };
}

/** Stores the account; undefined when the sign-in name is taken. @returns the new id */
export async function storeStaff(tx: EntityManager, staff: NewStaff, keys: NewStaffKeys, now: Date): Promise<string | undefined> {
  const signInName = storedSignInName(staff.signInName);
  if ((await findStaffBySignInName(tx, signInName)) !== undefined) {
    return undefined;
  }
  const id = v7();
  await insertStaffMember(tx, {
    id,
    signInName,
    displayName: staff.displayName.trim(),
    email: staff.email,
    role: staff.role,
    language: staff.language,
    publicKey: keys.publicKey,
    wrappedSecretKey: keys.wrapped.wrapped,
    kdf: keys.wrapped.kdf,
    active: true,
    createdAt: now,
    failedSignIns: 0,
    failuresToldAt: null,
  });
  return id;
}
