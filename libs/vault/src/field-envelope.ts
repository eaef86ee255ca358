import { KEY_ID_BYTES, keyById, type CaseKey } from './case-key';
import { pad, unpad } from './padding';
import { associatedData, type Place } from './place';
import { wipe } from './secret-bytes';
import { aeadOpen, aeadSeal, NONCE_BYTES, randomBytes, TAG_BYTES } from './sodium';
import { VaultError } from './vault-error';

/** The first byte of every field envelope and sealed file of this format. */
export const FORMAT_VERSION = 0x01;

const NONCE_AT = 1 + KEY_ID_BYTES;
const BODY_AT = NONCE_AT + NONCE_BYTES;

/**
 * Seals one text under a case key, bound to its place.
 *
 * Bytes: 0x01 | key id (16) | nonce (24) | XChaCha20-Poly1305 of the padded UTF-8 text and its tag (16), with the place
 * as associated data. The padded length is a multiple of 256 bytes up to 4 KiB, of 4 KiB above. A lone surrogate, which
 * no Unicode text contains, becomes U+FFFD. libs/vault/vectors has values to check an independent implementation with.
 */
export function sealField(caseKey: CaseKey, place: Place, text: string): Buffer {
  return sealFieldWith(caseKey, place, text, randomBytes(NONCE_BYTES));
}

/** {@link sealField} with a given nonce: for known-answer tests only, since a nonce must never be used twice. */
export function sealFieldWith(caseKey: CaseKey, place: Place, text: string, nonce: Buffer): Buffer {
  const content = Buffer.from(text, 'utf8');
  const padded = pad(content);
  const body = aeadSeal(caseKey.bytes, nonce, padded, associatedData(place));
  wipe(content, padded);
  return Buffer.concat([Buffer.of(FORMAT_VERSION), caseKey.id, nonce, body]);
}

/**
 * Opens what {@link sealField} sealed, with the case key or with all the keys this case has had.
 * Throws VaultError: `unknown_version`, `unknown_key`, `truncated`, or `cannot_open` for a changed or moved ciphertext.
 */
export function openField(keys: CaseKey | readonly CaseKey[], place: Place, sealed: Buffer): string {
  if (sealed[0] !== FORMAT_VERSION) throw new VaultError(sealed.length === 0 ? 'truncated' : 'unknown_version');
  if (sealed.length < BODY_AT + TAG_BYTES) throw new VaultError('truncated');
  const key = keyById(keys, sealed.subarray(1, NONCE_AT));
  if (key === undefined) throw new VaultError('unknown_key');
  const nonce = sealed.subarray(NONCE_AT, BODY_AT);
  const padded = aeadOpen(key.bytes, nonce, sealed.subarray(BODY_AT), associatedData(place));
  const content = padded && unpad(padded);
  if (padded === undefined || content === undefined) throw new VaultError('cannot_open');
  const text = content.toString('utf8');
  wipe(padded);
  return text;
}

/**
 * Seals a JSON value as {@link sealField} seals a text.
 * Throws a TypeError for a value JSON cannot hold (undefined, a function, a cycle).
 */
export function sealJson(caseKey: CaseKey, place: Place, value: unknown): Buffer {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError('Only a value that JSON can hold can be sealed.');
  return sealField(caseKey, place, text);
}

/** Opens what {@link sealJson} sealed. Throws as {@link openField} does. The caller checks the shape of the value. */
export function openJson(keys: CaseKey | readonly CaseKey[], place: Place, sealed: Buffer): unknown {
  return JSON.parse(openField(keys, place, sealed));
}
