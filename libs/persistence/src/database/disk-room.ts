import type { DataSource, EntityManager } from 'typeorm';

import { inTransaction } from './in-transaction';

/**
 * Resolves when the disk of the database has room for a few megabytes, rejects (53100) when it has not. Writes nothing: it counts more rows than may be held in
 * memory, so that the server puts them into a temporary file, which it removes.
 *
 * Measured with PostgreSQL 18 on a file system without room: `SELECT 1` and an insert that is rolled back succeed, because a page and a piece of the log are there
 * already; this fails. It takes some 40 milliseconds, so ask now and then only.
 */
export async function checkDiskRoom(dataSource: DataSource): Promise<void> {
  await inTransaction(dataSource, fillTemporaryFile);
}

/** Has the server write more than a megabyte into a file of its own. */
export async function fillTemporaryFile(tx: EntityManager): Promise<void> {
  await tx.query(`SELECT set_config('work_mem', '64kB', true)`);
  await tx.query('SELECT count(*) FROM generate_series(1, 100000)');
}
