import { deleteSignInLimitsOf, inTransaction, lockStaffBySignInName } from '@recourse/persistence';
import type { DataSource } from 'typeorm';
import { recordStaffEvent } from './record-staff-event';
import { storedSignInName } from './staff-access';

/** Whom the operator lets in. */
export interface AdmitStaffInput {
  /** Compared without regard to case. */
  readonly signInName: string;
  readonly now: Date;
}

/**
 * - `ok`: whoever has the password can sign in at once, wherever they are. `waited` is false when nothing was counted against the account, and then nothing is recorded.
 * - `unknown_account`: nobody signs in with this name.
 * - `account_closed`: nobody can sign in with it any more.
 */
export type AdmitStaffResult =
  { readonly ok: true; readonly waited: boolean } | { readonly ok: false; readonly code: 'unknown_account' | 'account_closed' };

/**
 * Forgets what failed attempts have counted against an account, wherever they came from, so that its owner need not wait on a new device. The operator's to do, and
 * recorded as theirs: it needs nobody's key, opens nothing and gives nobody a password. Whoever guesses begins anew, too.
 */
export class AdmitStaff {
  constructor(private readonly dataSource: DataSource) {}

  async run({ signInName, now }: AdmitStaffInput): Promise<AdmitStaffResult> {
    return inTransaction(this.dataSource, async (tx): Promise<AdmitStaffResult> => {
      // Attempts take the same lock first: none is counted between the removal and the record.
      const member = await lockStaffBySignInName(tx, storedSignInName(signInName));
      if (member?.active !== true) {
        return { ok: false, code: member === undefined ? 'unknown_account' : 'account_closed' };
      }
      if ((await deleteSignInLimitsOf(tx, member.id, now)) === 0) {
        return { ok: true, waited: false };
      }
      const payload = { failures: member.failedSignIns };
      await recordStaffEvent(tx, { type: 'attempts_forgiven', payload, staffId: member.id, actor: { kind: 'operator' }, now });
      return { ok: true, waited: true };
    });
  }
}
