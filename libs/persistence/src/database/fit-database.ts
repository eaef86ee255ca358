import type { DataSource, EntityManager } from 'typeorm';

import { isDemo } from '../institution/demo-mark.store';
import type { ProcessName } from '../migrating/database-roles';
import { findRoleProblem } from './connected-role';
import { UnfitDatabase } from './postgres-errors';

/** In which mode a program runs; only production is particular about its database. */
export type Mode = 'development' | 'production' | 'test';

/**
 * Refuses production on a database that was made as a demo workspace: its accounts could be used by everybody who has read the source.
 * @param manager any role
 * @throws UnfitDatabase; a failed query when the database is not set up
 */
export async function requireNoDemo(manager: EntityManager, mode: Mode): Promise<void> {
  if ((await isDemo(manager)) && mode === 'production') {
    throw new UnfitDatabase(
      'this database was made as a demo workspace, whose passwords everybody can read, and RECOURSE_MODE is production. Nothing of a demo becomes ' +
        'real: name another, empty database, or for the one that npm start brings another data folder (RECOURSE_DATA_DIR)',
    );
  }
}

/**
 * Whether a process can do its job with this database: the right role, a schema, no demo in production. Call it at start and end the process otherwise; what the
 * operator is to be told of the error says `findSetupProblem`.
 * @param dataSource connected
 * @throws UnfitDatabase; a failed query when the database is not set up
 */
export async function requireFitDatabase(dataSource: DataSource, process: ProcessName, mode: Mode): Promise<void> {
  const problem = await findRoleProblem(dataSource, process);
  if (problem !== undefined) {
    throw new UnfitDatabase(problem);
  }
  await requireNoDemo(dataSource.manager, mode);
}
