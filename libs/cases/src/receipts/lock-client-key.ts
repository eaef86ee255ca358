import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/**
 * Makes a second transaction with the same client key wait until the first has ended, so that it then finds what that one stored. Intake can
 * neither read a row back nor look at a conflict, so the database's own unique index would answer with an error instead.
 * @param rowId the id that the key stands for
 */
export async function lockClientKey(tx: EntityManager, rowId: string): Promise<void> {
  const number = createHash('sha256').update(rowId).digest().readBigInt64BE(0);
  await tx.query('SELECT pg_advisory_xact_lock($1::bigint)', [number.toString()]);
}
