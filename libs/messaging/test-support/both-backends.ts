import { Redis } from 'ioredis';

import { createTestDatabase, hasTestRedis, startTestRedis } from '@recourse/testing';

import type { QueueBackendName, QueueSettings } from '../src/queue-backend';

import { TcpGate } from './tcp-gate';

/** The queue's server, behind a door that the test can shut. */
export interface BackendUnderTest {
  readonly name: QueueBackendName;
  /** Settings that lead through the door. */
  readonly settings: QueueSettings;
  readonly gate: TcpGate;
  /** Empties the queue, as a flushed Redis or truncated tables do. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** The queue in PostgreSQL, reached with the worker's own role and its few privileges. */
async function postgresUnderTest(): Promise<BackendUnderTest> {
  const database = await createTestDatabase();
  const { gate, url } = await behindGate(database.urlOf('worker'));
  const owner = await database.dataSource('owner');
  return {
    name: 'postgres',
    settings: { databaseUrl: url },
    gate,
    empty: async () => {
      const [row] = await owner.query<{ tables: string }[]>(
        `SELECT string_agg(format('bullmq.%I', tablename), ', ') AS tables FROM pg_tables
         WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
      );
      await owner.query(`TRUNCATE ${row?.tables ?? ''}`);
    },
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
  return {
    name: 'redis',
    settings: { databaseUrl: 'postgres://unused.invalid/unused', redisUrl: url },
    gate,
    empty: async () => {
      await client.flushdb();
    },
    close: async () => {
      await gate.shut();
      client.disconnect();
      await server.stop();
    },
  };
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
 * Describes the same behaviour on PostgreSQL and on Redis. Without a Redis the second half is skipped, and says so loudly.
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
    (isSkipped ? describe.skip : describe)(`${title} [${name}]`, () => {
      let backend: BackendUnderTest | undefined;
      beforeAll(async () => {
        backend = await start();
      }, 60_000);
      afterAll(() => backend?.close(), 60_000);
      describeOne(() => {
        if (backend === undefined) {
          throw new Error(`The ${name} backend did not start.`);
        }
        return backend;
      });
    });
  }
}
