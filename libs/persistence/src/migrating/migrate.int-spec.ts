import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';

import { TEST_PASSWORDS, testDatabase } from '@recourse/testing';
import { Client } from 'pg';

import { findSetupProblem } from '../database/postgres-errors';
import { describeSchema } from './describe-schema';
import { migrate } from './migrate';
import { SQL_FOLDER } from './migration-files';

const shared = testDatabase();

/** Runs `work` on a fresh, empty database of its own. */
async function onEmptyDatabase(work: (url: string) => Promise<void>): Promise<void> {
  const name = `recourse_test_empty_${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString: shared.urlOf('owner') });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
    const url = new URL(shared.urlOf('owner'));
    url.pathname = `/${name}`;
    await work(url.href);
  } finally {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.end();
  }
}

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Runs `work` with a folder of migrations that holds these files. */
async function withMigrations(files: Readonly<Record<string, string>>, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-migrations-'));
  try {
    for (const [name, sql] of Object.entries(files)) {
      await writeFile(join(folder, name), sql);
    }
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What the operator is told instead of a stack trace. */
const problemOf = (migrating: Promise<unknown>): Promise<string | undefined> => migrating.then(() => undefined, findSetupProblem);

describe('migrate', () => {
  it('installs once when twenty start at the same time', async () => {
    await onEmptyDatabase(async (url) => {
      const results = await Promise.all(Array.from({ length: 20 }, () => migrate(url, { rolePasswords: TEST_PASSWORDS })));
      const installers = results.filter(({ applied }) => applied.length > 0);
      expect(installers).toHaveLength(1);
      const rows = await ask<{ name: string }>(url, 'SELECT name FROM schema_migration ORDER BY name');
      expect(rows.map(({ name }) => name)).toEqual(installers[0]?.applied);
      expect(await ask(url, 'SELECT FROM case_file')).toEqual([]);
    });
  }, 60_000);

  it('migrates several databases of one server at the same time, which share the roles', async () => {
    await onEmptyDatabase(async (first) => {
      await onEmptyDatabase(async (second) => {
        const urls = [first, second, first, second, first, second];
        const results = await Promise.all(urls.map((url) => migrate(url, { rolePasswords: TEST_PASSWORDS })));
        expect(results.filter(({ applied }) => applied.length > 0)).toHaveLength(2);
      });
    });
  }, 60_000);

  it('changes nothing the second time', async () => {
    expect(await migrate(shared.urlOf('owner'))).toMatchObject({ applied: [], hidesCounts: true });
  });

  it('lets each process in with the password it was given', async () => {
    for (const [process, role] of [
      ['intake', 'recourse_intake'],
      ['casework', 'recourse_casework'],
      ['worker', 'recourse_worker'],
    ] as const) {
      expect(await ask(shared.urlOf(process), 'SELECT current_user AS role, current_setting($$jit$$) AS jit')).toEqual([
        { role, jit: 'off' },
      ]);
    }
  });

  it('refuses an applied file that was changed', async () => {
    await onEmptyDatabase(async (url) => {
      await withMigrations({ '0001_one.sql': 'CREATE TABLE one (a int)' }, async (folder) => {
        await migrate(url, { folder });
        await writeFile(join(folder, '0001_one.sql'), 'CREATE TABLE one (a int, b int)');
        expect(await problemOf(migrate(url, { folder }))).toMatch(
          /^migration 0001_one\.sql was changed after it had been applied: restore/,
        );
      });
    });
  });

  it('refuses a database that a newer release migrated', async () => {
    await onEmptyDatabase(async (url) => {
      await withMigrations({ '0001_one.sql': 'SELECT 1', '0002_two.sql': 'SELECT 2' }, async (folder) => {
        await migrate(url, { folder });
        await rm(join(folder, '0002_two.sql'));
        expect(await problemOf(migrate(url, { folder }))).toMatch(
          / 0002_two\.sql, which this release does not know: a newer release migrated it/,
        );
      });
    });
  });

  it('refuses a file that was slipped in before an applied one', async () => {
    await onEmptyDatabase(async (url) => {
      await withMigrations({ '0002_two.sql': 'SELECT 2' }, async (folder) => {
        await migrate(url, { folder });
        await writeFile(join(folder, '0001_one.sql'), 'SELECT 1');
        expect(await problemOf(migrate(url, { folder }))).toMatch(/0001_one\.sql comes before 0002_two\.sql/);
      });
    });
  });

  it('leaves nothing of a file that fails half-way, and keeps the files before it', async () => {
    await onEmptyDatabase(async (url) => {
      const files = { '0001_one.sql': 'CREATE TABLE one (a int)', '0002_two.sql': 'CREATE TABLE two (a int); SELECT 1 / 0' };
      await withMigrations(files, async (folder) => {
        await expect(migrate(url, { folder })).rejects.toThrow('migration 0002_two.sql failed: division by zero');
        expect(await ask(url, `SELECT to_regclass('one') IS NOT NULL AS one, to_regclass('two') IS NOT NULL AS two`)).toEqual([
          { one: true, two: false },
        ]);
      });
    });
  });

  it('chains what was recorded of accounts and teams before there was a chain, in the order in which it happened', async () => {
    await onEmptyDatabase(async (url) => {
      await withMigrations({}, async (folder) => {
        const names = await readdir(join(SQL_FOLDER, 'migrations'));
        const copy = (until: string) =>
          Promise.all(names.filter((name) => name < until).map((name) => cp(join(SQL_FOLDER, 'migrations', name), join(folder, name))));
        await copy('0018');
        await migrate(url, { folder });
        await ask(
          url,
          `INSERT INTO staff_member (id, sign_in_name, display_name, email, role, language, public_key, wrapped_secret_key, kdf, active, created_at)
           VALUES (gen_random_uuid(), 'a', 'A', 'a@recourse.example', 'officer', 'en', decode(repeat('07', 32), 'hex'), '\\x01', '{}', true, now());
           INSERT INTO staff_event (id, staff_id, type, payload, actor_id, occurred_at)
           SELECT gen_random_uuid(), s.id, 'left_team', jsonb_build_object('putBack', n), s.id, timestamptz '2026-03-02' - n * interval '1 hour'
           FROM staff_member s, generate_series(1, 5) n`,
        );
        await copy('9999');
        await migrate(url, { folder });
        const rows = await ask<{ nth: number; holds: boolean }>(
          url,
          `SELECT (e.payload->>'putBack')::int AS nth, e.hash = recourse_staff_event_hash(e)
             AND e.prev_hash = lag(e.hash, 1, decode(repeat('00', 32), 'hex')) OVER (ORDER BY e.seq) AS holds
           FROM staff_event e ORDER BY e.seq`,
        );
        expect(rows).toEqual([5, 4, 3, 2, 1].map((nth) => ({ nth, holds: true })));
        expect(
          await ask(url, 'SELECT FROM staff_chain c JOIN staff_event e ON e.seq = c.last_seq AND e.hash = c.last_hash WHERE e.seq = 5'),
        ).toHaveLength(1);
        await expect(ask(url, `UPDATE staff_event SET type = 'x'`)).rejects.toThrow('the record is append-only');
      });
    });
  }, 60_000);

  it.each([
    ['a demo workspace of an earlier release', 'ilse.varga-mensah@recourse.example', 1],
    ['nobody else', 'ilse@institution.example', 0],
  ])(
    'marks %s as one',
    async (_, email, marks) => {
      await onEmptyDatabase(async (url) => {
        await withMigrations({}, async (folder) => {
          const names = await readdir(join(SQL_FOLDER, 'migrations'));
          const earlier = names.filter((name) => name < '0037');
          await Promise.all(earlier.map((name) => cp(join(SQL_FOLDER, 'migrations', name), join(folder, name))));
          await migrate(url, { folder });
          await ask(
            url,
            `INSERT INTO staff_member (id, sign_in_name, display_name, email, role, language, public_key, wrapped_secret_key, kdf, active, created_at)
           VALUES (gen_random_uuid(), 'ilse', 'I', '${email}', 'supervisor', 'en', decode(repeat('07', 32), 'hex'), '\\x01', '{}', true, now())`,
          );
          await migrate(url);
          expect(await ask(url, 'SELECT FROM demo_mark')).toHaveLength(marks);
          await expect(ask(url, 'DELETE FROM demo_mark')).rejects.toThrow('the record is append-only');
        });
      });
    },
    60_000,
  );

  it('never opens the schema to everybody', async () => {
    expect(
      await ask(
        shared.urlOf('owner'),
        `SELECT has_schema_privilege('public', 'public', 'USAGE') AS ours, has_schema_privilege('public', 'bullmq', 'USAGE') AS queue`,
      ),
    ).toEqual([{ ours: false, queue: false }]);
  });

  it('works for an owner who is no superuser, and then says that counts are not hidden', async () => {
    const owner = new Client({ connectionString: shared.urlOf('owner') });
    await owner.connect();
    const name = `recourse_test_plain_${randomBytes(6).toString('hex')}`;
    try {
      await owner.query(`CREATE ROLE ${name} LOGIN CREATEROLE NOSUPERUSER PASSWORD 'test-only'`);
      await owner.query(`CREATE DATABASE ${name} OWNER ${name} TEMPLATE template0`);
      // The roles exist already in this server; their admin has to let the new owner hand out grants to them.
      const url = new URL(shared.urlOf('owner'));
      Object.assign(url, { pathname: `/${name}`, username: name, password: 'test-only' });
      expect(await migrate(url.href, { folder: join(SQL_FOLDER, 'migrations') })).toMatchObject({ hidesCounts: false });
      expect(await ask(url.href, 'SELECT FROM case_file')).toEqual([]);
      expect(await describeSchema(url.href)).toBe(await describeSchema(shared.urlOf('owner')));
    } finally {
      await owner.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await owner.query(`DROP ROLE IF EXISTS ${name}`);
      await owner.end();
    }
  }, 60_000);
});
