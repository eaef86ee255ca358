import { testDatabase } from '@recourse/testing';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source-options';
import { inTransaction } from './in-transaction';
import { isDatabaseAway } from './postgres-errors';

const database = testDatabase();

describe('a server that gives no answer', () => {
  it('is given up after a while, counts as away, and its connection is not used again', async () => {
    const options = dataSourceOptions(database.urlOf('intake'), { poolSize: 1, answerTimeoutMs: 400 });
    const source = await new DataSource(options).initialize();
    try {
      const pid = () => inTransaction(source, async (tx) => (await tx.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid'))[0]?.pid);
      const before = await pid();
      const began = performance.now();
      const hanging = await inTransaction(source, (tx) => tx.query('SELECT pg_sleep(8)')).catch((error: unknown) => error);
      expect(isDatabaseAway(hanging)).toBe(true);
      // The roll-back is not waited for either.
      expect(performance.now() - began).toBeLessThan(4_000);
      expect(await pid()).not.toBe(before);
    } finally {
      await source.destroy();
    }
  });
});
