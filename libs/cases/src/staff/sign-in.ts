import { Injectable } from '@nestjs/common';
import { inTransaction, noteRightPassword } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { checkPassword } from './check-password';
import { openSession } from './open-session';
import { SessionRules } from './session-rules';
import type { SignedInStaff } from './signed-in-staff';
import { signedIn } from './staff-access';

/** What a person types to sign in. */
export interface SignInInput {
  readonly signInName: string;
  readonly password: string;
  /** Machine time: attempts are counted and sessions end by it. */
  readonly now: Date;
}

/** One refusal for a wrong name, a wrong or just changed password, a closed account and too many attempts: nobody learns which. */
export type SignInResult =
  | { readonly ok: true; readonly token: string; readonly expiresAt: Date; readonly actor: SignedInStaff }
  | { readonly ok: false; readonly code: 'sign_in_failed' };

/** Signs a member of staff in: their password unlocks their key into a session that only the returned token opens. */
@Injectable()
export class SignIn {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: SessionRules,
  ) {}

  async run(input: SignInInput): Promise<SignInResult> {
    const unlocked = await checkPassword(this.dataSource, input);
    if (unlocked === undefined) {
      return { ok: false, code: 'sign_in_failed' };
    }
    const { member, secretKey } = unlocked;
    return inTransaction(this.dataSource, async (tx): Promise<SignInResult> => {
      if (!(await noteRightPassword(tx, member))) {
        return { ok: false, code: 'sign_in_failed' };
      }
      const session = await openSession(tx, { staffId: member.id, secretKey, rules: this.rules, now: input.now });
      return { ok: true, ...session, actor: await signedIn(tx, member, secretKey) };
    });
  }
}
