import { spawn } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ExpectedFailure } from './expected-failure.mjs';
import { startOrphanGuard } from './orphan-guard.mjs';
import { programPath, usableBinaries } from './postgres/binaries.mjs';
import { databaseName, initialiseCluster, ownerPassword, ownerRole, processOptions } from './postgres/cluster.mjs';
import { findHome, otherPlace, pointerFile, temporaryPlace } from './postgres/home.mjs';
import { clearTheWay, readPidFile } from './postgres/postmaster.mjs';

/** @typedef {import('./postgres/home.mjs').Home} Home */
/** @typedef {import('./embedded-postgres.d.mts').EmbeddedPostgresOptions} EmbeddedPostgresOptions */
/** @typedef {import('./embedded-postgres.d.mts').EmbeddedPostgres} EmbeddedPostgres */

const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Starts the PostgreSQL from npm on a data folder: initialises it the first time, finds yesterday's data the next time.
 *
 * Uses nothing but Node itself. The package `embedded-postgres` brings the binaries; its own JavaScript is not used, because it adds an
 * account to the machine when run by root, cannot place the data where that account can read it, and has no answer to a stale pid file.
 *
 * Throws ExpectedFailure for everything that a person can put right.
 * @param {EmbeddedPostgresOptions} options
 * @returns {Promise<EmbeddedPostgres>}
 */
export async function startEmbeddedPostgres(options) {
  const dataDir = resolve(options.dataDir);
  const fast = options.fast ?? false;
  const home = findHome(dataDir, fast ? temporaryPlace() : otherPlace);
  const binaries = usableBinaries(projectRoot, home.account, home.account ? otherPlace : dataDir);
  if (home.isNew) initialiseCluster(binaries, home, dataDir, fast);
  const password = ownerPassword(dataDir);
  await clearTheWay(home.cluster, options.takeOver ?? false);

  const log = openLog(dataDir);
  const { child, port } = await startServer(binaries, home, options.port, fast, log);
  const guard = options.guard ?? startOrphanGuard();
  guard.watch(/** @type {number} */ (child.pid), 'SIGINT');

  let isStopping = false;
  /** @type {((code: number | null, signal: NodeJS.Signals | null) => void)[]} */
  const listeners = [];
  const exited = new Promise((done) => {
    child.once('exit', (code, signal) => {
      guard.release(/** @type {number} */ (child.pid));
      done(undefined);
      if (!isStopping) listeners.forEach((listener) => listener(code, signal));
    });
  });
  return {
    ownerUrl: `postgres://${ownerRole}:${password}@127.0.0.1:${port}/${databaseName}`,
    port,
    child,
    logFile: log,
    onExit: (listener) => void listeners.push(listener),
    stop: async () => {
      isStopping = true;
      if (child.exitCode === null && child.signalCode === null) await stopServer(child, exited);
      if (fast && home.folder !== dataDir) {
        rmSync(home.folder, { recursive: true, force: true });
        rmSync(pointerFile(dataDir), { force: true });
      }
    },
  };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<unknown>} exited
 */
async function stopServer(child, exited) {
  // SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, everything committed is written.
  child.kill('SIGINT');
  const gaveUp = new AbortController();
  const impatient = wait(30_000, undefined, { signal: gaveUp.signal }).then(
    () => child.kill('SIGQUIT'),
    () => undefined,
  );
  await exited;
  gaveUp.abort();
  await impatient;
}

/**
 * @param {string} binaries
 * @param {Home} home
 * @param {number | undefined} wantedPort
 * @param {boolean} fast
 * @param {string} log
 */
async function startServer(binaries, home, wantedPort, fast, log) {
  const patience = Date.now() + 20_000;
  for (;;) {
    const port = wantedPort ?? (await freePort());
    const logFrom = statSync(log).size;
    const output = openSync(log, 'a', 0o600);
    const child = spawn(programPath(binaries, 'postgres'), serverParameters(home, port, fast), {
      ...processOptions(home),
      // Its own process group: Ctrl-C in the terminal must not stop the database before those who still write to it.
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    if (await becomesReady(child, home.cluster)) return { child, port };
    const said = readFileSync(log).subarray(logFrom).toString('utf8').trim();
    // After a kill -9 the children of the dead server need a moment to notice; a port may be lost between looking and taking.
    const isWorthAnother = /pre-existing shared memory|another postmaster|another server might be running/.test(said);
    const lostPort = /could not bind|could not create any TCP/.test(said);
    if (!(isWorthAnother || (lostPort && wantedPort === undefined)) || Date.now() > patience) {
      throw new ExpectedFailure(`PostgreSQL did not start in ${home.cluster}:\n${said.split('\n').slice(-8).join('\n')}`);
    }
    await wait(100);
  }
}

/**
 * @param {Home} home
 * @param {number} port
 * @param {boolean} fast
 */
function serverParameters(home, port, fast) {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // Socket paths have at most 107 characters, which a deep data folder exceeds; the password is asked for on the loopback.
    unix_socket_directories: '',
    max_connections: '200',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The log names no statement and no value: both can hold what nobody but the holder of a key should see.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    // A killed server still loses nothing that was committed; a machine that loses its power does, which a test never sees.
    ...(fast ? { fsync: 'off', full_page_writes: 'off', autovacuum_naptime: '10min' } : {}),
  };
  return ['-D', home.cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/**
 * Waits while the server recovers, however long that takes: giving up on a long recovery would begin it again.
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} cluster
 * @returns {Promise<boolean>} false when it ended instead
 */
async function becomesReady(child, cluster) {
  let hasEnded = false;
  child.once('error', () => (hasEnded = true));
  child.once('exit', () => (hasEnded = true));
  while (!hasEnded) {
    const state = readPidFile(cluster);
    if (state?.pid === child.pid && state?.isReady) return true;
    await wait(20);
  }
  return false;
}

/** @param {string} dataDir */
function openLog(dataDir) {
  const log = join(dataDir, 'postgresql.log');
  mkdirSync(dataDir, { recursive: true });
  if (existsSync(log) && statSync(log).size > 10_000_000) renameSync(log, `${log}.1`);
  closeSync(openSync(log, 'a', 0o600));
  if (process.platform !== 'win32') chmodSync(log, 0o600);
  return log;
}

/** @returns {Promise<number>} a port of the loopback that nobody used a moment ago */
export function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
