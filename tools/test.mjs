import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ExpectedFailure, report } from './expected-failure.mjs';
import { installDependencies, projectRoot } from './install-dependencies.mjs';
import { forShortRuns } from './short-runs.mjs';
import { makeTestFolder } from './test-folder.mjs';

/**
 * `npm test`: everything. Jest's projects in two runs, because the system tests start processes and want the machine for themselves.
 * `npm test -- libs/vault` runs what matches only.
 */
async function main() {
  await installDependencies();
  await build();
  const folder = makeTestFolder();
  const wanted = process.argv.slice(2);
  /** @type {Run[]} */
  const runs = [];
  try {
    for (const projects of [['unit', 'integration', 'http'], ['system']]) runs.push(await jest(projects, wanted, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  if (!hasRedis())
    sayLoudly(
      'The queue was tested on PostgreSQL only: no redis-server or valkey-server on the PATH, and RECOURSE_TEST_REDIS_URL is not set.',
    );
  const sum = (/** @type {(run: Run) => number} */ pick) => runs.reduce((total, run) => total + pick(run), 0);
  const broken = runs.filter((run) => run.status !== 0 && run.failed === 0).length;
  const failed = sum((run) => run.failed) + broken;
  const skipped = sum((run) => run.skipped);
  process.stdout.write(`\n${sum((run) => run.passed)} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** @typedef {{status: number | null, passed: number, failed: number, skipped: number}} Run */

/**
 * @param {string[]} projects
 * @param {string[]} wanted
 * @param {string} folder for what the tests throw away
 * @returns {Promise<Run>}
 */
async function jest(projects, wanted, folder) {
  const results = join(folder, `${projects[0]}.json`);
  // A connection that a failed test left open must not keep the whole run waiting: what was tested is written by then.
  // Jest's workers inherit the options of Node.
  const parameters = [
    ...forShortRuns,
    'node_modules/jest/bin/jest.js',
    '--forceExit',
    '--selectProjects',
    ...projects,
    '--json',
    '--outputFile',
    results,
    // Where Jest keeps what it compiled when nobody tells it, so that it is there the next time.
    '--cacheDirectory',
    join(tmpdir(), `jest_${process.getuid?.().toString(36) ?? ''}`),
  ];
  // A system test waits half of the time, for what it killed, for a sweep, for the browser: three at once keep two cores busy. More would start
  // more houses than a small machine has memory for. The others wait for PostgreSQL, for a queue, for the end of a second: on two cores two of them at once
  // took 235 seconds, three 197.
  const workers = projects.includes('system') ? 3 : Math.max(3, availableParallelism() - 1);
  parameters.push('--maxWorkers', String(workers));
  if (wanted.length > 0) parameters.push('--passWithNoTests', '--testPathPatterns', ...wanted);
  const status = await run(parameters, folder);
  try {
    const told = JSON.parse(readFileSync(results, 'utf8'));
    const suites = told.numRuntimeErrorTestSuites;
    return { status, passed: told.numPassedTests, failed: told.numFailedTests + suites, skipped: told.numPendingTests + told.numTodoTests };
  } catch (error) {
    process.stderr.write(`Jest left no results: ${error instanceof Error ? error.message : String(error)}\n`);
    return { status: status === 0 ? 1 : status, passed: 0, failed: 0, skipped: 0 };
  }
}

/** Ctrl-C, whoever ends programs, a terminal that is closed. */
const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * @param {readonly string[]} parameters
 * @param {string} folder
 * @returns {Promise<number | null>} null when it was ended by a signal
 */
async function run(parameters, folder) {
  const child = spawn(process.execPath, parameters, {
    cwd: projectRoot,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
  });
  let isStopped = false;
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    isStopped = true;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, stop);
  // Jest ends first, and then the folder can go.
  const [status] = await once(child, 'exit');
  for (const signal of signals) process.off(signal, stop);
  if (isStopped) throw new ExpectedFailure('The tests were stopped.', 130);
  return status;
}

/** Whether there is a second backend of the queue to test with; libs/testing starts it, a server for each file that needs one. */
function hasRedis() {
  if (process.env.RECOURSE_TEST_REDIS_URL) return true;
  return ['redis-server', 'valkey-server'].some((name) => spawnSync(name, ['--version']).status === 0);
}

/** @param {string} sentence */
function sayLoudly(sentence) {
  const line = '!'.repeat(100);
  process.stdout.write(`\n${line}\n${sentence}\n${line}\n`);
}

main().catch((error) => {
  process.exitCode = report(error);
});
