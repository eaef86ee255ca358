import type { EventEmitter } from 'node:events';

import type { DataSource, EntityManager, QueryRunner } from 'typeorm';

import { isAnswerMissing, withoutRowContent } from './postgres-errors';

/** Set in the query runner's own data by `appendToOutbox`. */
export const OUTBOX_WRITTEN = 'recourseOutboxWritten';

/**
 * Runs `work` in one transaction (READ COMMITTED) and gives back what it returns. Whatever it throws rolls everything back and is thrown on,
 * without the content of rows.
 *
 * When the outbox was written, `NOTIFY recourse_outbox` follows the commit on the same connection. Not inside the transaction: PostgreSQL
 * commits notifying transactions one after the other, each waiting for the other's disk flush, which would serialise the filing of complaints. A notification lost
 * in between costs two seconds at most, the relay polls.
 *
 * @param dataSource of the process's own role
 * @param work gets `tx`, which every store takes first
 */
export async function inTransaction<T>(dataSource: DataSource, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.connect();
    await runner.startTransaction();
    const result = await work(runner.manager);
    await runner.commitTransaction();
    if (runner.data[OUTBOX_WRITTEN] === true) {
      await notifyRelay(runner.manager);
    }
    return result;
  } catch (error) {
    if (isAnswerMissing(error)) {
      await throwAway(runner, error);
    } else if (runner.isTransactionActive) {
      await rollBack(runner);
    }
    throw withoutRowContent(error);
  } finally {
    await runner.release();
  }
}

/** TypeORM gives a connection that reports an error back as broken, and the pool closes it; the server rolls back when it notices. */
async function throwAway(runner: QueryRunner, error: unknown): Promise<void> {
  const connection = (await runner.connect()) as EventEmitter;
  connection.emit('error', error);
}

/** A failed roll-back (the connection is gone) must not hide why the transaction failed; the server rolls back by itself then. */
async function rollBack(runner: { rollbackTransaction(): Promise<void> }): Promise<void> {
  await runner.rollbackTransaction().catch(() => undefined);
}

/** The transaction is committed: a notification that cannot be sent may not turn that into a failure. The relay polls. */
async function notifyRelay(manager: EntityManager): Promise<void> {
  await manager.query('NOTIFY recourse_outbox').catch(() => undefined);
}
