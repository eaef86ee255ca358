import { pad, unpad } from './padding';
import { expectKeyLength } from './secret-bytes';
import { KEY_BYTES, sodium } from './sodium';
import { KeyForgotten, VaultError } from './vault-error';

/** An X25519 key pair; both halves are 32 bytes. */
export interface KeyPair {
  readonly publicKey: Buffer;
  readonly secretKey: Buffer;
}

/** A new random key pair for a staff member, a team, the worker, the recovery or an organisation. */
export function generateKeyPair(): KeyPair {
  const pair = emptyPair();
  sodium.crypto_box_keypair(pair.publicKey, pair.secretKey);
  return pair;
}

/** The pair that belongs to a secret half of 32 bytes (the public half is computed). The Buffer is taken, not copied. */
export function keyPairFrom(secretKey: Buffer): KeyPair {
  expectKeyLength(secretKey, 'secretKey');
  const publicKey = Buffer.alloc(KEY_BYTES);
  sodium.crypto_scalarmult_base(publicKey, secretKey);
  return { publicKey, secretKey };
}

/** The pair that libsodium derives from a seed of 32 bytes (`crypto_box_seed_keypair`). */
export function keyPairFromSeed(seed: Buffer): KeyPair {
  expectKeyLength(seed, 'seed');
  const pair = emptyPair();
  sodium.crypto_box_seed_keypair(pair.publicKey, pair.secretKey, seed);
  return pair;
}

/**
 * Seals bytes to whoever holds the secret half (`crypto_box_seal`): 32 bytes of an ephemeral public key, then
 * ciphertext and tag, 48 bytes more than the plaintext. The sender cannot open it again. The length shows, so this is
 * for keys, which all have one length; for text use {@link sealTextTo}.
 */
export function sealTo(publicKey: Buffer, plaintext: Buffer): Buffer {
  expectKeyLength(publicKey, 'publicKey');
  const sealed = Buffer.alloc(plaintext.length + sodium.crypto_box_SEALBYTES);
  sodium.crypto_box_seal(sealed, plaintext, publicKey);
  return sealed;
}

/**
 * Opens a sealed box. Throws VaultError `cannot_open` when it was sealed to somebody else, or was changed; KeyForgotten when the secret half was wiped.
 */
export function openSealed(keyPair: KeyPair, sealed: Buffer): Buffer {
  expectRemembered(keyPair);
  if (sealed.length < sodium.crypto_box_SEALBYTES) throw new VaultError('cannot_open');
  const plaintext = Buffer.alloc(sealed.length - sodium.crypto_box_SEALBYTES);
  const opened = sodium.crypto_box_seal_open(plaintext, sealed, keyPair.publicKey, keyPair.secretKey);
  if (!opened) throw new VaultError('cannot_open');
  return plaintext;
}

/**
 * Opens a sealed box with whichever of these pairs it was sealed to. Throws VaultError `cannot_open` when with none; KeyForgotten when the secret half of one
 * was wiped.
 */
export function openSealedWithOneOf(keyPairs: readonly KeyPair[], sealed: Buffer): Buffer {
  keyPairs.forEach(expectRemembered);
  if (sealed.length < sodium.crypto_box_SEALBYTES) throw new VaultError('cannot_open');
  const plaintext = Buffer.alloc(sealed.length - sodium.crypto_box_SEALBYTES);
  const isOpen = keyPairs.some(({ publicKey, secretKey }) => sodium.crypto_box_seal_open(plaintext, sealed, publicKey, secretKey));
  if (!isOpen) throw new VaultError('cannot_open');
  return plaintext;
}

/** Seals a short text (an address for a nudge) to a public key, padded as fields are so that its length stays hidden. */
export function sealTextTo(publicKey: Buffer, text: string): Buffer {
  return sealTo(publicKey, pad(Buffer.from(text, 'utf8')));
}

/** Opens what {@link sealTextTo} sealed. Throws VaultError `cannot_open`. */
export function openSealedText(keyPair: KeyPair, sealed: Buffer): string {
  const text = unpad(openSealed(keyPair, sealed));
  if (text === undefined) throw new VaultError('cannot_open');
  return text.toString('utf8');
}

/** No key is all zeros but one that was wiped. */
function expectRemembered({ secretKey }: KeyPair): void {
  if (sodium.sodium_is_zero(secretKey, secretKey.length)) throw new KeyForgotten();
}

function emptyPair(): KeyPair {
  return { publicKey: Buffer.alloc(KEY_BYTES), secretKey: Buffer.alloc(KEY_BYTES) };
}
