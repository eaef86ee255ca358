import type { DataSource } from 'typeorm';
import type { QueueBackendName, QueueSettings } from '@recourse/messaging';
import { Redis } from 'ioredis';

import { createTestDatabase, type TestDatabase } from '../test-database';
import { hasTestRedis, startTestRedis } from '../test-redis';
import { TcpGate } from './tcp-gate';

/** A private database and the queue's server, both behind doors that the test can shut. */
export interface BackendUnderTest {
  readonly name: QueueBackendName;
  readonly database: TestDatabase;
  /** Settings that lead through the doors, with the role of the worker. */
  readonly settings: QueueSettings;
  /** The door of the database. */
  readonly databaseGate: TcpGate;
  /** The door of the queue's server; in PostgreSQL the same one. */
  readonly queueGate: TcpGate;
  /** Empties the queue, as a flushed Redis or truncated tables do. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** The queue in PostgreSQL, reached with the worker's own role and its few privileges. */
async function postgresUnderTest(): Promise<BackendUnderTest> {
  const database = await createTestDatabase();
  const { gate, url } = await behindGate(database.urlOf('worker'));
  return {
    name: 'postgres',
    database,
    settings: { databaseUrl: url },
    databaseGate: gate,
    queueGate: gate,
    empty: () => emptyQueueTables(database),
    close: async () => {
      await gate.shut();
      await database.drop();
    },
  };
}

async function redisUnderTest(): Promise<BackendUnderTest> {
  const server = await startTestRedis();
  if (server === undefined) {
    throw new Error('There is neither RECOURSE_TEST_REDIS_URL nor a Redis or Valkey server on the PATH.');
  }
  const client = new Redis(server.url);
  const { gate, url } = await behindGate(server.url);
  const inPostgres = await postgresUnderTest();
  return {
    ...inPostgres,
    name: 'redis',
    settings: { ...inPostgres.settings, redisUrl: url },
    queueGate: gate,
    empty: async () => {
      await client.flushdb();
    },
    close: async () => {
      await gate.shut();
      client.disconnect();
      await server.stop();
      await inPostgres.close();
    },
  };
}

async function emptyQueueTables(database: TestDatabase): Promise<void> {
  const owner = await database.dataSource('owner');
  const [row] = await owner.query<{ tables: string }[]>(
    `SELECT string_agg(format('bullmq.%I', tablename), ', ') AS tables FROM pg_tables
     WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
  );
  await truncate(owner, row?.tables ?? '', 10);
}

/**
 * The worker under test goes on working on these tables, which it locks in another order. PostgreSQL then ends one of the two; when it was us, we
 * come again.
 */
async function truncate(owner: DataSource, tables: string, attempts: number): Promise<void> {
  try {
    await owner.query(`TRUNCATE ${tables}`);
  } catch (error) {
    const isDeadlock = (error as { readonly code?: unknown }).code === '40P01';
    if (!isDeadlock || attempts <= 1) throw error;
    await truncate(owner, tables, attempts - 1);
  }
}

async function behindGate(serverUrl: string): Promise<{ readonly gate: TcpGate; readonly url: string }> {
  const url = new URL(serverUrl);
  const gate = new TcpGate({ host: url.hostname, port: Number(url.port) });
  await gate.open();
  url.hostname = '127.0.0.1';
  url.port = String(gate.port);
  return { gate, url: url.href };
}

/**
 * Describes the same behaviour with the queue in PostgreSQL and in Redis. Without a Redis the second half is skipped, and says so loudly.
 * @param title what is described
 * @param describeOne gets a function that gives the backend, which lives as long as the block
 */
export function describeOnBothBackends(title: string, describeOne: (backend: () => BackendUnderTest) => void): void {
  const backends = { postgres: postgresUnderTest, redis: redisUnderTest } as const;
  for (const [name, start] of Object.entries(backends)) {
    const isSkipped = name === 'redis' && !hasTestRedis();
    if (isSkipped) {
      process.stderr.write(`\n!!! SKIPPED on Redis: "${title}". Install redis-server or set RECOURSE_TEST_REDIS_URL to run it.\n\n`);
    }
    (isSkipped ? describe.skip : describe)(title, () => {
      let backend: BackendUnderTest | undefined;
      beforeAll(async () => {
        backend = await start();
      }, 60_000);
      afterAll(() => backend?.close(), 60_000);
      // Nested, because Jest runs the hooks of the outer block last: what a test started is closed before the servers are.
      describe(`[${name}]`, () => {
        describeOne(() => {
          if (backend === undefined) {
            throw new Error(`The ${name} backend did not start.`);
          }
          return backend;
        });
      });
    });
  }
}
