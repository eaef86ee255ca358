import type { DataSource } from 'typeorm';

import { PROCESS_ROLES, type ProcessName } from '../migrating/database-roles';

/**
 * Whether a process is connected with the role that its privileges are made for. Call it at start and refuse to run otherwise: a public
 * process that was given the owner's URL by mistake would work, and could read everything.
 * @param dataSource connected
 * @param process which process this is
 * @returns undefined when all is well, otherwise a sentence for the operator, without the URL
 */
export async function findRoleProblem(dataSource: DataSource, process: ProcessName): Promise<string | undefined> {
  const [row] = await dataSource.query<{ name: string; isTooStrong: boolean }[]>(
    `SELECT r.rolname AS name, r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)
              OR EXISTS (SELECT FROM pg_tables t WHERE t.schemaname = 'public' AND t.tableowner = r.rolname) AS "isTooStrong"
     FROM pg_roles r WHERE r.rolname = current_user`,
  );
  const wanted = PROCESS_ROLES[process];
  if (row?.name !== wanted) {
    return `the ${process} process must connect as ${wanted}, not as ${row?.name ?? 'an unknown role'}`;
  }
  return row.isTooStrong
    ? `the role ${wanted} was given powers that it must not have (superuser, a membership, or tables of its own)`
    : undefined;
}
