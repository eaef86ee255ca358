import { macUnder } from './mac';
import { wipe } from './secret-bytes';
import { aeadOpen, aeadSeal, KEY_BYTES, NONCE_BYTES, randomBytes } from './sodium';
import { VaultError } from './vault-error';

/** A new session: what goes into the cookie, and what goes into the database. */
export interface SessionKey {
  /** 32 random bytes in base64url (43 characters); only in the cookie. */
  readonly token: string;
  /** 32 bytes under which the session row is found; the token cannot be computed from it. */
  readonly lookup: Buffer;
}

const SESSION_VERSION = 0x01;
const SESSION_CONTEXT = Buffer.from('recourse/v1|session', 'utf8');

/** Makes the token of a new staff session. */
export function newSessionKey(): SessionKey {
  const token = randomBytes(KEY_BYTES).toString('base64url');
  return { token, lookup: sessionLookup(token) };
}

/** The look-up of a token. Never throws: what is not a token gives bytes that no row has. */
export function sessionLookup(token: string): Buffer {
  return macUnder(Buffer.from(token, 'utf8'), 'session-lookup', []);
}

/** Seals the unlocked secret key so that only the holder of the cookie's token can open it. 0x01 | nonce | ciphertext. */
export function sealForSession(token: string, secretKey: Buffer): Buffer {
  const key = sessionSealingKey(token);
  const nonce = randomBytes(NONCE_BYTES);
  const sealed = Buffer.concat([Buffer.of(SESSION_VERSION), nonce, aeadSeal(key, nonce, secretKey, SESSION_CONTEXT)]);
  wipe(key);
  return sealed;
}

/** Opens what {@link sealForSession} sealed. Throws VaultError `cannot_open` for another token or changed bytes. */
export function openForSession(token: string, sealed: Buffer): Buffer {
  const key = sessionSealingKey(token);
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const readable = sealed[0] === SESSION_VERSION && nonce.length === NONCE_BYTES;
  const secretKey = readable ? aeadOpen(key, nonce, sealed.subarray(1 + NONCE_BYTES), SESSION_CONTEXT) : undefined;
  wipe(key);
  if (secretKey === undefined) throw new VaultError('cannot_open');
  return secretKey;
}

function sessionSealingKey(token: string): Buffer {
  return macUnder(Buffer.from(token, 'utf8'), 'session-key', []);
}
