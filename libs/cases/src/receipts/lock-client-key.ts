import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/**
 * Makes a second transaction with the same client key wait until the first has ended, so that it then finds what that one stored. Intake can
 * neither read a row back nor look at a conflict, so the database's own unique index would answer with an error instead.
 * @param rowId the id that the key stands for
 */
export async function lockClientKey(tx: EntityManager, rowId: string): Promise<void> {
  await lockForTransaction(tx, rowId);
}

/** Waits until no other transaction holds the lock of this name, and holds it until the end of this one. */
export async function lockForTransaction(tx: EntityManager, name: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1::bigint)', [lockNumber(name)]);
}

/** The number under which PostgreSQL knows a lock. Two names with the same one wait for each other now and then, and nothing else. */
export function lockNumber(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE(0).toString();
}
