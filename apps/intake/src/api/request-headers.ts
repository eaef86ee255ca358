import type { Request } from 'express';
import { isUnguessableKey } from '@recourse/cases';
import { normaliseReceipt } from '@recourse/vault';
import { Refused } from '@recourse/web';

/**
 * The receipt of `Authorization: Receipt <code>`, as 24 digits.
 * @throws Refused 401 `receipt_missing`, or `receipt_unknown`: one answer for all receipts that open nothing, however
 *   they are written
 */
export function receiptOf(req: Request): string {
  const header = /^Receipt\s+(.+)$/i.exec(req.headers.authorization ?? '');
  if (!header) throw new Refused(401, 'receipt_missing');
  // Node gives headers byte by byte; digits of other scripts come as UTF-8.
  const receipt = normaliseReceipt(Buffer.from(header[1] ?? '', 'latin1').toString('utf8'));
  if (!receipt.ok) throw receiptUnknown();
  return receipt.digits;
}

export function receiptUnknown(): Refused {
  return new Refused(401, 'receipt_unknown');
}

/**
 * The client's own key: a random UUID (version 4 or 7), so that nobody else can guess it and be given the receipt (docs/adr/0004).
 * @throws Refused 400 `idempotency_key_missing` or `key_not_a_uuid`
 */
export function idempotencyKeyOf(req: Request): string {
  const key = req.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') throw new Refused(400, 'idempotency_key_missing');
  if (!isUnguessableKey(key)) throw new Refused(400, 'key_not_a_uuid');
  return key;
}
