import { setTimeout as delay } from 'node:timers/promises';

import { assertSchemaCompatibility, PostgresConnection, PostgresQueueBackend, type BackendFactory, type PostgresPoolConfig } from 'bullmq';

/** How to reach the PostgreSQL backend. */
export type PostgresQueueConnection = PostgresPoolConfig & { readonly connectionString: string; readonly schema: string };

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/**
 * A connection that waits for the database instead of giving up.
 *
 * BullMQ 6.7's own `PostgresConnection` remembers the *outcome* of its first attempt: if the database is down at that
 * moment, every later command of that queue fails until the process is restarted. Ours asks again, with growing pauses, until the server
 * answers and the schema is there. After that the pool reconnects by itself.
 */
class PatientPostgresConnection extends PostgresConnection {
  private patientPromise: Promise<void> | undefined;

  override waitUntilReady(): Promise<void> {
    this.patientPromise ??= this.askUntilReady();
    return this.patientPromise;
  }

  private async askUntilReady(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      if (this.isClosing) {
        // BullMQ recognises a closed connection by this text, which is ioredis's.
        throw new Error('Connection is closed.');
      }
      try {
        await assertSchemaCompatibility(this.pool, this.schema);
        setImmediate(() => this.emit('ready'));
        return;
      } catch (error) {
        if (this.listenerCount('error') > 0) {
          this.emit('error', error);
        }
        // Not unref'd: a process that waits for its queue is alive on purpose.
        await delay(pause);
      }
    }
  }
}

/**
 * BullMQ's `createPostgresBackend`, with a {@link PatientPostgresConnection} in place of its own.
 *
 * Not `createPostgresBackend` itself, because that makes its connection inside and offers no way to replace it. The names
 * given to the listening connections are those `createPostgresBackend` gives, so that BullMQ's tools find workers.
 */
export const createPatientPostgresBackend: BackendFactory<PostgresQueueBackend, PostgresQueueConnection> = (
  name,
  opts,
  factoryOpts = {},
) => {
  const workerName = 'name' in opts && typeof opts.name === 'string' ? `:w:${opts.name}` : '';
  const listenerName = factoryOpts.withBlockingConnection ? `${name}${workerName}` : factoryOpts.blocking ? `${name}:qe` : undefined;
  return new PostgresQueueBackend(new PatientPostgresConnection(opts.connection), name, opts, true, listenerName);
};
