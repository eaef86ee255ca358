import type { StaffRole } from '../staff/signed-in-staff';

/** Who shall become a member of staff. */
export interface NewStaff {
  /** Compared without regard to case; 2–60 characters, letters, digits, dots, dashes. */
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
