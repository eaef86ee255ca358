import { Injectable } from '@nestjs/common';
import { inTransaction } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { checkPassword } from './check-password';
import { forgiveAttempts } from './forgive-attempts';
import { KnownDevices, type SignInPlace } from './known-devices';
import { openSession } from './open-session';
import { byStaff, recordStaffEvent } from './record-staff-event';
import { SessionRules } from './session-rules';
import type { SignedInStaff } from './signed-in-staff';
import { signedIn } from './staff-access';

/** What a person types to sign in. */
export interface SignInInput {
  readonly signInName: string;
  readonly password: string;
  /** Where they are. */
  readonly from: SignInPlace;
  /** Machine time: attempts are counted and sessions end by it. */
  readonly now: Date;
  /** Case time, for the record. */
  readonly happenedAt: Date;
}

/**
 * One refusal for a wrong name, a wrong or just changed password, a closed account and too many attempts: nobody learns which. `device` is for the device to keep:
 * it is known there from now on.
 */
export type SignInResult =
  | { readonly ok: true; readonly token: string; readonly expiresAt: Date; readonly device: string; readonly actor: SignedInStaff }
  | { readonly ok: false; readonly code: 'sign_in_failed' };

/** Signs a member of staff in: their password unlocks their key into a session that only the returned token opens. */
@Injectable()
export class SignIn {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: SessionRules,
    private readonly devices: KnownDevices,
  ) {}

  async run(input: SignInInput): Promise<SignInResult> {
    const { from, now, happenedAt } = input;
    const unlocked = await checkPassword(this.dataSource, { ...input, originOf: (subject) => this.devices.originOf(subject, from, now) });
    if (unlocked === undefined) {
      return { ok: false, code: 'sign_in_failed' };
    }
    const { member, secretKey, origin } = unlocked;
    return inTransaction(this.dataSource, async (tx): Promise<SignInResult> => {
      const failedBefore = await forgiveAttempts(tx, unlocked);
      if (failedBefore === undefined) {
        return { ok: false, code: 'sign_in_failed' };
      }
      const session = await openSession(tx, { staffId: member.id, secretKey, rules: this.rules, now });
      const actor = await signedIn(tx, member, secretKey);
      const payload = { device: origin.isKnown ? ('known' as const) : ('new' as const), failedBefore };
      await recordStaffEvent(tx, { type: 'signed_in', payload, staffId: member.id, actor: byStaff(actor), now: happenedAt });
      return { ok: true, ...session, device: this.devices.remember(member.id, from.device, now), actor };
    });
  }
}
