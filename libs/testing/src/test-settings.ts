import type { PasswordCost } from '@recourse/vault';

/** Password of each process's role in test databases. Not secret: a test server listens on this machine only and ends with the run. */
export const TEST_PASSWORDS = { intake: 'test-only-intake', casework: 'test-only-casework', worker: 'test-only-worker' } as const;

/**
 * What a guess at the password of an invented member of staff costs: the same Argon2id, 3,000 times cheaper. An account keeps its cost, so signing in is
 * as cheap; at the standard cost the accounts of one institution take two seconds, and most test files set one up.
 */
export const TEST_PASSWORD_COST: PasswordCost = { opslimit: 1, memlimit: 64 * 1024 };

/**
 * URL of the PostgreSQL server of this run, as its owner. Set by `libs/testing/jest/global-setup.mjs`: `RECOURSE_TEST_DATABASE_URL` when that is given,
 * otherwise a server of our own.
 * @throws Error outside the integration and http projects of Jest
 */
export function testServerUrl(): string {
  const url = process.env['RECOURSE_TEST_SERVER_URL'];
  if (url === undefined) {
    throw new Error('there is no test server: name the file *.int-spec.ts or *.http-spec.ts, so that Jest starts one');
  }
  return url;
}

/**
 * Folder for what the system tests make once for a whole run. Set by `libs/testing/jest/system-setup.mjs`.
 * @throws Error outside the system project of Jest
 */
export function testSystemFolder(): string {
  const folder = process.env['RECOURSE_TEST_SYSTEM_DIR'];
  if (folder === undefined) throw new Error('there is no folder for system tests: name the file *.e2e.ts, so that Jest makes one');
  return folder;
}

/** URL of a Redis or Valkey to test the queue with, when one is named. */
export function testRedisUrl(): string | undefined {
  return process.env['RECOURSE_TEST_REDIS_URL'];
}

/** The folders in which programs are looked for. */
export function programFolders(): readonly string[] {
  return (process.env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':').filter((folder) => folder !== '');
}

/**
 * Options of Node for the programs that tests start: how late V8 optimizes, when this run was told (tools/short-runs.mjs), and nothing else, because two
 * programs cannot be debugged on one port. The launcher hands it on to what it starts.
 */
export const nodeOptionsOfPrograms: readonly string[] = process.execArgv.filter((option) => option.startsWith('--interrupt-budget='));
