import { Injectable } from '@nestjs/common';
import { findSession, findStaffMember } from '@recourse/persistence';
import { openForSession, sessionLookup } from '@recourse/vault';
import { DataSource } from 'typeorm';
import type { SignedInStaff } from './signed-in-staff';
import { signedIn } from './staff-access';

/** The session cookie's token and the moment of the request. */
export interface ReadSessionInput {
  readonly token: string;
  /** Machine time. */
  readonly now: Date;
}

/** `not_signed_in` for a token that is unknown, expired, or whose account was closed. */
export type ReadSessionResult =
  { readonly ok: true; readonly actor: SignedInStaff; readonly expiresAt: Date } | { readonly ok: false; readonly code: 'not_signed_in' };

/** Tells who is behind a session token. Asked at every request, so that closing an account or leaving a team takes effect at once. */
@Injectable()
export class ReadSession {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: ReadSessionInput): Promise<ReadSessionResult> {
    const { manager } = this.dataSource;
    const session = await findSession(manager, sessionLookup(input.token), input.now);
    const member = session === undefined ? undefined : await findStaffMember(manager, session.staffId);
    if (session === undefined || member?.active !== true) {
      return { ok: false, code: 'not_signed_in' };
    }
    const secretKey = openForSession(input.token, session.sealedSecretKey);
    return { ok: true, actor: await signedIn(manager, member, secretKey), expiresAt: session.expiresAt };
  }
}
