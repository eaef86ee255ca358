import native from 'sodium-native';

/**
 * The part of libsodium that Recourse uses, typed for sodium-native 5. This file is the only one in the project which
 * imports sodium-native. The published types describe version 2: a secretstream state was an object then and is a
 * buffer of STATEBYTES now, its tags are numbers now, and Argon2id off the main thread returns a promise now.
 */
interface Sodium {
  sodium_memzero(buffer: Buffer): void;
  sodium_is_zero(buffer: Buffer, length: number): boolean;
  randombytes_buf(buffer: Buffer): void;
  crypto_generichash(output: Buffer, input: Buffer, key?: Buffer): void;

  readonly crypto_box_PUBLICKEYBYTES: number;
  readonly crypto_box_SECRETKEYBYTES: number;
  readonly crypto_box_SEALBYTES: number;
  crypto_box_keypair(publicKey: Buffer, secretKey: Buffer): void;
  crypto_box_seed_keypair(publicKey: Buffer, secretKey: Buffer, seed: Buffer): void;
  crypto_box_seal(sealed: Buffer, message: Buffer, publicKey: Buffer): void;
  crypto_box_seal_open(message: Buffer, sealed: Buffer, publicKey: Buffer, secretKey: Buffer): boolean;
  crypto_scalarmult_base(publicKey: Buffer, secretKey: Buffer): void;
  crypto_kdf_derive_from_key(subkey: Buffer, subkeyId: number, context: Buffer, key: Buffer): void;

  crypto_aead_xchacha20poly1305_ietf_encrypt(
    sealed: Buffer,
    message: Buffer,
    associatedData: Buffer,
    secretNonce: null,
    nonce: Buffer,
    key: Buffer,
  ): number;
  crypto_aead_xchacha20poly1305_ietf_decrypt(
    message: Buffer,
    secretNonce: null,
    sealed: Buffer,
    associatedData: Buffer,
    nonce: Buffer,
    key: Buffer,
  ): number;

  readonly crypto_pwhash_ALG_ARGON2ID13: number;
  crypto_pwhash_async(output: Buffer, password: Buffer, salt: Buffer, opslimit: number, memlimit: number, algorithm: number): Promise<void>;

  readonly crypto_secretstream_xchacha20poly1305_STATEBYTES: number;
  readonly crypto_secretstream_xchacha20poly1305_TAG_MESSAGE: number;
  readonly crypto_secretstream_xchacha20poly1305_TAG_FINAL: number;
  crypto_secretstream_xchacha20poly1305_push(state: Buffer, sealed: Buffer, message: Buffer, associatedData: Buffer, tag: number): number;
  crypto_secretstream_xchacha20poly1305_init_pull(state: Buffer, header: Buffer, key: Buffer): void;
  crypto_secretstream_xchacha20poly1305_pull(state: Buffer, message: Buffer, tag: Buffer, sealed: Buffer, associatedData: Buffer): number;
}

/** libsodium, as far as the vault needs it. */
export const sodium = native as unknown as Sodium;

/** Bytes of a symmetric key, of an X25519 key and of a BLAKE2b or HMAC-SHA-256 result. */
export const KEY_BYTES = 32;
/** Bytes of an XChaCha20-Poly1305 nonce. */
export const NONCE_BYTES = 24;
/** Bytes that XChaCha20-Poly1305 adds to a message. */
export const TAG_BYTES = 16;

/** `length` bytes from the operating system's random source, in memory of their own (never Node's shared pool). */
export function randomBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  sodium.randombytes_buf(bytes);
  return bytes;
}

/** Seals `message` with XChaCha20-Poly1305 (IETF). Returns ciphertext ‖ tag, without the nonce. */
export function aeadSeal(key: Buffer, nonce: Buffer, message: Buffer, associatedData: Buffer): Buffer {
  const sealed = Buffer.alloc(message.length + TAG_BYTES);
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, message, associatedData, null, nonce, key);
  return sealed;
}

/** Opens what {@link aeadSeal} made; `undefined` when key, nonce, associated data or a byte of it is not the same. */
export function aeadOpen(key: Buffer, nonce: Buffer, sealed: Buffer, associatedData: Buffer): Buffer | undefined {
  if (sealed.length < TAG_BYTES) return undefined;
  const message = Buffer.alloc(sealed.length - TAG_BYTES);
  const opened = verifies('could not verify data', () =>
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(message, null, sealed, associatedData, nonce, key),
  );
  return opened ? message : undefined;
}

/**
 * Runs a libsodium call that throws when a tag does not verify, and answers whether it did verify. sodium-native has
 * no other way of saying so, hence the comparison of its message; everything else it throws is a bug and goes on.
 */
export function verifies(refusal: string, open: () => unknown): boolean {
  try {
    open();
    return true;
  } catch (error) {
    if (error instanceof Error && error.message === refusal) return false;
    throw error;
  }
}
