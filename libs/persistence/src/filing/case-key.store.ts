import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { CaseKeyGrant } from './case-key-grant.entity';

/** Who may ask for a sealed case key: a team or a member of staff by id, or one of the two holders without a row. */
export type KeyHolder = { readonly kind: 'team' | 'staff'; readonly id: string } | { readonly kind: 'complainant' | 'recovery' };

/** Gives access: one version of the case key, sealed to one more holder. */
export async function insertCaseKeyGrant(tx: EntityManager, grant: Omit<CaseKeyGrant, 'setAsideAt'>): Promise<void> {
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

const STALE = `g.holder_kind = 'team' AND g.holder_id = $1 AND g.sealed_to IS DISTINCT FROM $2 AND g.set_aside_at IS NULL`;

/**
 * The next case keys of a team that are not known to be sealed to its present key, in the order of their ids, locked until the transaction ends. Those
 * that another transaction is sealing anew are left to it, and those that were set aside to an administrator.
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

/** How many case keys of a team are not known to be sealed to its present key, without those that were set aside; at most `cap`. */
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

/** A case key that was set aside: of which case, of which team. */
export type GrantAside = Pick<CaseKeyGrant, 'caseId' | 'keyVersion'> & { readonly teamId: string };

/**
 * Sets a team's case key aside, as it is.
 * @param grant as it was when it did not open
 * @returns undefined when it is another by now, or was set aside already: nothing was changed
 */
export async function setGrantAside(tx: EntityManager, grant: StaleGrant, now: Date): Promise<GrantAside | undefined> {
  const [rows] = await tx.query<[GrantAside[], number]>(
    `UPDATE case_key_grant SET set_aside_at = $3 WHERE id = $1 AND sealed_key = $2 AND set_aside_at IS NULL AND holder_kind = 'team'
     RETURNING case_id AS "caseId", key_version AS "keyVersion", holder_id AS "teamId"`,
    [grant.id, grant.sealedKey, now],
  );
  return rows[0];
}

/** How many case keys of a team were set aside. */
export async function countGrantsAside(tx: EntityManager, teamId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM case_key_grant WHERE set_aside_at IS NOT NULL AND holder_kind = 'team' AND holder_id = $1`,
    [teamId],
  );
  return row?.count ?? 0;
}
