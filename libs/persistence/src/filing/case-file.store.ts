import type { EntityManager } from 'typeorm';

import { affectedBy } from '../database/rows';
import { CaseFile } from './case-file.entity';

/** What the worker may know of a case. */
export type CaseForNotice = Pick<CaseFile, 'id' | 'reference' | 'receivedAt' | 'language' | 'answerLanguage' | 'anonymity' | 'deskTeamId'>;

/**
 * Files a case. The reference is random; when it is taken nothing is inserted, and the caller tries another one. No savepoint is needed and
 * none of the row comes back, which intake could not read.
 * @returns false when the reference (or the id) is taken
 */
export async function insertCaseFile(tx: EntityManager, file: CaseFile): Promise<boolean> {
  const columns = [
    'id',
    'reference',
    'received_at',
    'channel',
    'language',
    'answer_language',
    'country',
    'kind',
    'anonymity',
    'desk_team_id',
  ];
  const values: unknown[] = [
    file.id,
    file.reference,
    file.receivedAt,
    file.channel,
    file.language,
    file.answerLanguage,
    file.country,
    file.kind,
    file.anonymity,
    file.deskTeamId,
  ];
  if (file.companyId !== null) {
    columns.push('company_id');
    values.push(file.companyId);
  }
  const places = values.map((_, index) => `$${index + 1}`).join(', ');
  // A structured result, because TypeORM gives no count for an INSERT otherwise.
  const result = await runnerOf(tx).query(
    `INSERT INTO case_file (${columns.join(', ')}) VALUES (${places}) ON CONFLICT DO NOTHING`,
    values,
    true,
  );
  return result.affected === 1;
}

/** The case with this reference, or undefined. Whether the actor may see it is decided elsewhere (`visibleCases`). */
export async function findCaseByReference(tx: EntityManager, reference: string): Promise<CaseFile | undefined> {
  return (await tx.findOneBy(CaseFile, { reference })) ?? undefined;
}

/** The case with this id, or undefined. Casework and owner. */
export async function findCase(tx: EntityManager, id: string): Promise<CaseFile | undefined> {
  return (await tx.findOneBy(CaseFile, { id })) ?? undefined;
}

/** Whether the case names a company of the institution's list. For the rules; the worker may ask too. */
export async function isCompanyNamed(tx: EntityManager, id: string): Promise<boolean> {
  const [row] = await tx.query<{ named: boolean }[]>('SELECT company_id IS NOT NULL AS named FROM case_file WHERE id = $1', [id]);
  return row?.named === true;
}

/** What the worker needs to tell somebody about a case, or undefined. */
export async function findCaseForNotice(tx: EntityManager, id: string): Promise<CaseForNotice | undefined> {
  const [found] = await tx.query<CaseForNotice[]>(
    `SELECT id, reference, received_at AS "receivedAt", language, answer_language AS "answerLanguage", anonymity,
            desk_team_id AS "deskTeamId"
     FROM case_file WHERE id = $1`,
    [id],
  );
  return found;
}

/** Notes what an officer established: country, kind, company. @returns false when there is no such case */
export async function updateCaseFacts(
  tx: EntityManager,
  id: string,
  facts: Partial<Pick<CaseFile, 'country' | 'kind' | 'anonymity' | 'companyId'>>,
): Promise<boolean> {
  const columnOf = { country: 'country', kind: 'kind', anonymity: 'anonymity', companyId: 'company_id' } as const;
  const given = (Object.keys(columnOf) as (keyof typeof columnOf)[]).filter((fact) => facts[fact] !== undefined);
  if (given.length === 0) {
    return true;
  }
  const set = given.map((fact, index) => `${columnOf[fact]} = $${index + 2}`).join(', ');
  return affectedBy(await tx.query(`UPDATE case_file SET ${set} WHERE id = $1`, [id, ...given.map((fact) => facts[fact])])) === 1;
}

/**
 * Ids of all cases, in the order of ids, a page at a time. For the operator's checks.
 * @param after last id of the page before, or undefined for the first page
 */
export async function listCaseIds(tx: EntityManager, after: string | undefined, limit: number): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }[]>('SELECT id FROM case_file WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2', [
    after ?? null,
    limit,
  ]);
  return rows.map(({ id }) => id);
}

function runnerOf(tx: EntityManager) {
  if (tx.queryRunner === undefined) {
    throw new Error('a store needs the EntityManager of a transaction');
  }
  return tx.queryRunner;
}
