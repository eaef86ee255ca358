import { testDatabase } from '@recourse/testing';

import { checkDiskRoom, fillTemporaryFile } from './disk-room';
import { inTransaction } from './in-transaction';
import { errorCode } from './postgres-errors';

const database = testDatabase();

describe('whether the disk of the database has room', () => {
  it.each(['intake', 'casework', 'worker'] as const)('can be asked by %s, who may write no file', async (role) => {
    const dataSource = await database.dataSource(role);
    await expect(checkDiskRoom(dataSource)).resolves.toBeUndefined();
    expect(await dataSource.query('SHOW work_mem')).not.toEqual([{ work_mem: '64kB' }]);
  });

  it('is found out by really writing more than a megabyte', async () => {
    const owner = await database.dataSource('owner');
    // A full disk refuses at the same place, with 53100.
    const limited = inTransaction(owner, async (tx) => {
      await tx.query(`SET LOCAL temp_file_limit = '1MB'`);
      await fillTemporaryFile(tx);
    });
    expect(await limited.catch(errorCode)).toBe('53400');
  });
});
