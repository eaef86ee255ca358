import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '@recourse/domain';
import { complainantKeyPair, deriveReceipt, mac, receiptLookup, type KeyPair } from '@recourse/vault';
import type { Channel, Complaint } from './complaint';
import type { FilingSecrets } from './filing-secrets';

/** What is derived from one submit: always the same for the same key and body (docs/adr/0003, 0004). */
export interface Submission {
  readonly receipt: string;
  readonly receiptLookup: Buffer;
  readonly complainant: KeyPair;
  /** Recognises the repetition. */
  readonly idempotencyLookup: Buffer;
  /** Refuses the same key with another body. */
  readonly bodyCheck: Buffer;
}

/**
 * Derives the receipt and the look-ups of a submit.
 * @param key the client's UUID in lower case
 */
export function submissionOf(
  secrets: FilingSecrets,
  key: string,
  body: { readonly channel: Channel; readonly complaint: Complaint },
): Submission {
  const bodyHash = createHash('sha256')
    .update(canonicalJson(asJson(body)), 'utf8')
    .digest();
  const receipt = deriveReceipt({ secret: secrets.receiptSecret, idempotencyKey: key, bodyHash });
  return {
    receipt,
    receiptLookup: receiptLookup(secrets.pepper, receipt),
    complainant: complainantKeyPair(secrets.pepper, receipt),
    idempotencyLookup: mac(secrets.pepper, 'filing', key),
    bodyCheck: mac(secrets.pepper, 'body', key, bodyHash),
  };
}

/** A complaint holds texts, booleans and one object; nothing that JSON lacks. */
function asJson(body: { readonly channel: Channel; readonly complaint: Complaint }): JsonValue {
  return JSON.parse(JSON.stringify(body)) as JsonValue;
}
