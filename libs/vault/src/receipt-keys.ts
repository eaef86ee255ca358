import { hkdfSync } from 'node:crypto';
import { keyPairFromSeed, type KeyPair } from './key-pair';
import { mac } from './mac';
import { expectReceipt, newReceiptFrom, type Receipt } from './receipt';
import { expectKeyLength, wipe } from './secret-bytes';
import { KEY_BYTES } from './sodium';

/** What a receipt is derived from, so that a repeated submit gets the same one although none is stored. */
export interface ReceiptOrigin {
  /** RECOURSE_RECEIPT_SECRET, 32 bytes. */
  readonly secret: Buffer;
  /** The UUID the client made for this complaint, in the one spelling the caller has settled on. */
  readonly idempotencyKey: string;
  /** A hash of everything that was submitted. */
  readonly bodyHash: Buffer;
}

/** The receipt of a submit: {@link newReceiptFrom} over `mac(secret, 'receipt', idempotencyKey, bodyHash)`. */
export function deriveReceipt(origin: ReceiptOrigin): Receipt {
  const seed = mac(origin.secret, 'receipt', origin.idempotencyKey, origin.bodyHash);
  const receipt = newReceiptFrom(seed);
  wipe(seed);
  return receipt;
}

/**
 * The 32 bytes under which the database finds a receipt: `mac(pepper, 'receipt-lookup', digits)`. Without the pepper,
 * which is kept outside the database, nobody can test guesses against a stolen copy.
 */
export function receiptLookup(pepper: Buffer, digits: Receipt): Buffer {
  return mac(pepper, 'receipt-lookup', expectReceipt(digits));
}

/**
 * The complainant's key pair, derived from the receipt whenever it is shown: HKDF-SHA-256 (RFC 5869) with the ASCII
 * digits as key material, the pepper as salt and `recourse/v1|complainant-key` as info gives the seed of the pair. The
 * pepper is needed here too, or the public key in a stolen database would let receipts be guessed.
 */
export function complainantKeyPair(pepper: Buffer, digits: Receipt): KeyPair {
  expectKeyLength(pepper, 'pepper');
  const info = 'recourse/v1|complainant-key';
  const seed = Buffer.from(hkdfSync('sha256', expectReceipt(digits), pepper, info, KEY_BYTES));
  const pair = keyPairFromSeed(seed);
  wipe(seed);
  return pair;
}
