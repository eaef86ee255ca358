/** What a member of staff may do in the institution. */
export type StaffRole = 'officer' | 'supervisor' | 'director' | 'administrator';

/** A team the person is on. */
export interface OwnTeam {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly teamRole: 'member' | 'lead';
}

/**
 * A member of staff with their key unlocked: made by {@link ReadSession} for one request, never stored, never logged.
 * `secretKey` is not enumerable, so that neither JSON nor a log line can show it.
 */
export class SignedInStaff {
  /** X25519 secret key of the person: opens the keys of their teams. */
  declare readonly secretKey: Buffer;

  constructor(
    readonly staffId: string,
    readonly signInName: string,
    readonly displayName: string,
    readonly role: StaffRole,
    readonly language: string,
    readonly teams: readonly OwnTeam[],
    readonly publicKey: Buffer,
    secretKey: Buffer,
  ) {
    Object.defineProperty(this, 'secretKey', { value: secretKey, enumerable: false });
  }
}
