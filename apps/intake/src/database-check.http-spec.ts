import { randomUUID } from 'node:crypto';
import { FilingSecrets } from '@recourse/cases';
import { markAsDemo } from '@recourse/persistence';
import { testDatabase } from '@recourse/testing';
import { DatabaseCheck } from './database-check';

const database = testDatabase();
const secrets = new FilingSecrets(Buffer.alloc(32, 1), Buffer.alloc(32, 2));

describe('the database of the public door', () => {
  it('is asked for with its own role', async () => {
    const check = new DatabaseCheck(await database.dataSource('intake'), 'production', secrets);
    await expect(check.onApplicationBootstrap()).resolves.toBeUndefined();
  });

  it.each(['owner', 'casework', 'worker'] as const)(
    'is not asked for with that of the %s: then the process does not start',
    async (role) => {
      const check = new DatabaseCheck(await database.dataSource(role), 'test', secrets);
      await expect(check.onApplicationBootstrap()).rejects.toThrow(/recourse_intake/);
    },
  );

  it('is one that was used with the same secrets: otherwise the process does not start', async () => {
    const own = await database.dataSource('intake');
    await new DatabaseCheck(own, 'test', secrets).onApplicationBootstrap();
    const others = new FilingSecrets(Buffer.alloc(32, 3), secrets.receiptSecret);
    await expect(new DatabaseCheck(own, 'test', others).onApplicationBootstrap()).rejects.toThrow('RECOURSE_RECEIPT_PEPPER is another');
    await expect(new DatabaseCheck(own, 'test', secrets).onApplicationBootstrap()).resolves.toBeUndefined();
  });

  it('is no demo workspace in production: then the process does not start', async () => {
    await markAsDemo((await database.dataSource('owner')).manager, { id: randomUUID(), madeAt: new Date() });
    const own = await database.dataSource('intake');
    await expect(new DatabaseCheck(own, 'production', secrets).onApplicationBootstrap()).rejects.toThrow('made as a demo workspace');
    await expect(new DatabaseCheck(own, 'development', secrets).onApplicationBootstrap()).resolves.toBeUndefined();
  });
});
