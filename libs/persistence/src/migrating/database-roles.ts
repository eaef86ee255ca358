import { type Client, DatabaseError } from 'pg';

import { readAlways } from './migration-files';
import { scramVerifier } from './scram';

/** The database role of each process. */
export const PROCESS_ROLES = {
  intake: 'recourse_intake',
  casework: 'recourse_casework',
  worker: 'recourse_worker',
} as const;

/** A process that has a database role of its own. */
export type ProcessName = keyof typeof PROCESS_ROLES;

/** Passwords to set; a role that is absent keeps its own. */
export type RolePasswords = Readonly<Partial<Record<ProcessName, string>>>;

/** What PostgreSQL answers when another database of the same server changes the same role at this moment. */
const COLLISIONS: ReadonlySet<string> = new Set(['23505', '42710', 'XX000', '40001', '40P01']);

const ATTEMPTS = 50;

/**
 * Creates the roles that are missing, gives them their settings and the passwords. Roles belong to the whole server and advisory locks to one
 * database, so two databases migrating at once may collide; the loser simply looks again.
 * @param client connected as somebody who may create roles, outside a transaction
 * @param passwords to set
 */
export async function ensureRoles(client: Client, passwords: RolePasswords): Promise<void> {
  const statements = [await readAlways('roles')];
  for (const [process, password] of Object.entries(passwords) as [ProcessName, string | undefined][]) {
    if (password !== undefined) {
      statements.push(`ALTER ROLE ${PROCESS_ROLES[process]} PASSWORD '${scramVerifier(password)}'`);
    }
  }
  for (const statement of statements) {
    await untilNoCollision(client, statement);
  }
}

/**
 * Sets the privileges and settings that belong to a database as a whole. A clone of a template lacks them.
 * @param client connected to that database as its owner
 */
export async function prepareDatabase(client: Client): Promise<void> {
  await untilNoCollision(client, await readAlways('database'));
}

async function untilNoCollision(client: Client, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(statement);
      return;
    } catch (error) {
      if (!(error instanceof DatabaseError) || !COLLISIONS.has(error.code ?? '') || attempt === ATTEMPTS) {
        throw error;
      }
    }
    await client.query('SELECT pg_sleep($1)', [Math.random() * 0.05]);
  }
}
