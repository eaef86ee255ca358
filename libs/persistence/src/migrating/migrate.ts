import { join } from 'node:path';

import { Client } from 'pg';

import { UnfitDatabase } from '../database/postgres-errors';
import { ensureRoles, prepareDatabase, type RolePasswords } from './database-roles';
import { type MigrationFile, readAlways, readMigrations, SQL_FOLDER } from './migration-files';

/** Choices for {@link migrate}. */
export interface MigrateOptions {
  /** Passwords to give to the roles of the processes; absent ones stay as they are. */
  readonly rolePasswords?: RolePasswords;
  /** Folder of the numbered files, for tests; ours when absent. */
  readonly folder?: string;
}

/** What {@link migrate} did. */
export interface MigrateResult {
  /** Names of the files applied now; empty when the database was up to date. */
  readonly applied: readonly string[];
  /** Version of BullMQ's own schema. */
  readonly queueSchemaVersion: number;
  /**
   * False when the owner is no superuser: PostgreSQL's statistics then tell every role how many rows were inserted, the public process
   * included. Say so to the operator (docs/threat-model.md).
   */
  readonly hidesCounts: boolean;
}

/** Spells "RECO" and "URSE". Held for the whole migration, so that several starters do it once. */
const LOCK = [0x5245434f, 0x55525345] as const;

/**
 * Brings a database up to date: roles, our numbered SQL files (each in a transaction of its own), BullMQ's schema, grants. May be called by any number of
 * starters at once, and again at any time.
 * @param ownerUrl URL of the owner: may create roles, schemas and tables
 * @param options passwords
 * @throws UnfitDatabase when an applied file was edited or one was slipped in, or when a newer release migrated the database
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<MigrateResult> {
  const files = await readMigrations(options.folder ?? join(SQL_FOLDER, 'migrations'));
  const client = new Client({ connectionString: ownerUrl, application_name: 'recourse-migrate' });
  await client.connect();
  try {
    // The lock ends with the connection, whatever happens.
    await client.query('SELECT pg_advisory_lock($1, $2)', [...LOCK]);
    await ensureRoles(client, options.rolePasswords ?? {});
    const applied = await applyFiles(client, files);
    const queueSchemaVersion = await migrateQueueSchema(client);
    await prepareDatabase(client);
    return { applied, queueSchemaVersion, hidesCounts: await hideCounts(client) };
  } finally {
    await client.end();
  }
}

async function applyFiles(client: Client, files: readonly MigrationFile[]): Promise<readonly string[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS schema_migration (
    name text NOT NULL CONSTRAINT schema_migration_pk PRIMARY KEY,
    sha256 bytea NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now())`);
  const { rows } = await client.query<{ name: string; sha256: Buffer }>('SELECT name, sha256 FROM schema_migration');
  const known = new Map(rows.map((row) => [row.name, row.sha256]));
  checkApplied(known, files);
  const pending = files.filter(({ name }) => !known.has(name));
  for (const file of pending) {
    await applyFile(client, file);
  }
  return pending.map(({ name }) => name);
}

function checkApplied(known: ReadonlyMap<string, Buffer>, files: readonly MigrationFile[]): void {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const [name, sha256] of known) {
    const file = byName.get(name);
    if (file === undefined) {
      throw new UnfitDatabase(`it has migration ${name}, which this release does not know: a newer release migrated it, so start that one`);
    }
    if (!file.sha256.equals(sha256)) {
      throw new UnfitDatabase(
        `migration ${name} was changed after it had been applied: restore the file, and write what is new into another`,
      );
    }
  }
  const last = [...known.keys()].sort().at(-1);
  const late = files.find(({ name }) => last !== undefined && name < last && !known.has(name));
  if (late !== undefined) {
    throw new UnfitDatabase(`migration ${late.name} comes before ${String(last)}, which is applied already: give it a higher number`);
  }
}

async function applyFile(client: Client, file: MigrationFile): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(file.sql);
    await client.query('INSERT INTO schema_migration (name, sha256) VALUES ($1, $2)', [file.name, file.sha256]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`migration ${file.name} failed: ${error instanceof Error ? error.message : 'unknown'}`, { cause: error });
  }
}

/** BullMQ brings its own migrations; the worker's role gets what its backend needs and nobody else gets anything. Loaded only here: every process loads this library. */
async function migrateQueueSchema(client: Client): Promise<number> {
  const { runMigrations } = await import('bullmq');
  const version = await runMigrations(client, 'bullmq');
  await client.query(await readAlways('queue'));
  return version;
}

async function hideCounts(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ superuser: boolean }>('SELECT rolsuper AS superuser FROM pg_roles WHERE rolname = current_user');
  if (rows[0]?.superuser !== true) {
    return false;
  }
  await client.query(await readAlways('statistics'));
  return true;
}
