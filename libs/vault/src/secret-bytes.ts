import { timingSafeEqual } from 'node:crypto';
import { KEY_BYTES, sodium } from './sodium';

/**
 * Overwrites secrets with zeros. To be called as soon as a secret has done its work; JavaScript strings cannot be
 * wiped, so a secret that matters is kept in a Buffer.
 */
export function wipe(...secrets: readonly Buffer[]): void {
  for (const secret of secrets) sodium.sodium_memzero(secret);
}

/** Whether two byte strings are equal, in a time that depends on their lengths alone. */
export function sameBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Throws a TypeError (a bug of the caller) unless `bytes` has exactly 32 bytes. `what` names it in the message. */
export function expectKeyLength(bytes: Buffer, what: string): void {
  if (!Buffer.isBuffer(bytes) || bytes.length !== KEY_BYTES) {
    throw new TypeError(`${what} must be a Buffer of ${KEY_BYTES} bytes.`);
  }
}
