import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { freePort } from './embedded-postgres.mjs';
import { report } from './expected-failure.mjs';
import { installDependencies, projectRoot } from './install-dependencies.mjs';

/**
 * `npm test`: everything. Jest's projects in two runs, because the system tests start processes and want the machine for themselves.
 * `npm test -- libs/vault` runs what matches only.
 */
async function main() {
  await installDependencies();
  await build();
  const folder = mkdtempSync(join(tmpdir(), 'recourse-test-'));
  const redis = await findRedis(folder);
  const environment = { ...process.env, ...(redis ? { RECOURSE_TEST_REDIS_URL: redis.url } : {}) };
  const wanted = process.argv.slice(2);
  const runs = [['unit', 'integration', 'http'], ['system']].map((projects) => jest(projects, wanted, folder, environment));
  redis?.stop();
  rmSync(folder, { recursive: true, force: true });
  if (!redis)
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
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Run}
 */
function jest(projects, wanted, folder, environment) {
  const results = join(folder, `${projects[0]}.json`);
  // A connection that a failed test left open must not keep the whole run waiting: what was tested is written by then.
  const parameters = ['node_modules/jest/bin/jest.js', '--forceExit', '--selectProjects', ...projects, '--json', '--outputFile', results];
  // A system test starts a whole house: more than two at once would wait for each other. The others mostly wait for PostgreSQL, so that on two
  // cores two of them at once take 310 seconds and one at a time, which is what Jest would do, 500.
  const workers = projects.includes('system') ? 2 : Math.max(2, availableParallelism() - 1);
  parameters.push('--maxWorkers', String(workers));
  if (wanted.length > 0) parameters.push('--passWithNoTests', '--testPathPatterns', ...wanted);
  const { status } = spawnSync(process.execPath, parameters, {
    cwd: projectRoot,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    const told = JSON.parse(readFileSync(results, 'utf8'));
    const suites = told.numRuntimeErrorTestSuites;
    return { status, passed: told.numPassedTests, failed: told.numFailedTests + suites, skipped: told.numPendingTests + told.numTodoTests };
  } catch (error) {
    process.stderr.write(`Jest left no results: ${error instanceof Error ? error.message : String(error)}\n`);
    return { status: status === 0 ? 1 : status, passed: 0, failed: 0, skipped: 0 };
  }
}

/**
 * The second backend of the queue: the one that was named, or a server of our own on a free port.
 * @param {string} folder where it may write
 * @returns {Promise<{url: string, stop: () => void} | undefined>}
 */
async function findRedis(folder) {
  const named = process.env.RECOURSE_TEST_REDIS_URL;
  if (named) return { url: named, stop: () => undefined };
  const program = ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (!program) return undefined;
  const port = await freePort();
  const server = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder], {
    stdio: 'ignore',
  });
  process.once('exit', () => server.kill('SIGKILL'));
  return { url: `redis://127.0.0.1:${port}`, stop: () => void server.kill('SIGTERM') };
}

/** @param {string} sentence */
function sayLoudly(sentence) {
  const line = '!'.repeat(100);
  process.stdout.write(`\n${line}\n${sentence}\n${line}\n`);
}

main().catch((error) => {
  process.exitCode = report(error);
});
