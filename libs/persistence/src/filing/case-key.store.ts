import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { CaseKeyGrant } from './case-key-grant.entity';

/** Who may ask for a sealed case key: a team or a member of staff by id, or one of the two holders without a row. */
export type KeyHolder = { readonly kind: 'team' | 'staff'; readonly id: string } | { readonly kind: 'complainant' | 'recovery' };

/** Gives access: one version of the case key, sealed to one more holder. */
export async function insertCaseKeyGrant(tx: EntityManager, grant: CaseKeyGrant): Promise<void> {
  await insertRow(tx, CaseKeyGrant, grant);
}

/** Every version of the case key that was sealed to any of these holders, newest first. */
export async function listCaseKeyGrants(
  tx: EntityManager,
  caseId: string,
  holders: readonly KeyHolder[],
): Promise<readonly CaseKeyGrant[]> {
  const grants = await tx.find(CaseKeyGrant, { where: { caseId }, order: { keyVersion: 'DESC', id: 'ASC' } });
  return grants.filter((grant) =>
    holders.some((holder) => grant.holderKind === holder.kind && (!('id' in holder) || grant.holderId === holder.id)),
  );
}
