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
    await run(holder, 'node_modules/@nestjs/cli/bin/nest.js', 'build', 'intake');
    await run(holder, 'tools/build-assets.mjs');
    writeFileSync(stamp, `${started.toISOString()}\n`);
  });
}

function isBuilt() {
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.every((source) => newest(join(projectRoot, source)) < built);
}

/**
 * @param {import('./one-at-a-time.mjs').Holder} holder
 * @param {string[]} parameters
 */
async function run(holder, ...parameters) {
  const code = await holder.run(process.execPath, parameters, { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'] });
  if (code !== 0) throw new ExpectedFailure(`The build failed in ${parameters[0]}; its message is above.`);
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
