import { testDatabase } from '@recourse/testing';
import { RoleCheck } from './role-check';

const database = testDatabase();

describe('the role of the public door', () => {
  it('is its own', async () => {
    await expect(new RoleCheck(await database.dataSource('intake')).onApplicationBootstrap()).resolves.toBeUndefined();
  });

  it.each(['owner', 'casework', 'worker'] as const)('is not that of the %s: then the process does not start', async (role) => {
    await expect(new RoleCheck(await database.dataSource(role)).onApplicationBootstrap()).rejects.toThrow(/recourse_intake/);
  });
});
