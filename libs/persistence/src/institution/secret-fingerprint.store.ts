import type { EntityManager } from 'typeorm';

import type { SecretFingerprint } from './secret-fingerprint.entity';

/** A secret of the public door that the database knows again. */
export type FingerprintKind = SecretFingerprint['kind'];

/** What each is known by, 32 bytes. */
export type Fingerprints = Readonly<Record<FingerprintKind, Buffer>>;

/** The fingerprints in use; none of a kind that was never used with this database. Intake and owner. */
export async function findFingerprints(tx: EntityManager): Promise<Partial<Fingerprints>> {
  const rows = await tx.query<{ kind: FingerprintKind; fingerprint: Buffer }[]>(
    'SELECT DISTINCT ON (kind) kind, fingerprint FROM secret_fingerprint ORDER BY kind, nth DESC',
  );
  return Object.fromEntries(rows.map(({ kind, fingerprint }) => [kind, fingerprint]));
}

/**
 * Keeps the first fingerprint of each kind; those that are there stay. Waits for whoever does the same at this moment, so that a query after it sees what holds. Intake
 * and owner.
 */
export async function keepFirstFingerprints(tx: EntityManager, fingerprints: Fingerprints): Promise<void> {
  await tx.query(
    `INSERT INTO secret_fingerprint (kind, fingerprint) VALUES ('receipt_pepper', $1), ('receipt_secret', $2) ON CONFLICT DO NOTHING`,
    [fingerprints.receipt_pepper, fingerprints.receipt_secret],
  );
}

/** Lets one replace fingerprints at a time, until the end of the transaction. Owner. */
export async function lockFingerprints(tx: EntityManager): Promise<void> {
  await tx.query('LOCK TABLE secret_fingerprint IN EXCLUSIVE MODE');
}

/** Has another fingerprint in use from now on; the earlier ones stay. Owner, with the lock. */
export async function replaceFingerprint(tx: EntityManager, kind: FingerprintKind, fingerprint: Buffer): Promise<void> {
  await tx.query(
    'INSERT INTO secret_fingerprint (kind, nth, fingerprint) SELECT $1, coalesce(max(nth), 0) + 1, $2 FROM secret_fingerprint WHERE kind = $1',
    [kind, fingerprint],
  );
}
