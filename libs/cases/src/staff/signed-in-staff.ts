import { wipe, type KeyPair } from '@recourse/vault';

/** What a member of staff may do in the institution. */
export type StaffRole = 'officer' | 'supervisor' | 'director' | 'administrator';

/** A team the person is on. */
export interface OwnTeam {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly teamRole: 'member' | 'lead';
}

/** Who the person is, without keys. */
export interface StaffIdentity {
  readonly staffId: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly role: StaffRole;
  /** BCP 47 tag of the language of pages and mails. */
  readonly language: string;
  readonly teams: readonly OwnTeam[];
}

/**
 * A member of staff with their key unlocked: made for one request, never stored. The key is a private field, so that neither JSON nor
 * a log line can show it. Keys of teams are not in here: they are read when they are needed (`teamKeysOf`).
 */
export class SignedInStaff implements StaffIdentity {
  readonly staffId: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly role: StaffRole;
  readonly language: string;
  readonly teams: readonly OwnTeam[];
  readonly #keyPair: KeyPair;

  constructor(identity: StaffIdentity, keyPair: KeyPair) {
    this.staffId = identity.staffId;
    this.signInName = identity.signInName;
    this.displayName = identity.displayName;
    this.role = identity.role;
    this.language = identity.language;
    this.teams = identity.teams;
    this.#keyPair = keyPair;
  }

  /** The person's own key pair: opens what is sealed to them and nobody else. */
  get keyPair(): KeyPair {
    return this.#keyPair;
  }

  /** Overwrites the secret key: nothing opens with it any more. When the request is answered. */
  forgetKey(): void {
    wipe(this.#keyPair.secretKey);
  }
}
