import { spawn } from 'node:child_process';
import { ExpectedFailure, report } from './expected-failure.mjs';
import { installDependencies, projectRoot } from './install-dependencies.mjs';
import { forShortRuns } from './short-runs.mjs';

/**
 * `npm run check`: what a change must pass before it is worth a review, in under a minute. The first time of a clone takes twice as long as the next (50 seconds
 * and 26 on two cores), because the linter and the formatter remember what they have seen; a machine that is slow on that day takes more than the minute for it.
 * `npm run check -- --write` formats, mends what the linter can mend and writes the generated files first.
 */

const cache = 'node_modules/.cache';

/**
 * The longest first: two run at a time, and the last one to end decides.
 * @type {readonly {name: string, command: readonly string[]}[]}
 */
const parts = [
  {
    name: 'lint',
    command: [
      'node_modules/eslint/bin/eslint.js',
      '--cache',
      '--cache-strategy',
      'content',
      '--cache-location',
      `${cache}/eslint/`,
      '--max-warnings',
      '0',
      '.',
    ],
  },
  // One worker: the other core lints. Compiled sources are cached by Jest itself.
  {
    name: 'unit tests',
    command: ['node_modules/jest/bin/jest.js', '--selectProjects', 'unit', '--maxWorkers', '1', '--silent', '--reporters', 'default'],
  },
  {
    name: 'format',
    command: [
      'node_modules/prettier/bin/prettier.cjs',
      '--check',
      '--log-level',
      'warn',
      '--cache',
      '--cache-location',
      `${cache}/prettier/check`,
      '.',
    ],
  },
  {
    name: 'boundaries',
    command: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'apps',
      'libs',
      'tools',
      'test',
    ],
  },
  // Once for each change of what it depends on: it takes a PostgreSQL.
  { name: 'schema.sql', command: ['tools/check/schema.mjs'] },
  // By the compiler that builds, version 7, in a fifth of the time of version 6; the linter needs that one (ADR 0032, 0040).
  { name: 'types', command: ['node_modules/typescript-native/bin/tsc', '--noEmit', '-p', 'tsconfig.json', '--incremental', 'false'] },
  { name: 'generated files', command: ['tools/generated.mjs', '--check'] },
  { name: 'file names', command: ['tools/check/file-names.mjs'] },
];

const mending = [
  ['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level', 'warn', '.'],
  ['tools/generated.mjs', '--write'],
];

/**
 * @param {readonly string[]} command
 * @returns {Promise<{ok: boolean, output: string, seconds: number}>}
 */
function run(command) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...forShortRuns, ...command], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (status, signal) => {
      if (signal !== null) output += `\nended by ${signal}\n`;
      resolve({ ok: status === 0, output, seconds: (performance.now() - began) / 1000 });
    });
  });
}

async function main() {
  await installDependencies();
  const given = process.argv.slice(2);
  if (given.some((word) => word !== '--write')) throw new ExpectedFailure('Usage: npm run check [-- --write]');
  if (given.includes('--write')) await mend();
  const began = performance.now();
  const waiting = [...parts];
  /** @type {string[]} */
  const failed = [];
  const lane = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const { ok, output, seconds } = await run(part.command);
      process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${part.name.padEnd(16)} ${seconds.toFixed(1).padStart(5)} s\n`);
      if (ok) continue;
      failed.push(part.name);
      process.stdout.write(`${output.trimEnd().replaceAll(/^/gm, '    ')}\n`);
    }
  };
  await Promise.all([lane(), lane()]);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const sentence =
    failed.length === 0 ? `All ${parts.length} parts passed` : `${failed.length} of ${parts.length} parts FAILED: ${failed.join(', ')}`;
  process.stdout.write(`\n${sentence} (${seconds} s)\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

async function mend() {
  for (const command of mending) {
    const { ok, output } = await run(command);
    process.stdout.write(output);
    if (!ok) throw new ExpectedFailure(`${command[0]} failed; its message is above.`);
  }
}

main().catch((error) => {
  process.exitCode = report(error);
});
