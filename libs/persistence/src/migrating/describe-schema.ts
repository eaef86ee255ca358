import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Client } from 'pg';

import { SQL_FOLDER } from './migration-files';
import { SCHEMA_SECTIONS } from './schema-sections';

/** Where the committed description lies. */
export const SCHEMA_FILE = join(SQL_FOLDER, 'schema.sql');

const HEADER = `-- Made from a migrated database (describe-schema.ts); compared by "npm run check". Read it, never run it: the numbered files in
-- migrations/ make the database. "owner" stands for whoever migrates.
`;

/**
 * Describes the schema `public` of a database: tables, columns, constraints, indexes, comments, row-level security, functions, triggers,
 * grants and the settings of the roles. The same database always gives the same text, whoever owns it and in whichever order it was made.
 * (`pg_dump` is not among the binaries that come from npm.)
 * @param ownerUrl URL of the owner of a migrated database
 */
export async function describeSchema(ownerUrl: string): Promise<string> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'recourse-describe-schema' });
  await client.connect();
  try {
    // With nothing but pg_catalog on the path, PostgreSQL prints every other name with its schema.
    await client.query('BEGIN READ ONLY');
    await client.query('SET LOCAL search_path = pg_catalog');
    const sections: string[] = [];
    for (const { title, sql } of SCHEMA_SECTIONS) {
      const { rows } = await client.query<{ line: string }>(sql);
      sections.push([`-- ── ${title}`, ...rows.map(({ line }) => line)].join('\n'));
    }
    return `${HEADER}\n${sections.join('\n\n')}\n`;
  } finally {
    await client.end();
  }
}

/**
 * Compares a migrated database with the committed description.
 * @param ownerUrl URL of the owner
 * @returns undefined when they agree, otherwise the first lines that differ
 */
export async function findSchemaDifference(ownerUrl: string): Promise<string | undefined> {
  return firstDifference(await readFile(SCHEMA_FILE, 'utf8'), await describeSchema(ownerUrl));
}

/**
 * The first line in which two texts differ, as a sentence; undefined when they agree.
 * @param committed text of the file
 * @param actual text of the database
 */
export function firstDifference(committed: string, actual: string): string | undefined {
  const expected = committed.replaceAll('\r\n', '\n').split('\n');
  const found = actual.split('\n');
  const line = Array.from({ length: Math.max(expected.length, found.length) }).findIndex((_, index) => expected[index] !== found[index]);
  return line === -1
    ? undefined
    : `schema.sql differs from the database at line ${line + 1}: the file has "${expected[line] ?? '(end)'}", the database "${found[line] ?? '(end)'}"`;
}
