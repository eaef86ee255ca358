import { Injectable } from '@nestjs/common';
import { clearFailedSignIns, insertSession, inTransaction } from '@recourse/persistence';
import { newSessionKey, sealForSession } from '@recourse/vault';
import { DataSource } from 'typeorm';
import { checkPassword } from './check-password';
import { SessionRules } from './session-rules';
import type { SignedInStaff } from './signed-in-staff';
import { signedIn } from './staff-access';

/** What a person types to sign in. */
export interface SignInInput {
  readonly signInName: string;
  readonly password: string;
  readonly now: Date;
}

/** One refusal for a wrong name, a wrong password, a closed account and too many attempts: nobody learns which. */
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
    const { token, lookup } = newSessionKey();
    const expiresAt = new Date(input.now.getTime() + this.rules.hours * 3_600_000);
    const actor = await inTransaction(this.dataSource, async (tx) => {
      await clearFailedSignIns(tx, member.id);
      await insertSession(tx, {
        lookup,
        staffId: member.id,
        sealedSecretKey: sealForSession(token, secretKey),
        createdAt: input.now,
        expiresAt,
      });
      return signedIn(tx, member, secretKey);
    });
    return { ok: true, token, expiresAt, actor };
  }
}
