import { Injectable } from '@nestjs/common';
import { deleteSessionsOf, deleteSignInLimit, inTransaction, replaceWrappedSecretKey } from '@recourse/persistence';
import { wrapSecretKey } from '@recourse/vault';
import { DataSource } from 'typeorm';
import { isTooShort } from '../institution/new-staff';
import { checkPassword, ownOrigin } from './check-password';
import { openSession, type OpenedSession } from './open-session';
import { byStaff, recordStaffEvent } from './record-staff-event';
import { SessionRules } from './session-rules';
import type { StaffIdentity } from './signed-in-staff';

/** What {@link ChangePassword} needs. */
export interface ChangePasswordInput {
  readonly actor: StaffIdentity;
  readonly currentPassword: string;
  readonly newPassword: string;
  /** Machine time: attempts are counted and sessions end by it. */
  readonly now: Date;
  /** Case time, for the record. */
  readonly happenedAt: Date;
}

/**
 * - `ok`: every session of the person ended; `token` opens the new one, for the browser in which they changed it.
 * - `password_too_short`: it has fewer than `SHORTEST_PASSWORD` characters.
 * - `password_unchanged`: the new one is the current one.
 * - `current_password_wrong`: it does not open their key, or there were too many attempts. Counted as attempts to sign in are, with the same waits, but apart from them.
 * - `overtaken`: somebody changed it meanwhile with the same current password, or closed the account; nothing was changed here.
 */
export type ChangePasswordResult =
  | ({ readonly ok: true } & OpenedSession)
  | { readonly ok: false; readonly code: 'password_too_short' | 'password_unchanged' | 'current_password_wrong' | 'overtaken' };

/**
 * Changes somebody's own password: their secret key is wrapped anew, the key itself stays, so everything that was sealed to it still opens.
 * Whoever has an old copy of the database and the old password can still open what lies in that copy.
 */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: SessionRules,
  ) {}

  async run(input: ChangePasswordInput): Promise<ChangePasswordResult> {
    const { actor, currentPassword, newPassword, now, happenedAt } = input;
    if (isTooShort(newPassword)) {
      return { ok: false, code: 'password_too_short' };
    }
    if (comparable(newPassword) === comparable(currentPassword)) {
      return { ok: false, code: 'password_unchanged' };
    }
    const unlocked = await checkPassword(this.dataSource, {
      signInName: actor.signInName,
      password: currentPassword,
      originOf: ownOrigin,
      now,
      happenedAt,
    });
    if (unlocked === undefined) {
      return { ok: false, code: 'current_password_wrong' };
    }
    const { member, secretKey, origin } = unlocked;
    // Outside the transaction: it takes a while, and what was wrapped before may not have changed when it is stored.
    const { wrapped, kdf } = await wrapSecretKey(newPassword, secretKey);
    return inTransaction(this.dataSource, async (tx): Promise<ChangePasswordResult> => {
      if (!(await replaceWrappedSecretKey(tx, member, { wrappedSecretKey: wrapped, kdf }))) {
        return { ok: false, code: 'overtaken' };
      }
      await deleteSignInLimit(tx, { subject: member.id, origin: origin.bucket });
      await deleteSessionsOf(tx, member.id);
      const session = await openSession(tx, { staffId: member.id, secretKey, rules: this.rules, now });
      await recordStaffEvent(tx, { type: 'password_changed', payload: {}, staffId: member.id, actor: byStaff(actor), now: happenedAt });
      return { ok: true, ...session };
    });
  }
}

/** The form in which a password is compared (libs/vault): the same two are one password on every keyboard. */
function comparable(password: string): string {
  return password.normalize('NFC').replace(/\p{Zs}/gu, ' ');
}
