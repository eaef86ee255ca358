import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { VaultKey } from './vault-key.entity';

/** Keeps the public half of a key made at set-up. */
export async function insertVaultKey(tx: EntityManager, key: VaultKey): Promise<void> {
  await insertRow(tx, VaultKey, key);
}

/** The key of this kind that is in use: the newest one. Undefined before set-up. */
export async function findCurrentVaultKey(tx: EntityManager, kind: VaultKey['kind']): Promise<VaultKey | undefined> {
  const [key] = await tx.find(VaultKey, { where: { kind }, order: { createdAt: 'DESC' }, take: 1 });
  return key;
}
