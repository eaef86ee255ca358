import { findShownCaseFile, listShownKeys, showReceipt, type ShownCaseFile } from '@recourse/persistence';
import { complainantKeyPair, generateKeyPair, openSealed, receiptLookup, sealTo } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import type { FilingSecrets } from '../filing/filing-secrets';
import { openKeysAsComplainant, type CaseKeys } from '../keys/case-keys';

/** A normalised receipt (24 digits, `normaliseReceipt`) and the moment of the visit. */
export interface ReceiptVisit {
  readonly digits: string;
  readonly now: Date;
}

/** The case behind a receipt, open for the rest of the transaction. */
export interface ShownCase {
  readonly file: ShownCaseFile;
  readonly keys: CaseKeys;
}

/** Something to open for receipts that open nothing, so that they cost the same curve arithmetic. Holds no secret of anybody. */
const nobody = generateKeyPair();
const nothing = sealTo(nobody.publicKey, Buffer.alloc(32));

/**
 * Shows a receipt to the database and opens the case's keys with it; undefined when it opens nothing. The same look-up, the same key derivation,
 * the same queries and one opened box either way, so that the time does not tell whether a receipt exists.
 */
export async function showCase(tx: EntityManager, secrets: FilingSecrets, digits: string): Promise<ShownCase | undefined> {
  const pair = complainantKeyPair(secrets.pepper, digits);
  await showReceipt(tx, receiptLookup(secrets.pepper, digits));
  const file = await findShownCaseFile(tx);
  const grants = await listShownKeys(tx);
  if (grants.length === 0) {
    openSealed(nobody, nothing);
  }
  const keys = openKeysAsComplainant(pair, grants);
  if (file === undefined) {
    return undefined;
  }
  if (keys === undefined) {
    throw new Error('a case has a receipt that no key was sealed to');
  }
  return { file, keys };
}
