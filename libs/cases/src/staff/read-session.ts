import { Injectable } from '@nestjs/common';
import type { SignedInStaff } from './signed-in-staff';

/** The session cookie's token and the moment of the request. */
export interface ReadSessionInput {
  readonly token: string;
  readonly now: Date;
}

/** `not_signed_in` for a token that is unknown, expired, or whose account was closed. */
export type ReadSessionResult =
  | { readonly ok: true; readonly actor: SignedInStaff; readonly expiresAt: Date }
  | { readonly ok: false; readonly code: 'not_signed_in' };

/** Tells who is behind a session token. */
@Injectable()
export class ReadSession {
  async run(input: ReadSessionInput): Promise<ReadSessionResult> {
    throw new Error(`not written yet (${input.now.toISOString()})`);
  }
}
