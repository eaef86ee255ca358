import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExpectedFailure, report } from './expected-failure.mjs';
import { installDependencies, projectRoot, whileNobodyBuilds } from './install-dependencies.mjs';

const target = join(projectRoot, 'dist');

/** @typedef {{name: string, sources: readonly string[], prepare: () => void, command: readonly string[]}} Part */

/** @type {readonly Part[]} */
const parts = [
  {
    name: 'programs',
    sources: ['apps', 'libs', 'tools/build.mjs', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    prepare: preparePrograms,
    command: ['node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.build.json'],
  },
  {
    name: 'assets',
    sources: [
      ...['scss', 'scripts', 'images'].map((folder) => `libs/web/${folder}`),
      'tools/build-assets.mjs',
      'tools/join-modules.mjs',
      'package-lock.json',
    ],
    prepare: () => {},
    command: ['tools/build-assets.mjs'],
  },
];

/** Compiles the processes and builds the style sheets: what has a source that is newer than the last build of it. */
export async function build() {
  if (parts.every(isBuilt)) return;
  await whileNobodyBuilds(async (holder) => {
    const left = parts.filter((part) => !isBuilt(part));
    if (left.length === 0) return;
    process.stdout.write('Building …\n');
    mkdirSync(target, { recursive: true });
    const codes = await Promise.all(left.map((part) => buildPart(part, holder)));
    const failed = left.find((_, index) => codes[index] !== 0);
    if (failed) throw new ExpectedFailure(`The build failed in ${failed.command[0]}; its message is above.`);
  });
}

/**
 * The parts are built side by side, and all of them are waited for, also when one has failed: nobody else may build while another still writes.
 * @param {Part} part
 * @param {import('./one-at-a-time.mjs').Holder} holder
 * @returns {Promise<number | null>} exit code
 */
async function buildPart(part, holder) {
  const started = new Date();
  rmSync(stampOf(part), { force: true });
  part.prepare();
  const code = await holder.run(process.execPath, part.command, { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'] });
  if (code !== 0) return code;
  writeFileSync(stampOf(part), '');
  // What is changed while the compiler runs may have been read before the change.
  utimesSync(stampOf(part), started, started);
  return code;
}

/**
 * Everything is compiled anew, in no more time than the compiler needs to find out what changed; so what is there of a source that is gone is taken away.
 * Programs name our libraries as the sources do, `@recourse/cases`. Node looks for such a name in dist/node_modules, and finds there which file was compiled from
 * the one that the name stands for in tsconfig.json.
 */
function preparePrograms() {
  for (const folder of ['apps', 'libs', 'node_modules']) rmSync(join(target, folder), { recursive: true, force: true });
  /** @type {Record<string, [string]>} */
  const names = JSON.parse(readFileSync(join(projectRoot, 'tsconfig.json'), 'utf8')).compilerOptions.paths;
  for (const [name, [source]] of Object.entries(names)) {
    const folder = join(target, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    const main = posix.join('../../..', source.replace(/\.ts$/, '.js'));
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ main })}\n`);
  }
}

/** @param {Part} part */
function isBuilt(part) {
  const built = statSync(stampOf(part), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return part.sources.every((source) => newest(join(projectRoot, source)) < built);
}

/** @param {Part} part */
function stampOf({ name }) {
  return join(target, `.built-${name}`);
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
