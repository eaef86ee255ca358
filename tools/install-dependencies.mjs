import { readFileSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExpectedFailure } from './expected-failure.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { isFileError } from './postgres/file-error.mjs';

/** Absolute path of the folder that holds package.json. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

const wantedList = 'package-lock.json';
const installedList = 'node_modules/.package-lock.json';

/** What the file system says to an account that may only read here. */
const NOT_OURS = ['EPERM', 'EACCES', 'EROFS'];

/** Where those that install or build tell each other. */
const locks = join(projectRoot, '.locks');

/**
 * Makes a fresh clone runnable: checks Node's version, and runs `npm ci` when `node_modules` is missing, or older than the lock file and not
 * what it says. When several are started in the same clone, one installs and the others wait.
 * Uses nothing but Node itself, because nothing else may be there yet.
 */
export async function installDependencies() {
  checkNode();
  if (isUpToDate()) return;
  await oneHere(
    'install',
    async (holder) => {
      if (!isUpToDate()) await install(holder);
    },
    (other) => process.stdout.write(`Packages are being installed by another process (${other}); waiting for it …\n`),
  );
}

/**
 * Does `work` when nobody else builds in this clone: two compilers would write the same files.
 * @template T
 * @param {(holder: import('./one-at-a-time.mjs').Holder) => Promise<T>} work
 * @returns {Promise<T>}
 */
export function whileNobodyBuilds(work) {
  return oneHere('build', work, (other) => process.stdout.write(`Another process (${other}) is building; waiting for it …\n`));
}

/**
 * One at a time in this clone, which may be somebody else's: their packages and their build can be used as they are, not made anew.
 * @template T
 * @param {'install' | 'build'} name
 * @param {(holder: import('./one-at-a-time.mjs').Holder) => Promise<T>} work
 * @param {(pid: number) => void} onWait
 * @returns {Promise<T>}
 */
async function oneHere(name, work, onWait) {
  try {
    return await oneAtATime(locks, name, work, onWait);
  } catch (error) {
    if (!isFileError(error, ...NOT_OURS)) throw error;
    throw new ExpectedFailure(
      `${projectRoot} has to be ${name === 'build' ? 'built' : 'installed'} anew, and this account may not write there. Let its owner run “npm run build”, or make a clone of your own.`,
    );
  }
}

function isUpToDate() {
  return modified(installedList) >= modified(wantedList) || isInstalled();
}

/** @param {import('./one-at-a-time.mjs').Holder} holder */
async function install(holder) {
  process.stdout.write('Installing packages (npm ci); the first time this takes a minute or two …\n');
  // On Windows npm is a batch file, which only a shell can start.
  const windows = process.platform === 'win32';
  const parameters = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  let code;
  try {
    code = await holder.run(windows ? 'npm.cmd' : 'npm', parameters, {
      cwd: projectRoot,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: windows,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExpectedFailure(`npm cannot be started: ${reason}. It comes with Node.js; is it on the PATH?`);
  }
  if (code !== 0) throw new ExpectedFailure('npm ci failed; its message is above. Without a network the packages cannot be had.');
}

/**
 * A checkout or a copy makes the lock file new without changing it, and `npm ci` takes everything away before it installs: under the feet of
 * a process that runs, if need be. So what is installed (npm's own list of it) is compared first.
 */
function isInstalled() {
  if (modified(installedList) === 0) return false;
  const wanted = packagesOf(wantedList);
  const installed = packagesOf(installedList);
  const isComplete = Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || installed[path]?.version === version || ((optional || devOptional) && !installed[path]),
  );
  if (!isComplete || Object.keys(installed).some((path) => !wanted[path])) return false;
  touch(join(projectRoot, installedList));
  return true;
}

/**
 * So that the next start need not compare. Whoever did not install may not, and compares each time.
 * @param {string} path
 */
function touch(path) {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch (error) {
    if (!isFileError(error, ...NOT_OURS)) throw error;
  }
}

/**
 * @param {string} file
 * @returns {Record<string, {version?: string, optional?: boolean, devOptional?: boolean}>}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(join(projectRoot, file), 'utf8')).packages;
}

function checkNode() {
  const wanted = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')).engines.node.replace('>=', '');
  const [major, minor] = wanted.split('.').map(Number);
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  throw new ExpectedFailure(
    `Recourse needs Node.js ${wanted} or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org.`,
  );
}

/**
 * @param {string} file
 * @returns {number} milliseconds; 0 when there is no such file
 */
function modified(file) {
  return statSync(join(projectRoot, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
