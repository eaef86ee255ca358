import { wipe } from './secret-bytes';
import { aeadOpen, aeadSeal, KEY_BYTES, NONCE_BYTES, randomBytes, sodium, TAG_BYTES } from './sodium';
import { VaultError } from './vault-error';

/** How a key was made from a password; stored beside the wrapped key as JSON. */
export interface PasswordKdf {
  readonly algorithm: 'argon2id';
  /** Passes over the memory. */
  readonly opslimit: number;
  /** Memory in bytes. */
  readonly memlimit: number;
  /** 16 random bytes in base64. */
  readonly salt: string;
}

/** A secret key that only a password opens. */
export interface WrappedSecretKey {
  /** 0x01 | nonce (24) | XChaCha20-Poly1305 of the secret key and its tag. */
  readonly wrapped: Buffer;
  readonly kdf: PasswordKdf;
}

/** The price of one guess. */
export type PasswordCost = Pick<PasswordKdf, 'opslimit' | 'memlimit'>;

/** 3 passes over 64 MiB, the second recommendation of RFC 9106 (section 4); libsodium always uses one lane. */
export const STANDARD_PASSWORD_COST: PasswordCost = { opslimit: 3, memlimit: 64 * 1024 * 1024 };

const WRAP_VERSION = 0x01;
const WRAP_CONTEXT = Buffer.from('recourse/v1|password-wrapped-key', 'utf8');
const SALT_BYTES = 16;
/** A stored row must not be able to make a sign-in take all the memory or all day. */
const HIGHEST_COST: PasswordCost = { opslimit: 16, memlimit: 1024 * 1024 * 1024 };
/** Two at once: Node's pool has four threads, which must also serve files and name look-ups during a rush of sign-ins. */
const AT_ONCE = 2;

/**
 * Wraps a secret key under a password with Argon2id, off the main thread.
 * The password is compared in Unicode form NFC with every space as U+0020 (RFC 8265), so that it is the same on every
 * keyboard. `cost` is for tests; the standard one takes 0.2 to 0.5 seconds (measured on two virtual cores of a server, idle
 * to busy).
 */
export async function wrapSecretKey(
  password: string,
  secretKey: Buffer,
  cost: PasswordCost = STANDARD_PASSWORD_COST,
): Promise<WrappedSecretKey> {
  const salt = randomBytes(SALT_BYTES).toString('base64');
  const kdf: PasswordKdf = { algorithm: 'argon2id', opslimit: cost.opslimit, memlimit: cost.memlimit, salt };
  const key = await keyFromPassword(password, kdf);
  const nonce = randomBytes(NONCE_BYTES);
  const wrapped = Buffer.concat([Buffer.of(WRAP_VERSION), nonce, aeadSeal(key, nonce, secretKey, WRAP_CONTEXT)]);
  wipe(key);
  return { wrapped, kdf };
}

/**
 * Opens a wrapped key. `undefined` means a wrong password (or a changed row: no difference is visible).
 * Throws VaultError `unknown_version` or `truncated` for a row that no password opens.
 */
export async function unwrapSecretKey(password: string, wrapped: Buffer, kdf: PasswordKdf): Promise<Buffer | undefined> {
  if (wrapped[0] !== WRAP_VERSION) throw new VaultError('unknown_version');
  if (wrapped.length < 1 + NONCE_BYTES + TAG_BYTES) throw new VaultError('truncated');
  const key = await keyFromPassword(password, kdf);
  const nonce = wrapped.subarray(1, 1 + NONCE_BYTES);
  const secretKey = aeadOpen(key, nonce, wrapped.subarray(1 + NONCE_BYTES), WRAP_CONTEXT);
  wipe(key);
  return secretKey;
}

/**
 * Takes the time of {@link unwrapSecretKey} and opens nothing: for a sign-in name that does not exist, so that the
 * answer's time does not tell which names do.
 */
export async function unwrapNothing(password: string, cost: PasswordCost = STANDARD_PASSWORD_COST): Promise<undefined> {
  const salt = randomBytes(SALT_BYTES).toString('base64');
  wipe(await keyFromPassword(password, { algorithm: 'argon2id', ...cost, salt }));
  return undefined;
}

async function keyFromPassword(password: string, kdf: PasswordKdf): Promise<Buffer> {
  const salt = Buffer.from(kdf.salt, 'base64');
  // It was read from a database, whatever its type says.
  if ((kdf.algorithm as string) !== 'argon2id' || salt.length !== SALT_BYTES) throw new VaultError('unknown_version');
  if (!(kdf.opslimit <= HIGHEST_COST.opslimit && kdf.memlimit <= HIGHEST_COST.memlimit)) {
    throw new RangeError('The stored cost of a password is out of bounds.');
  }
  const bytes = Buffer.from(password.normalize('NFC').replace(/\p{Zs}/gu, ' '), 'utf8');
  const key = Buffer.alloc(KEY_BYTES);
  const algorithm = sodium.crypto_pwhash_ALG_ARGON2ID13;
  try {
    await inTurn(() => sodium.crypto_pwhash_async(key, bytes, salt, kdf.opslimit, kdf.memlimit, algorithm));
  } finally {
    wipe(bytes);
  }
  return key;
}

const waiting: (() => void)[] = [];
let running = 0;

/** Runs `work` when fewer than {@link AT_ONCE} are running; the others wait their turn. */
async function inTurn(work: () => Promise<void>): Promise<void> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
