import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { projectRoot } from '@recourse/config';

/** One numbered SQL file. */
export interface MigrationFile {
  /** File name, for instance `0001_tables.sql`; the order of names is the order of application. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text with line feeds only, so that a checkout on Windows is the same migration. */
  readonly sha256: Buffer;
}

/** Folder of this library's SQL, from the source tree: it is not compiled. */
export const SQL_FOLDER = join(projectRoot, 'libs', 'persistence');

const NAME = /^\d{4}_[a-z0-9_]+\.sql$/;

/**
 * Reads the numbered migrations of a folder, in order.
 * @param folder absolute path
 * @throws Error when a file is misnamed or two have the same number
 */
export async function readMigrations(folder: string): Promise<readonly MigrationFile[]> {
  const names = (await readdir(folder)).sort();
  const misnamed = names.find((name) => !NAME.test(name));
  if (misnamed !== undefined) {
    throw new Error(`${misnamed} is no name for a migration: use NNNN_words.sql`);
  }
  const twice = names.find((name, index) => name.slice(0, 4) === names[index + 1]?.slice(0, 4));
  if (twice !== undefined) {
    throw new Error(`two migrations have the number ${twice.slice(0, 4)}`);
  }
  return Promise.all(names.map(async (name) => toMigration(name, await readFile(join(folder, name), 'utf8'))));
}

/** Reads a statement file that runs at every migration, from `libs/persistence/always`. */
export async function readAlways(name: 'roles' | 'database' | 'queue' | 'statistics'): Promise<string> {
  return readFile(join(SQL_FOLDER, 'always', `${name}.sql`), 'utf8');
}

/** One hash over everything that shapes a fresh database, BullMQ's own schema included; a test template is kept until it changes. */
export async function hashOfSchema(): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, sha256 } of await readMigrations(join(SQL_FOLDER, 'migrations'))) {
    hash.update(name).update(sha256);
  }
  for (const name of ['roles', 'database', 'queue', 'statistics'] as const) {
    hash.update(await readAlways(name));
  }
  const { LATEST_SCHEMA_VERSION } = await import('bullmq');
  return hash.update(String(LATEST_SCHEMA_VERSION)).digest('hex');
}

function toMigration(name: string, text: string): MigrationFile {
  const sql = text.replaceAll('\r\n', '\n');
  return { name, sql, sha256: createHash('sha256').update(sql).digest() };
}
