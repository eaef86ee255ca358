import { findCurrentVaultKey, findFingerprints, inTransaction, keepFirstFingerprints, UnfitDatabase } from '@recourse/persistence';
import type { FingerprintKind, Fingerprints } from '@recourse/persistence';
import { mac, sameBytes } from '@recourse/vault';
import type { DataSource, EntityManager } from 'typeorm';
import type { FilingSecrets } from '../filing/filing-secrets';

const WAYS_OUT =
  'put the earlier one back, or name the database that belongs to this one, or read “Other secrets than before” in docs/operating.md';

/** By what the secrets of the public door are known again: a MAC with a fixed label under each. It says nothing about a secret of 256 bits. */
export function fingerprintsOf({ pepper, receiptSecret }: FilingSecrets): Fingerprints {
  return { receipt_pepper: mac(pepper, 'receipt-pepper-fingerprint'), receipt_secret: mac(receiptSecret, 'receipt-secret-fingerprint') };
}

/** Which of these secrets are others than those that the database was used with. One that it does not know is none. Intake and owner. */
export async function findOtherSecrets(tx: EntityManager, secrets: FilingSecrets): Promise<readonly FingerprintKind[]> {
  const known = await findFingerprints(tx);
  const given = fingerprintsOf(secrets);
  return (['receipt_pepper', 'receipt_secret'] as const).filter(
    (kind) => known[kind] !== undefined && !sameBytes(known[kind], given[kind]),
  );
}

/**
 * Refuses secrets of the public door that the database was not used with: no receipt would work, and what is filed meanwhile would be lost with the right ones.
 * @throws UnfitDatabase
 */
export async function requireKnownSecrets(tx: EntityManager, secrets: FilingSecrets): Promise<void> {
  const others = await findOtherSecrets(tx, secrets);
  if (others.includes('receipt_pepper')) {
    throw new UnfitDatabase(
      `RECOURSE_RECEIPT_PEPPER is another than this database was used with, so that no receipt in it would work: ${WAYS_OUT}`,
    );
  }
  if (others.includes('receipt_secret')) {
    throw new UnfitDatabase(
      `RECOURSE_RECEIPT_SECRET is another than this database was used with, so that a complaint that is sent again would get a second receipt: ${WAYS_OUT}`,
    );
  }
}

/**
 * Has the database know these secrets from now on, if it knows none, and refuses others than it knows. Of several at once with different secrets one is kept, and the
 * others are refused. Intake and owner.
 * @throws UnfitDatabase
 */
export async function keepSecrets(dataSource: DataSource, secrets: FilingSecrets): Promise<void> {
  await inTransaction(dataSource, async (tx) => {
    const { receipt_pepper: pepper, receipt_secret: receiptSecret } = await findFingerprints(tx);
    if (pepper === undefined || receiptSecret === undefined) {
      await keepFirstFingerprints(tx, fingerprintsOf(secrets));
    }
    await requireKnownSecrets(tx, secrets);
  });
}

/**
 * Refuses a worker whose key is not the one to which addresses are sealed. Every role.
 * @returns false before the institution is set up: ask again
 * @throws UnfitDatabase
 */
export async function requireWorkerKey(tx: EntityManager, publicKey: Buffer): Promise<boolean> {
  const known = await findCurrentVaultKey(tx, 'worker');
  if (known !== undefined && !sameBytes(known.publicKey, publicKey)) {
    throw new UnfitDatabase(
      `RECOURSE_WORKER_SECRET_KEY is another than this database was set up with, so that no address for a nudge in it could be opened: ${WAYS_OUT}`,
    );
  }
  return known !== undefined;
}
