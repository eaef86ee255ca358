import { aTeam, freePort, testDatabase } from '@recourse/testing';
import { DataSource, type EntityManager } from 'typeorm';

import { insertTeam, listTeams } from '../institution/team.store';
import { dataSourceOptions } from './data-source-options';
import { inTransaction } from './in-transaction';
import { errorCode, findSetupProblem, isDatabaseAway, UnfitDatabase } from './postgres-errors';

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

describe('findSetupProblem', () => {
  const connecting = (change: Partial<Pick<URL, 'username' | 'password' | 'pathname'>>): Promise<unknown> =>
    failureOf(new DataSource(dataSourceOptions(Object.assign(new URL(database.urlOf('worker')), change).href)).initialize());

  it.each([
    ['a wrong password', { password: 'wrong' }, 'refuses the name or the password'],
    ['a role that is not there', { username: 'recourse_nobody' }, 'refuses the name or the password'],
    ['a database that is not there', { pathname: '/recourse_test_nowhere' }, 'has no database of this name'],
  ])('names %s, and nobody waits for it', async (_, change, problem) => {
    const failure = await connecting(change);
    expect(findSetupProblem(failure)).toContain(problem);
    expect(findSetupProblem(failure)).not.toMatch(/wrong|recourse_(nobody|worker|test)/);
    expect(isDatabaseAway(failure)).toBe(false);
  });

  it('names a schema that is missing, and a privilege', async () => {
    const worker = await database.dataSource('worker');
    const asking = async (sql: string) => findSetupProblem(await failureOf(inTransaction(worker, (tx) => tx.query(sql))));
    expect(await asking('SELECT FROM nothing_of_the_kind')).toContain('run “npm run recourse -- migrate” first');
    expect(await asking('SELECT sealed_key FROM case_key_grant')).toContain('lacks a privilege');
  });

  it('finds the privilege that a migration lacked, and leaves other mistakes in a migration alone', () => {
    const failed = (code: string) => new Error('migration 0001_x.sql failed: …', { cause: Object.assign(new Error('no'), { code }) });
    expect(findSetupProblem(failed('42501'))).toContain('lacks a privilege');
    expect(findSetupProblem(failed('42P01'))).toBeUndefined();
  });

  it('passes on why a database is unfit, and says nothing of a server that is away, of our own mistakes and of anything else', async () => {
    expect(findSetupProblem(new UnfitDatabase('it is a demo'))).toBe('it is a demo');
    const nobody = new DataSource(dataSourceOptions(`postgres://x:y@127.0.0.1:${await freePort()}/z`));
    expect(findSetupProblem(await failureOf(nobody.initialize()))).toBeUndefined();
    const starting = Object.assign(new Error('the database system is starting up'), { code: '57P03' });
    for (const error of [starting, new TypeError('a bug'), new Error('no cause'), undefined])
      expect(findSetupProblem(error)).toBeUndefined();
  });
});
