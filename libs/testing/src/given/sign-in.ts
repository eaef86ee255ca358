import { KnownDevices, SessionRules, SignIn, type SignInInput, type SignInResult } from '@recourse/cases';
import type { DataSource } from 'typeorm';

import { GIVEN_PASSWORD } from './institution';

/** The secret under which devices are known in tests. */
const DEVICES = new KnownDevices(Buffer.alloc(32, 5));

/** How somebody signs in when a test does not care: the right password, now, from one place, on a device where they never were. */
export type GivenSignIn = Pick<SignInInput, 'signInName'> & Partial<SignInInput>;

/**
 * Signs people in over a connection with the role of casework.
 * @param rules how long it lasts
 */
export function signingIn(casework: DataSource, rules = new SessionRules(10, 30)): (input: GivenSignIn) => Promise<SignInResult> {
  const signIn = new SignIn(casework, rules, DEVICES);
  return (input) => {
    const now = input.now ?? new Date();
    return signIn.run({ password: GIVEN_PASSWORD, from: { address: '192.0.2.1' }, happenedAt: now, ...input, now });
  };
}
