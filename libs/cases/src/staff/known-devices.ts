import { mac, randomBytes, sameBytes } from '@recourse/vault';
import { networkOf } from './network-of';

/** Where an attempt to sign in comes from, as the edge knows it. */
export interface SignInPlace {
  /** Address of the sender; it is hashed at once and stored nowhere. */
  readonly address: string;
  /** What {@link KnownDevices.remember} gave this device when somebody signed in there. */
  readonly device?: string;
}

/** Where an attempt is counted: 32 bytes from which no address can be read. */
export interface AttemptOrigin {
  readonly bucket: Buffer;
  /** Whether the owner of the account was there before. Then it is not counted with the attempts of strangers. */
  readonly isKnown: boolean;
}

/** For so long a device counts as known after somebody signed in there. Days. */
export const DEVICE_DAYS = 180;
/** So many people may share a device. */
const MOST_PEOPLE = 5;
const DAY_MS = 24 * 3_600_000;
const ENTRY = /^([\w-]{22})\.(\d{1,6})\.([\w-]{43})$/;

/**
 * Knows the devices on which somebody has signed in before, by a signed value that the device keeps and we do not (OWASP, “Slow down online guessing attacks with
 * device cookies”). It names nobody: whose it is shows only to whoever asks about an account. Each sign-in makes a new one, so that nothing
 * ties two of them together, and it opens nothing: it only says whose failures are counted apart.
 *
 * Provide one built from the secret of the casework process: all its instances must take each other's.
 */
export class KnownDevices {
  readonly #secret: Buffer;

  /** @param secret 32 bytes */
  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  /**
   * Where an attempt is counted.
   * @param subject id of the account, or the nil UUID
   */
  originOf(subject: string, { address, device }: SignInPlace, now: Date): AttemptOrigin {
    const nonce = entriesOf(device, now).find((entry) => this.#isOf(subject, entry))?.nonce;
    if (nonce !== undefined) {
      return { bucket: mac(this.#secret, 'sign-in-device', subject, nonce), isKnown: true };
    }
    // Under a key of the day: counts of different days and of different accounts cannot be put together, and the rows are swept after a day.
    const key = mac(this.#secret, 'sign-in-network-key', now.toISOString().slice(0, 10));
    return { bucket: mac(key, 'sign-in-network', subject, networkOf(address)), isKnown: false };
  }

  /**
   * What a device shall keep from now on, after somebody signed in there.
   * @param device what it has kept: of others who use it too, that stays
   */
  remember(staffId: string, device: string | undefined, now: Date): string {
    const others = entriesOf(device, now).filter((entry) => !this.#isOf(staffId, entry));
    const nonce = randomBytes(16).toString('base64url');
    const until = dayOf(now) + DEVICE_DAYS;
    const own = { nonce, until, proof: this.#proof(staffId, nonce, until).toString('base64url') };
    return [own, ...others.slice(0, MOST_PEOPLE - 1)].map((entry) => `${entry.nonce}.${entry.until}.${entry.proof}`).join('~');
  }

  #isOf(staffId: string, { nonce, until, proof }: Entry): boolean {
    return sameBytes(Buffer.from(proof, 'base64url'), this.#proof(staffId, nonce, until));
  }

  #proof(staffId: string, nonce: string, until: number): Buffer {
    return mac(this.#secret, 'known-device', staffId, nonce, String(until));
  }
}

interface Entry {
  readonly nonce: string;
  /** The last day on which it counts, in days since 1970. */
  readonly until: number;
  readonly proof: string;
}

/** What can be read of what a device brings; it may be anything. */
function entriesOf(device: string | undefined, now: Date): readonly Entry[] {
  return (device ?? '')
    .split('~')
    .slice(0, MOST_PEOPLE)
    .flatMap((text) => {
      const [, nonce, until, proof] = ENTRY.exec(text) ?? [];
      return nonce === undefined || until === undefined || proof === undefined || Number(until) < dayOf(now)
        ? []
        : [{ nonce, until: Number(until), proof }];
    });
}

function dayOf(now: Date): number {
  return Math.floor(now.getTime() / DAY_MS);
}
