import { createHmac } from 'node:crypto';
import { expectKeyLength } from './secret-bytes';

/**
 * HMAC-SHA-256 (RFC 2104) under `secret`, 32 bytes, over a list of parts that cannot run into each other: every part,
 * the purpose `recourse/v1|<purpose>` first, is preceded by its length in bytes as a 32-bit big-endian number. Texts
 * are taken as UTF-8. One secret may serve several purposes, because two purposes never give the same input.
 * Throws a TypeError when the secret does not have 32 bytes.
 */
export function mac(secret: Buffer, purpose: string, ...parts: readonly (string | Buffer)[]): Buffer {
  expectKeyLength(secret, 'secret');
  return macUnder(secret, purpose, parts);
}

/** {@link mac} for a key of any length (HMAC hashes long keys and pads short ones); for use inside the vault. */
export function macUnder(secret: Buffer, purpose: string, parts: readonly (string | Buffer)[]): Buffer {
  const hmac = createHmac('sha256', secret);
  for (const part of [`recourse/v1|${purpose}`, ...parts]) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hmac.update(length).update(bytes);
  }
  return hmac.digest();
}
