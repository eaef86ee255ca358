import { Transform, type TransformCallback } from 'node:stream';
import { KEY_ID_BYTES, keyById, type CaseKey } from './case-key';
import { FORMAT_VERSION } from './field-envelope';
import { padToMultiple, unpad } from './padding';
import { associatedData, type Place } from './place';
import { wipe } from './secret-bytes';
import { KEY_BYTES, randomBytes, sodium, verifies } from './sodium';
import { VaultError } from './vault-error';

/** Plain bytes in every chunk but the last. */
export const FILE_CHUNK_BYTES = 64 * 1024;
/** The last chunk is padded to a multiple of this, so that a stored file shows its size to within 4 KiB. */
export const FILE_PADDING_BYTES = 4096;

const CHUNK_OVERHEAD = 17;
const STREAM_HEADER_BYTES = 24;
const SEALED_CHUNK_BYTES = FILE_CHUNK_BYTES + CHUNK_OVERHEAD;
const FILE_HEADER_BYTES = 1 + KEY_ID_BYTES + STREAM_HEADER_BYTES;

/**
 * A stream that seals a file of any length under the case key, bound to its place.
 *
 * Bytes: 0x01 | key id (16) | secretstream header (24) | chunks. The secretstream key is `crypto_kdf_derive_from_key`
 * (32 bytes, subkey 1, context `rcrsfile`) of the case key; every chunk has the place as associated data and is 17 bytes
 * longer than its plaintext. Every chunk but the last holds 64 KiB with TAG_MESSAGE; the last holds the remaining 0 to
 * 65,535 bytes, padded (0x80, zeros) to a multiple of 4 KiB, with TAG_FINAL. It holds one chunk in memory.
 */
export function createFileSealer(caseKey: CaseKey, place: Place): Transform {
  return new FileSealer(caseKey, associatedData(place));
}

/** {@link createFileSealer} with a given header of 24 bytes: for known-answer tests only, a header must never recur. */
export function createFileSealerWith(caseKey: CaseKey, place: Place, header: Buffer): Transform {
  return new FileSealer(caseKey, associatedData(place), header);
}

/**
 * A stream that opens what {@link createFileSealer} sealed. It gives out verified bytes only, but a reader knows that
 * the file is whole only when the stream has *ended*: it is destroyed with VaultError `truncated` when the end is
 * missing, `cannot_open` when a byte was changed or added, chunks were reordered, or the file belongs to another place,
 * `unknown_key` and `unknown_version` as for fields.
 */
export function createFileOpener(keys: CaseKey | readonly CaseKey[], place: Place): Transform {
  return new FileOpener(keys, associatedData(place));
}

/** How many bytes the sealed file of a plain file of `plainBytes` has. */
export function sealedFileSize(plainBytes: number): number {
  const whole = Math.floor(plainBytes / FILE_CHUNK_BYTES);
  const rest = (Math.floor((plainBytes % FILE_CHUNK_BYTES) / FILE_PADDING_BYTES) + 1) * FILE_PADDING_BYTES;
  return FILE_HEADER_BYTES + whole * SEALED_CHUNK_BYTES + rest + CHUNK_OVERHEAD;
}

class FileSealer extends Transform {
  readonly #state = Buffer.alloc(sodium.crypto_secretstream_xchacha20poly1305_STATEBYTES);
  readonly #place: Buffer;
  #held: Pieces = new Pieces();

  constructor(caseKey: CaseKey, place: Buffer, header: Buffer = randomBytes(STREAM_HEADER_BYTES)) {
    super();
    this.#place = place;
    const key = fileKey(caseKey);
    // init_push is a random header followed by init_pull: both give the same state, and only this takes the header.
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(this.#state, header, key);
    wipe(key);
    this.push(Buffer.concat([Buffer.of(FORMAT_VERSION), caseKey.id, header]));
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#held.add(chunk);
    while (this.#held.length >= FILE_CHUNK_BYTES) {
      this.#seal(this.#held.take(FILE_CHUNK_BYTES), sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    const last = padToMultiple(this.#held.take(this.#held.length), FILE_PADDING_BYTES);
    this.#seal(last, sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    wipe(this.#state);
    this.#held = new Pieces();
    done(error);
  }

  #seal(plain: Buffer, tag: number): void {
    const sealed = Buffer.alloc(plain.length + CHUNK_OVERHEAD);
    sodium.crypto_secretstream_xchacha20poly1305_push(this.#state, sealed, plain, this.#place, tag);
    wipe(plain);
    this.push(sealed);
  }
}

class FileOpener extends Transform {
  readonly #state = Buffer.alloc(sodium.crypto_secretstream_xchacha20poly1305_STATEBYTES);
  readonly #keys: CaseKey | readonly CaseKey[];
  readonly #place: Buffer;
  #held: Pieces = new Pieces();
  #begun = false;
  #ended = false;

  constructor(keys: CaseKey | readonly CaseKey[], place: Buffer) {
    super();
    this.#keys = keys;
    this.#place = place;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#held.add(chunk);
    this.#answer(done, () => {
      if (!this.#begun && this.#held.length >= FILE_HEADER_BYTES) this.#begin(this.#held.take(FILE_HEADER_BYTES));
      while (this.#begun && this.#held.length >= SEALED_CHUNK_BYTES) this.#open(this.#held.take(SEALED_CHUNK_BYTES));
    });
  }

  override _flush(done: TransformCallback): void {
    this.#answer(done, () => {
      if (!this.#begun) throw new VaultError('truncated');
      const rest = this.#held.take(this.#held.length);
      if (this.#ended && rest.length === 0) return;
      // A last chunk has a whole number of padding steps; anything else was cut off in the middle of a chunk.
      const steps = (rest.length - CHUNK_OVERHEAD) / FILE_PADDING_BYTES;
      if (!this.#ended && !(Number.isInteger(steps) && steps > 0)) throw new VaultError('truncated');
      this.#open(rest);
      if (!this.#ended) throw new VaultError('truncated');
    });
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    wipe(this.#state);
    this.#held = new Pieces();
    done(error);
  }

  #begin(header: Buffer): void {
    if (header[0] !== FORMAT_VERSION) throw new VaultError('unknown_version');
    const caseKey = keyById(this.#keys, header.subarray(1, 1 + KEY_ID_BYTES));
    if (caseKey === undefined) throw new VaultError('unknown_key');
    const key = fileKey(caseKey);
    const streamHeader = header.subarray(1 + KEY_ID_BYTES);
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(this.#state, streamHeader, key);
    wipe(key);
    this.#begun = true;
  }

  #open(sealed: Buffer): void {
    if (this.#ended) throw new VaultError('cannot_open');
    const plain = Buffer.alloc(sealed.length - CHUNK_OVERHEAD);
    const tag = Buffer.alloc(1);
    const verified = verifies('pull failed', () =>
      sodium.crypto_secretstream_xchacha20poly1305_pull(this.#state, plain, tag, sealed, this.#place),
    );
    if (!verified) throw new VaultError('cannot_open');
    this.#ended = tag[0] === sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    const content = this.#ended ? unpad(plain) : plain;
    if (content === undefined) throw new VaultError('cannot_open');
    if (content.length > 0) this.push(content);
  }

  /** Streams report through their callback; only what the vault itself refuses is reported, a bug is thrown on. */
  #answer(done: TransformCallback, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      done(error);
      return;
    }
    done();
  }
}

/** Bytes waiting until a chunk is complete; joined once per chunk and not once per arrival. */
class Pieces {
  length = 0;
  #pieces: Buffer[] = [];

  add(piece: Buffer): void {
    this.#pieces.push(piece);
    this.length += piece.length;
  }

  /** The first `length` bytes, in memory of their own. */
  take(length: number): Buffer {
    const [first = Buffer.alloc(0), ...others] = this.#pieces;
    // One long piece is cut without joining: joining it again for every chunk would copy it as often as it has chunks.
    const all = others.length === 0 ? first : Buffer.concat(this.#pieces);
    const rest = all.subarray(length);
    this.#pieces = rest.length > 0 ? [rest] : [];
    this.length = rest.length;
    return Buffer.from(all.subarray(0, length));
  }
}

const FILE_KEY_CONTEXT = Buffer.from('rcrsfile', 'ascii');

function fileKey(caseKey: CaseKey): Buffer {
  const key = Buffer.alloc(KEY_BYTES);
  sodium.crypto_kdf_derive_from_key(key, 1, FILE_KEY_CONTEXT, caseKey.bytes);
  return key;
}
