import { aTeam, freePort, testDatabase } from '@recourse/testing';
import { DataSource, type EntityManager } from 'typeorm';

import { insertTeam, listTeams } from '../institution/team.store';
import { dataSourceOptions } from './data-source-options';
import { inTransaction } from './in-transaction';
import { errorCode, isDatabaseAway } from './postgres-errors';

const database = testDatabase();

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => error,
  );

describe('isDatabaseAway', () => {
  it('knows a server that does not answer', async () => {
    const nobody = new DataSource(dataSourceOptions(`postgres://x:y@127.0.0.1:${await freePort()}/z`));
    const failure = await failureOf(nobody.initialize());
    expect(isDatabaseAway(failure)).toBe(true);
  });

  it.each([
    ['before a query', (tx: EntityManager) => tx.query('SELECT 1')],
    ['before the commit', () => Promise.resolve()],
  ])('knows a connection that was cut %s: nothing is stored, nothing is said to be, and the pool goes on', async (_, ask) => {
    const owner = await database.dataSource('owner');
    const killer = await database.dataSource('owner');
    const team = aTeam();
    const failure = await failureOf(
      inTransaction(owner, async (tx) => {
        await insertTeam(tx, team);
        const [row] = await tx.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
        await killer.query('SELECT pg_terminate_backend($1, 5000)', [row?.pid]);
        await ask(tx);
      }),
    );
    expect(isDatabaseAway(failure)).toBe(true);
    expect((await inTransaction(owner, listTeams)).map(({ id }) => id)).not.toContain(team.id);
  });

  it('knows a server that has no connection left', async () => {
    const owner = await database.dataSource('owner');
    await owner.query(`ALTER DATABASE ${database.name} CONNECTION LIMIT 0`);
    try {
      const failure = await failureOf(new DataSource(dataSourceOptions(database.urlOf('worker'))).initialize());
      expect(errorCode(failure)).toBe('53300');
      expect(isDatabaseAway(failure)).toBe(true);
    } finally {
      await owner.query(`ALTER DATABASE ${database.name} CONNECTION LIMIT -1`);
    }
  });

  it('knows one that is too busy: a lock that is not given in time', async () => {
    const owner = await database.dataSource('owner');
    const casework = await database.dataSource('casework');
    await inTransaction(owner, async (tx) => {
      await tx.query('LOCK TABLE company');
      const failure = await failureOf(
        inTransaction(casework, async (second) => {
          await second.query(`SET LOCAL lock_timeout = '20ms'`);
          await second.query('SELECT FROM company');
        }),
      );
      expect(errorCode(failure)).toBe('55P03');
      expect(isDatabaseAway(failure)).toBe(true);
    });
  });

  it('does not take our own mistakes for a server that is away', async () => {
    const owner = await database.dataSource('owner');
    for (const sql of ['SELECT nothing', 'SELECT 1 / 0', 'INSERT INTO team DEFAULT VALUES']) {
      expect(isDatabaseAway(await failureOf(inTransaction(owner, (tx) => tx.query(sql))))).toBe(false);
    }
    expect(isDatabaseAway(new Error('something else'))).toBe(false);
    expect(isDatabaseAway(undefined)).toBe(false);
  });
});
