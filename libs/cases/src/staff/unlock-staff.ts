import { Injectable } from '@nestjs/common';
import { inTransaction } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { checkPassword, ownOrigin } from './check-password';
import { forgiveAttempts } from './forgive-attempts';
import { recordStaffEvent } from './record-staff-event';
import type { SignInInput } from './sign-in';
import type { SignedInStaff } from './signed-in-staff';
import { signedIn } from './staff-access';

/** Whose key, and their password. */
export interface UnlockStaffInput extends Pick<SignInInput, 'signInName' | 'password' | 'now'> {
  /** Case time, for the record; `now` when absent. */
  readonly happenedAt?: Date;
}

/** The person with their keys, or the one refusal of {@link SignIn}. */
export type UnlockStaffResult =
  { readonly ok: true; readonly actor: SignedInStaff } | { readonly ok: false; readonly code: 'sign_in_failed' };

/** Unlocks a member of staff's key for one piece of work without a session, and records it: for the operator's command line. */
@Injectable()
export class UnlockStaff {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: UnlockStaffInput): Promise<UnlockStaffResult> {
    const happenedAt = input.happenedAt ?? input.now;
    const unlocked = await checkPassword(this.dataSource, { ...input, originOf: ownOrigin, happenedAt });
    if (unlocked === undefined) {
      return { ok: false, code: 'sign_in_failed' };
    }
    return inTransaction(this.dataSource, async (tx): Promise<UnlockStaffResult> => {
      if ((await forgiveAttempts(tx, unlocked)) === undefined) {
        return { ok: false, code: 'sign_in_failed' };
      }
      const actor = await signedIn(tx, unlocked.member, unlocked.secretKey);
      const by = { kind: 'operator', id: actor.staffId } as const;
      await recordStaffEvent(tx, { type: 'key_unlocked', payload: {}, staffId: actor.staffId, actor: by, now: happenedAt });
      return { ok: true, actor };
    });
  }
}
