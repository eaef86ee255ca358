import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { Filing } from './filing.entity';

/** A complaint that was filed before under the same key. */
export interface ShownFiling {
  readonly bodyCheck: Buffer;
  readonly caseId: string;
  readonly receiptLookup: Buffer;
  readonly reference: string;
}

/**
 * Makes a second transaction with the same idempotency key wait until the first has ended, so that it then finds the filing instead of running into
 * `filing_pk`. Call it first.
 * @param idempotencyLookup HMAC of the key (libs/vault)
 */
export async function lockFiling(tx: EntityManager, idempotencyLookup: Buffer): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1::bigint)', [idempotencyLookup.readBigInt64BE(0).toString()]);
}

/** What was filed under this key, or undefined. Works for intake, which cannot read the table. */
export async function findFiling(tx: EntityManager, idempotencyLookup: Buffer): Promise<ShownFiling | undefined> {
  const [found] = await tx.query<ShownFiling[]>(
    `SELECT body_check AS "bodyCheck", case_id AS "caseId", receipt_lookup AS "receiptLookup", reference
     FROM recourse_shown_filing($1)`,
    [idempotencyLookup],
  );
  return found;
}

/** Notes that a submit was stored. Insert the receipt first. */
export async function insertFiling(tx: EntityManager, filing: Filing): Promise<void> {
  await insertRow(tx, Filing, filing);
}
