import { randomUUID } from 'node:crypto';
import { markAsDemo } from '@recourse/persistence';
import { testDatabase } from '@recourse/testing';
import { DatabaseCheck } from './database-check';

const database = testDatabase();

describe("the database of the staff's rooms", () => {
  it('is asked for with its own role', async () => {
    const check = new DatabaseCheck(await database.dataSource('casework'), 'production');
    await expect(check.onApplicationBootstrap()).resolves.toBeUndefined();
  });

  it.each(['owner', 'intake', 'worker'] as const)('is not asked for with that of the %s: then the process does not start', async (role) => {
    const check = new DatabaseCheck(await database.dataSource(role), 'test');
    await expect(check.onApplicationBootstrap()).rejects.toThrow(/recourse_casework/);
  });

  it('is no demo workspace in production: then the process does not start', async () => {
    await markAsDemo((await database.dataSource('owner')).manager, { id: randomUUID(), madeAt: new Date() });
    const own = await database.dataSource('casework');
    await expect(new DatabaseCheck(own, 'production').onApplicationBootstrap()).rejects.toThrow('made as a demo workspace');
    await expect(new DatabaseCheck(own, 'development').onApplicationBootstrap()).resolves.toBeUndefined();
  });
});
