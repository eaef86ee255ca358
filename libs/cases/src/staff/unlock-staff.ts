import { Injectable } from '@nestjs/common';
import { inTransaction, noteRightPassword } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { checkPassword } from './check-password';
import type { SignInInput } from './sign-in';
import type { SignedInStaff } from './signed-in-staff';
import { signedIn } from './staff-access';

/** The person with their keys, or the one refusal of {@link SignIn}. */
export type UnlockStaffResult =
  { readonly ok: true; readonly actor: SignedInStaff } | { readonly ok: false; readonly code: 'sign_in_failed' };

/** Unlocks a member of staff's key for one piece of work without a session: for the operator's command line. */
@Injectable()
export class UnlockStaff {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: SignInInput): Promise<UnlockStaffResult> {
    const unlocked = await checkPassword(this.dataSource, input);
    if (unlocked === undefined) {
      return { ok: false, code: 'sign_in_failed' };
    }
    return inTransaction(this.dataSource, async (tx): Promise<UnlockStaffResult> => {
      if (!(await noteRightPassword(tx, unlocked.member))) {
        return { ok: false, code: 'sign_in_failed' };
      }
      return { ok: true, actor: await signedIn(tx, unlocked.member, unlocked.secretKey) };
    });
  }
}
