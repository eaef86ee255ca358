import { Injectable } from '@nestjs/common';
import type { SignedInStaff } from './signed-in-staff';

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
  async run(input: SignInInput): Promise<SignInResult> {
    throw new Error(`not written yet (${input.now.toISOString()})`);
  }
}
