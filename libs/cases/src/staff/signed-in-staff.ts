import { keyPairFrom, openSealed, type KeyPair } from '@recourse/vault';

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

/** The keys behind a sign-in: the person's own pair, and what was sealed to it. */
export interface StaffKeys {
  readonly keyPair: KeyPair;
  /** Secret keys of the person's teams, sealed to `keyPair`, by team id. */
  readonly sealedTeamKeys: ReadonlyMap<string, Buffer>;
}

/**
 * A member of staff with their key unlocked: made for one request, never stored. The keys are private fields, so that neither JSON nor
 * a log line can show them.
 */
export class SignedInStaff implements StaffIdentity {
  readonly staffId: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly role: StaffRole;
  readonly language: string;
  readonly teams: readonly OwnTeam[];
  readonly #keys: StaffKeys;

  constructor(identity: StaffIdentity, keys: StaffKeys) {
    this.staffId = identity.staffId;
    this.signInName = identity.signInName;
    this.displayName = identity.displayName;
    this.role = identity.role;
    this.language = identity.language;
    this.teams = identity.teams;
    this.#keys = keys;
  }

  /** The person's own key pair: opens what is sealed to them and nobody else. */
  get keyPair(): KeyPair {
    return this.#keys.keyPair;
  }

  /** The key pair of one of the person's teams; undefined when they do not hold it. Throws VaultError when the stored key was changed. */
  teamKeyPair(teamId: string): KeyPair | undefined {
    const sealed = this.#keys.sealedTeamKeys.get(teamId);
    return sealed === undefined ? undefined : keyPairFrom(openSealed(this.#keys.keyPair, sealed));
  }
}
