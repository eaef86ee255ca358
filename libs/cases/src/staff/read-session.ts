import { Injectable } from '@nestjs/common';
import { findSession, findStaffMember, postponeIdle, wipeSession, type StaffSession } from '@recourse/persistence';
import { openForSession, sessionLookup } from '@recourse/vault';
import { DataSource } from 'typeorm';
import { SessionRules } from './session-rules';
import type { SignedInStaff } from './signed-in-staff';
import { signedIn } from './staff-access';

/** The session cookie's token and the moment of the request. */
export interface ReadSessionInput {
  readonly token: string;
  /** Machine time. */
  readonly now: Date;
}

/**
 * - `over`: nothing was asked for in it for too long, or its time is up.
 * - `not_signed_in`: the token is unknown, was swept, or its account was closed.
 */
export type ReadSessionResult =
  | { readonly ok: true; readonly actor: SignedInStaff; readonly expiresAt: Date }
  | { readonly ok: false; readonly code: 'over' }
  | { readonly ok: false; readonly code: 'not_signed_in' };

/** How often a request puts off the end of its session: reading shall not write each time. */
const POSTPONE_EVERY_MS = 60_000;

/**
 * Tells who is behind a session token. Asked at every request, so that closing an account or leaving a team takes effect at once. A session in which nothing was
 * asked for in time loses its key here, or in the worker's next round.
 */
@Injectable()
export class ReadSession {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: SessionRules,
  ) {}

  async run({ token, now }: ReadSessionInput): Promise<ReadSessionResult> {
    const { manager } = this.dataSource;
    const session = await findSession(manager, sessionLookup(token));
    const member = session === undefined ? undefined : await findStaffMember(manager, session.staffId);
    if (session === undefined || member?.active !== true) {
      return { ok: false, code: 'not_signed_in' };
    }
    if (session.sealedSecretKey === null || session.idleAt <= now || session.expiresAt <= now) {
      await wipeSession(manager, session.lookup, now);
      return { ok: false, code: 'over' };
    }
    await this.#postpone(session, now);
    const secretKey = openForSession(token, session.sealedSecretKey);
    return { ok: true, actor: await signedIn(manager, member, secretKey), expiresAt: session.expiresAt };
  }

  async #postpone({ lookup, idleAt }: StaffSession, now: Date): Promise<void> {
    const next = this.rules.idleAt(now);
    if (next.getTime() - idleAt.getTime() >= POSTPONE_EVERY_MS) {
      await postponeIdle(this.dataSource.manager, lookup, { now, idleAt: next });
    }
  }
}
