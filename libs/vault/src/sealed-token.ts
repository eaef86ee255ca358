import { mac } from './mac';
import { pad, unpad } from './padding';
import { wipe } from './secret-bytes';
import { aeadOpen, aeadSeal, NONCE_BYTES, randomBytes } from './sodium';

/** What became of a token that came back. An expired one still gives its value, so that nothing typed is lost. */
export type OpenedToken =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: 'expired'; readonly value: unknown }
  | { readonly ok: false; readonly reason: 'invalid' };

const TOKEN_VERSION = 0x01;
const EXPIRY_BYTES = 8;
const BASE64URL = /^[A-Za-z0-9_-]+$/;

/**
 * Seals a JSON value so that it can travel through a browser (a draft, a receipt in a cookie) and be read by nobody but
 * a process with the same 32-byte secret, for the same purpose, until `expiresAt`. Nothing is stored.
 *
 * base64url without padding of: 0x01 | nonce (24) | XChaCha20-Poly1305 of (expiry in milliseconds since 1970, 64-bit
 * big-endian ‖ JSON in UTF-8, padded as fields are), under `mac(secret, 'token-key', purpose)`, associated data
 * `recourse/v1|token|<purpose>`. A token can be shown any number of times until it expires.
 */
export function sealToken(secret: Buffer, purpose: string, value: unknown, expiresAt: Date): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) throw new TypeError('Only a value that JSON can hold can be sealed.');
  const expiry = Buffer.alloc(EXPIRY_BYTES);
  expiry.writeBigUInt64BE(BigInt(expiresAt.getTime()));
  const content = pad(Buffer.concat([expiry, Buffer.from(json, 'utf8')]));
  const key = mac(secret, 'token-key', purpose);
  const nonce = randomBytes(NONCE_BYTES);
  const body = aeadSeal(key, nonce, content, tokenContext(purpose));
  wipe(key, content);
  return Buffer.concat([Buffer.of(TOKEN_VERSION), nonce, body]).toString('base64url');
}

/**
 * Opens a token at the instant `now`. `invalid` for everything that was not sealed with this secret for this purpose,
 * or was changed. Never throws for what comes from outside.
 */
export function openToken(secret: Buffer, purpose: string, token: string, now: Date): OpenedToken {
  const bytes = BASE64URL.test(token) ? Buffer.from(token, 'base64url') : Buffer.alloc(0);
  // Spare bits in the last character would give one token several spellings; only the one that was issued is taken.
  if (bytes[0] !== TOKEN_VERSION || bytes.toString('base64url') !== token) return { ok: false, reason: 'invalid' };
  if (bytes.length < 1 + NONCE_BYTES) return { ok: false, reason: 'invalid' };
  const key = mac(secret, 'token-key', purpose);
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  const padded = aeadOpen(key, nonce, bytes.subarray(1 + NONCE_BYTES), tokenContext(purpose));
  const content = padded && unpad(padded);
  wipe(key);
  if (content === undefined || content.length < EXPIRY_BYTES) return { ok: false, reason: 'invalid' };
  const value: unknown = JSON.parse(content.toString('utf8', EXPIRY_BYTES));
  const expired = content.readBigUInt64BE(0) <= BigInt(now.getTime());
  return expired ? { ok: false, reason: 'expired', value } : { ok: true, value };
}

function tokenContext(purpose: string): Buffer {
  return Buffer.from(`recourse/v1|token|${purpose}`, 'utf8');
}
