import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { Receipt } from './receipt.entity';

/** What casework may know of a receipt: the key to seal to. */
export type ComplainantKey = Pick<Receipt, 'caseId' | 'publicKey' | 'createdAt'>;

/** Issues a receipt. As intake: only for a case of the same transaction. */
export async function insertReceipt(tx: EntityManager, receipt: Receipt): Promise<void> {
  await insertRow(tx, Receipt, receipt);
}

/**
 * Shows a receipt to the database for the rest of the transaction: from here on the functions of `shown-case.store` answer for its case, and
 * intake may add to it. A wrong receipt costs the same query as a right one.
 * @param lookup HMAC of the receipt (libs/vault)
 * @returns id of the case, or undefined when there is none
 */
export async function showReceipt(tx: EntityManager, lookup: Buffer): Promise<string | undefined> {
  await tx.query(`SELECT set_config('recourse.shown_receipt', $1, true)`, [lookup.toString('hex')]);
  const [row] = await tx.query<{ id: string | null }[]>('SELECT recourse_shown_case() AS id');
  return row?.id ?? undefined;
}

/** How many receipts were given out. Owner. */
export async function countReceipts(tx: EntityManager): Promise<number> {
  const [row] = await tx.query<{ count: number }[]>('SELECT count(*)::int AS count FROM receipt');
  return row?.count ?? 0;
}

/** The public keys of a case's receipts. Casework and owner. */
export async function listComplainantKeys(tx: EntityManager, caseId: string): Promise<readonly ComplainantKey[]> {
  return tx.query<ComplainantKey[]>(
    'SELECT case_id AS "caseId", public_key AS "publicKey", created_at AS "createdAt" FROM receipt WHERE case_id = $1 ORDER BY created_at',
    [caseId],
  );
}
