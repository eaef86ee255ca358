import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExpectedFailure, report } from './expected-failure.mjs';
import { installDependencies, projectRoot, whileNobodyBuilds } from './install-dependencies.mjs';

const stamp = join(projectRoot, 'dist/.built');
const sources = [
  'apps',
  'libs',
  'tools/build-assets.mjs',
  'tools/join-modules.mjs',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
  'package-lock.json',
];

/** Compiles the processes and builds the style sheets, when a source is newer than the last build. */
export async function build() {
  if (isBuilt()) return;
  await whileNobodyBuilds(async (holder) => {
    if (isBuilt()) return;
    process.stdout.write('Building …\n');
    const started = new Date();
    rmSync(stamp, { force: true });
    await runAll(holder, ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'intake'], ['tools/build-assets.mjs']);
    writeFileSync(stamp, `${started.toISOString()}\n`);
  });
}

function isBuilt() {
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.every((source) => newest(join(projectRoot, source)) < built);
}

/**
 * Runs programs side by side and waits for all of them, also when one has failed: nobody else may build while another still writes.
 * @param {import('./one-at-a-time.mjs').Holder} holder
 * @param {string[][]} programs each with its parameters
 */
async function runAll(holder, ...programs) {
  const options = /** @type {const} */ ({ cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'] });
  const codes = await Promise.all(programs.map((parameters) => holder.run(process.execPath, parameters, options)));
  const failed = programs.find((_, index) => codes[index] !== 0);
  if (failed) throw new ExpectedFailure(`The build failed in ${failed[0]}; its message is above.`);
}

/**
 * @param {string} path file or folder
 * @returns {number} milliseconds of the newest change below it, tests left out
 */
function newest(path) {
  const state = statSync(path);
  if (!state.isDirectory()) return state.mtimeMs;
  const inside = readdirSync(path).filter((name) => !/spec\.ts$|^__snapshots__$/.test(name));
  return Math.max(state.mtimeMs, ...inside.map((name) => newest(join(path, name))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await installDependencies();
    await build();
  } catch (error) {
    process.exitCode = report(error);
  }
}
