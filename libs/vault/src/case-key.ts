import { inspect } from 'node:util';
import { expectKeyLength, sameBytes, wipe } from './secret-bytes';
import { KEY_BYTES, randomBytes, sodium } from './sodium';

/** Bytes of a key id. */
export const KEY_ID_BYTES = 16;

const ID_CONTEXT = Buffer.from('recourse/v1|case-key-id', 'utf8');

/**
 * The key of one case, 32 random bytes, with its public id: 16 bytes of BLAKE2b over `recourse/v1|case-key-id`, keyed
 * with the key. The id stands in front of everything sealed, so that the right key is found after a key was renewed.
 * Printing or serialising a CaseKey never shows the key.
 */
export class CaseKey {
  readonly id: Buffer;
  readonly #bytes: Buffer;

  /** Takes the Buffer (no copy), so that {@link CaseKey.wipe} wipes the caller's too. */
  constructor(bytes: Buffer) {
    expectKeyLength(bytes, 'A case key');
    this.#bytes = bytes;
    this.id = Buffer.alloc(KEY_ID_BYTES);
    sodium.crypto_generichash(this.id, ID_CONTEXT, bytes);
  }

  /** The 32 secret bytes, to be sealed to a holder. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Overwrites the key with zeros; afterwards this object is of no use. */
  wipe(): void {
    wipe(this.#bytes);
  }

  toJSON(): string {
    return '[case key]';
  }

  [inspect.custom](): string {
    return '[case key]';
  }
}

/** A new random case key. */
export function newCaseKey(): CaseKey {
  return new CaseKey(randomBytes(KEY_BYTES));
}

/** The case key whose 32 bytes a holder has just unsealed. */
export function caseKeyFrom(bytes: Buffer): CaseKey {
  return new CaseKey(bytes);
}

/** The key with this id among those given, which may be one or several. */
export function keyById(keys: CaseKey | readonly CaseKey[], id: Buffer): CaseKey | undefined {
  const all = keys instanceof CaseKey ? [keys] : keys;
  return all.find((key) => sameBytes(key.id, id));
}
