import { randomBytes } from 'node:crypto';

import { dataSourceOptions, PROCESS_ROLES, prepareDatabase, type ProcessName } from '@recourse/persistence';
import { Client } from 'pg';
import { DataSource } from 'typeorm';

import { ensureTemplate, onTestServer, testUrl } from './template-database';
import { TEST_PASSWORDS } from './test-settings';

/** Who connects: the owner, or one of the processes with its own role. */
export type TestRole = 'owner' | ProcessName;

/** A private database, migrated and empty. */
export class TestDatabase {
  readonly #opened = new Map<TestRole, Promise<DataSource>>();

  /** @param name of the database on the test server */
  constructor(readonly name: string) {}

  /** URL for a role; passwords are those of tests. */
  urlOf(role: TestRole): string {
    return role === 'owner' ? testUrl(this.name) : testUrl(this.name, { name: PROCESS_ROLES[role], password: TEST_PASSWORDS[role] });
  }

  /** A connected `DataSource` for a role, opened once and closed with the database. */
  async dataSource(role: TestRole): Promise<DataSource> {
    const known = this.#opened.get(role);
    if (known !== undefined) {
      return known;
    }
    const opening = new DataSource({
      ...dataSourceOptions(this.urlOf(role), { poolSize: 20, applicationName: `test-${role}` }),
    }).initialize();
    this.#opened.set(role, opening);
    return opening;
  }

  /** Closes what was opened here and drops the database, whoever else is still connected. */
  async drop(): Promise<void> {
    const sources = await Promise.all(this.#opened.values());
    await Promise.all(sources.map((source) => source.destroy()));
    await onTestServer((client) => client.query(`DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`));
  }
}

/**
 * Makes a private database as a clone of the migrated template (about 0.1 s). Drop it afterwards; {@link testDatabase} does so by itself.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = await ensureTemplate();
  const database = new TestDatabase(`recourse_test_${randomBytes(8).toString('hex')}`);
  await onTestServer((client) => client.query(`CREATE DATABASE ${database.name} TEMPLATE ${template} STRATEGY FILE_COPY`));
  const client = new Client({ connectionString: database.urlOf('owner') });
  await client.connect();
  try {
    await prepareDatabase(client);
  } finally {
    await client.end();
  }
  return database;
}

/**
 * Gives the tests of this file (or this `describe`) a private database: call it once, outside of any test. Made before the first test, dropped
 * after the last.
 * @returns a handle that works from `beforeAll` on
 */
export function testDatabase(): Pick<TestDatabase, 'urlOf' | 'dataSource'> & { readonly name: string } {
  let database: TestDatabase | undefined;
  const made = (): TestDatabase => {
    if (database === undefined) {
      throw new Error('the test database is made in beforeAll: use it inside of tests');
    }
    return database;
  };
  beforeAll(async () => {
    database = await createTestDatabase();
  }, 60_000);
  afterAll(async () => {
    await database?.drop();
  }, 60_000);
  return {
    get name() {
      return made().name;
    },
    urlOf: (role) => made().urlOf(role),
    dataSource: (role) => made().dataSource(role),
  };
}
