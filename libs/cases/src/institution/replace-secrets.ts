import {
  closeContactRoutes,
  countActiveContactRoutes,
  countReceipts,
  findCurrentVaultKey,
  insertVaultKey,
  inTransaction,
  lockFingerprints,
  replaceFingerprint,
  type FingerprintKind,
} from '@recourse/persistence';
import { sameBytes } from '@recourse/vault';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { FilingSecrets } from '../filing/filing-secrets';
import { recordStaffEvent } from '../staff/record-staff-event';
import { findOtherSecrets, fingerprintsOf } from './known-secrets';

/** A secret that the database knows again. */
export type KnownSecret = FingerprintKind | 'worker_key';

/** What {@link ReplaceSecrets} needs. */
export interface ReplaceSecretsInput {
  /** Those that are meant from now on. */
  readonly secrets: FilingSecrets;
  /** The public half of the worker's. 32 bytes. */
  readonly workerPublicKey: Buffer;
  /** Whether receipts that were given out may stop working: all do with another pepper. */
  readonly givesUpReceipts: boolean;
  /** Whether addresses for nudges may be given up: none opens with another worker key. */
  readonly givesUpAddresses: boolean;
  readonly now: Date;
}

/**
 * - `ok`: which of the secrets were others than before; none when the database knows them all, or knows none yet.
 * - `would_lose`: so many receipts and addresses would be lost, which the caller did not give up. Nothing was changed.
 */
export type ReplaceSecretsResult =
  | { readonly ok: true; readonly replaced: readonly KnownSecret[] }
  | { readonly ok: false; readonly code: 'would_lose'; readonly receipts: number; readonly addresses: number };

/**
 * Says that other secrets are meant, after the earlier ones were lost or leaked; processes that run with the earlier ones have to be stopped before. The operator's to do,
 * and recorded as theirs. Addresses that only the earlier worker key opens are not written to any more, so that the staff see that nobody is nudged there.
 */
export class ReplaceSecrets {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: ReplaceSecretsInput): Promise<ReplaceSecretsResult> {
    return inTransaction(this.dataSource, async (tx): Promise<ReplaceSecretsResult> => {
      await lockFingerprints(tx);
      const others = await findOtherSecrets(tx, input.secrets);
      const worker = await findCurrentVaultKey(tx, 'worker');
      const isOtherWorker = worker !== undefined && !sameBytes(worker.publicKey, input.workerPublicKey);
      const receipts = others.includes('receipt_pepper') && !input.givesUpReceipts ? await countReceipts(tx) : 0;
      const addresses = isOtherWorker && !input.givesUpAddresses ? await countActiveContactRoutes(tx) : 0;
      if (receipts + addresses > 0) {
        return { ok: false, code: 'would_lose', receipts, addresses };
      }
      const replaced: readonly KnownSecret[] = [...others, ...(isOtherWorker ? (['worker_key'] as const) : [])];
      if (replaced.length > 0) {
        await this.store(tx, input, replaced);
      }
      return { ok: true, replaced };
    });
  }

  private async store(
    tx: EntityManager,
    { secrets, workerPublicKey, now }: ReplaceSecretsInput,
    replaced: readonly KnownSecret[],
  ): Promise<void> {
    const fingerprints = fingerprintsOf(secrets);
    for (const kind of replaced) {
      if (kind === 'worker_key') {
        await insertVaultKey(tx, { id: v7(), kind: 'worker', publicKey: workerPublicKey, createdAt: now });
        await closeContactRoutes(tx);
      } else {
        await replaceFingerprint(tx, kind, fingerprints[kind]);
      }
    }
    await recordStaffEvent(tx, {
      type: 'secrets_replaced',
      payload: { secrets: replaced },
      staffId: null,
      actor: { kind: 'operator' },
      now,
    });
  }
}
