import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { publishShippedCalendars, shippedCalendarCodes } from '@recourse/cases';
import { projectRoot } from '@recourse/config';
import { dataSourceOptions, hashOfSchema, migrate } from '@recourse/persistence';
import { Client } from 'pg';
import { DataSource } from 'typeorm';

import { TEST_PASSWORDS, testServerUrl } from './test-settings';

/** Spells "TEST". Advisory locks belong to one database; everybody takes this one in the server's maintenance database. */
const LOCK = 0x54455354;

/** Comment on a template that was migrated to the end. */
const COMPLETE = 'complete';

/**
 * Runs `work` with a connection to the server's maintenance database.
 * @param work gets the connected client
 */
export async function onTestServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: testServerUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * The URL of another database of the test server, perhaps as another role.
 * @param database name
 * @param role and its password; the owner when absent
 */
export function testUrl(database: string, role?: { readonly name: string; readonly password: string }): string {
  const url = new URL(testServerUrl());
  url.pathname = `/${database}`;
  if (role !== undefined) {
    url.username = role.name;
    url.password = role.password;
  }
  return url.href;
}

/** What this process found, which stays for as long as the server does. */
let template: Promise<string> | undefined;

/**
 * Makes sure that there is a migrated template for the present SQL files, and gives its name. The first test file of a run builds it (about a second); the
 * others wait for it, then find it. A new hash makes a new template.
 */
export function ensureTemplate(): Promise<string> {
  template ??= findTemplate().catch((error: unknown) => {
    template = undefined;
    throw error;
  });
  return template;
}

async function findTemplate(): Promise<string> {
  const name = `recourse_template_${(await hashOfContent()).slice(0, 16)}`;
  await onTestServer(async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    if (await isComplete(client, name)) {
      return;
    }
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'`);
    await migrate(testUrl(name), { rolePasswords: TEST_PASSWORDS });
    await publishCalendars(testUrl(name));
    await client.query(`COMMENT ON DATABASE ${name} IS '${COMPLETE}'`);
  });
  return name;
}

/** Of everything that makes a template: a new one makes another. */
async function hashOfContent(): Promise<string> {
  const files = [...(await shippedCalendarCodes()).map((code) => `libs/domain/calendars/${code}.yaml`), 'package-lock.json'];
  const hash = createHash('sha256').update(await hashOfSchema());
  for (const file of files) {
    hash.update(await readFile(join(projectRoot, file)));
  }
  return hash.digest('hex');
}

/** Every test database has the calendars that a new installation has, and nothing that waits because of them. */
async function publishCalendars(url: string): Promise<void> {
  const dataSource = await new DataSource(dataSourceOptions(url, { poolSize: 1, applicationName: 'recourse-test-template' })).initialize();
  try {
    await publishShippedCalendars(dataSource, new Date('2020-01-01T00:00:00Z'));
    await dataSource.query('DELETE FROM outbox_message');
  } finally {
    await dataSource.destroy();
  }
}

async function isComplete(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ comment: string | null }>(
    `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1`,
    [name],
  );
  return rows[0]?.comment === COMPLETE;
}
