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

/** A case key that is sealed to a key which its team no longer uses, or to one that was not written down. */
export type StaleGrant = Pick<CaseKeyGrant, 'id' | 'sealedKey'>;

const STALE = `g.holder_kind = 'team' AND g.holder_id = $1 AND g.sealed_to IS DISTINCT FROM $2`;

/**
 * The next case keys of a team that are not known to be sealed to its present key, in the order of their ids, locked until the transaction ends. Those
 * that another transaction is sealing anew are left to it.
 * @param publicKey the team's present one
 * @param after id of the last one of the batch before; undefined to begin
 */
export async function lockStaleGrants(
  tx: EntityManager,
  teamId: string,
  publicKey: Buffer,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly StaleGrant[]> {
  return tx.query<StaleGrant[]>(
    `SELECT g.id, g.sealed_key AS "sealedKey" FROM case_key_grant g
     WHERE ${STALE} AND ($3::uuid IS NULL OR g.id > $3) ORDER BY g.id LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED`,
    [teamId, publicKey, after ?? null, limit],
  );
}

/** How many case keys of a team are not known to be sealed to its present key; at most `cap`. */
export async function countStaleGrants(tx: EntityManager, teamId: string, publicKey: Buffer, cap: number): Promise<number> {
  const [row] = await tx.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM (SELECT FROM case_key_grant g WHERE ${STALE} LIMIT $3) AS stale`,
    [teamId, publicKey, cap],
  );
  return row?.count ?? 0;
}

/** Stores case keys that were sealed anew. Only those of teams: the complainant's and the recovery key's nobody can change. */
export async function resealGrants(tx: EntityManager, grants: readonly StaleGrant[], sealedTo: Buffer): Promise<void> {
  await tx.query(
    `UPDATE case_key_grant g SET sealed_key = n.sealed_key, sealed_to = $3
     FROM unnest($1::uuid[], $2::bytea[]) AS n (id, sealed_key) WHERE g.id = n.id AND g.holder_kind = 'team'`,
    [grants.map(({ id }) => id), grants.map(({ sealedKey }) => sealedKey), sealedTo],
  );
}
