import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { ProcedureVersion } from './procedure-version.entity';

/** Publishes a version. The pair (procedure, version) is unique: `procedure_version_procedure_version_uq`. */
export async function insertProcedureVersion(tx: EntityManager, version: ProcedureVersion): Promise<void> {
  await insertRow(tx, ProcedureVersion, version);
}

/** The version a track is pinned to, or undefined. */
export async function findProcedureVersion(tx: EntityManager, id: string): Promise<ProcedureVersion | undefined> {
  return (await tx.findOneBy(ProcedureVersion, { id })) ?? undefined;
}

/** One version of a procedure by its number, or undefined. */
export async function findProcedureVersionByNumber(
  tx: EntityManager,
  procedure: string,
  version: number,
): Promise<ProcedureVersion | undefined> {
  return (await tx.findOneBy(ProcedureVersion, { procedure, version })) ?? undefined;
}

/** The highest version of a procedure, or undefined when it was never published. */
export async function findLatestProcedureVersion(tx: EntityManager, procedure: string): Promise<ProcedureVersion | undefined> {
  const [latest] = await tx.find(ProcedureVersion, { where: { procedure }, order: { version: 'DESC' }, take: 1 });
  return latest;
}

/** A version whose document says that it is of this procedure and which is stored under another one, or undefined. */
export async function findStrayProcedureVersion(
  tx: EntityManager,
  procedure: string,
): Promise<Pick<ProcedureVersion, 'procedure' | 'version'> | undefined> {
  const rows = await tx.query<Pick<ProcedureVersion, 'procedure' | 'version'>[]>(
    `SELECT procedure, version FROM procedure_version
     WHERE procedure <> $1 AND substring(document from '(?n)^procedure:[ \t]*["'']?([a-z][a-z0-9_]*)["'']?[ \t]*(?:#.*)?$') = $1 LIMIT 1`,
    [procedure],
  );
  return rows[0];
}

/** The numbers of the published versions of a procedure, in order. */
export async function listVersionNumbers(tx: EntityManager, procedure: string): Promise<readonly number[]> {
  const rows = await tx.find(ProcedureVersion, { select: { version: true }, where: { procedure }, order: { version: 'ASC' } });
  return rows.map(({ version }) => version);
}

/** Every published version, by procedure and number. */
export async function listProcedureVersions(tx: EntityManager): Promise<readonly ProcedureVersion[]> {
  return tx.find(ProcedureVersion, { order: { procedure: 'ASC', version: 'ASC' } });
}
