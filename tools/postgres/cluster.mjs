import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExpectedFailure } from '../expected-failure.mjs';
import { programPath } from './binaries.mjs';
import { accessFile, makePrivateFolder, unfinishedCluster } from './home.mjs';

/** @typedef {import('./home.mjs').Home} Home */

export const ownerRole = 'recourse_owner';
export const databaseName = 'recourse';

/**
 * Initialises a cluster with one owner role and one database.
 *
 * It is made under another name and renamed when complete: a start that is killed half-way leaves no half cluster. Text is sorted by
 * PostgreSQL's own C.UTF-8, so that an index means the same on every machine and after every upgrade of the system's libraries.
 * @param {string} binaries
 * @param {Home} home
 * @param {string} dataDir
 * @param {boolean} fast skip fsync and make passwords cheap, for tests
 */
export function initialiseCluster(binaries, home, dataDir, fast) {
  const password = randomBytes(24).toString('hex');
  const unfinished = unfinishedCluster(home.folder);
  const passwordFile = join(home.folder, 'cluster.password');
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  makePrivateFolder(unfinished, home.account);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (home.account) chownSync(passwordFile, home.account.uid, home.account.gid);
  try {
    run(programPath(binaries, 'initdb'), home, [
      `--pgdata=${unfinished}`,
      `--username=${ownerRole}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      // Somebody who guesses at a test's passwords may be fast.
      ...(fast ? ['--no-sync', '--set=scram_iterations=1'] : []),
    ]);
    // The single-user mode needs no client library and no port.
    run(
      programPath(binaries, 'postgres'),
      home,
      ['--single', '-D', unfinished, ...(fast ? ['-F'] : []), 'postgres'],
      `CREATE DATABASE ${databaseName}\n`,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(accessFile(dataDir), `${JSON.stringify({ owner: ownerRole, password })}\n`, { mode: 0o600, flush: true });
  renameSync(unfinished, home.cluster);
}

/**
 * @param {string} dataDir
 * @returns {string} the owner's password
 */
export function ownerPassword(dataDir) {
  if (!existsSync(accessFile(dataDir))) {
    throw new ExpectedFailure(`The password of the embedded database is missing: ${accessFile(dataDir)}. Restore it from a backup.`);
  }
  return JSON.parse(readFileSync(accessFile(dataDir), 'utf8')).password;
}

/**
 * @param {string} program
 * @param {Home} home
 * @param {string[]} parameters
 * @param {string} [input]
 */
function run(program, home, parameters, input) {
  const result = spawnSync(program, parameters, { ...processOptions(home), input: input ?? '', encoding: 'utf8' });
  const said = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
  if (result.error) throw new ExpectedFailure(`PostgreSQL's ${program} cannot be run: ${result.error.message}`);
  // The single-user mode answers 0 even after an error in a statement.
  if (result.status !== 0 || /\b(ERROR|FATAL):/.test(said)) {
    throw new ExpectedFailure(`PostgreSQL could not make its database in ${home.folder}:\n${said.split('\n').slice(-8).join('\n')}`);
  }
}

/**
 * PostgreSQL gets nothing of our environment: no proxy settings, no PG… variables, no locale of the person who starts it.
 * @param {Home} home
 */
export function processOptions(home) {
  return {
    ...(home.account ? { uid: home.account.uid, gid: home.account.gid } : {}),
    cwd: home.folder,
    env: {
      PATH: process.env.PATH ?? '',
      LC_ALL: 'C',
      TZ: 'UTC',
      ...(process.env.SYSTEMROOT ? { SYSTEMROOT: process.env.SYSTEMROOT } : {}),
    },
  };
}
