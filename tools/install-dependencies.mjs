import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExpectedFailure } from './expected-failure.mjs';

/** Absolute path of the folder that holds package.json. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Makes a fresh clone runnable: checks Node's version, and runs `npm ci` when `node_modules` is missing or older than the lock file.
 * Uses nothing but Node itself, because nothing else may be there yet.
 */
export function installDependencies() {
  checkNode();
  if (modified('node_modules/.package-lock.json') >= modified('package-lock.json')) return;
  process.stdout.write('Installing packages (npm ci); the first time this takes a minute or two …\n');
  // On Windows npm is a batch file, which only a shell can start.
  const windows = process.platform === 'win32';
  const result = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: windows,
  });
  if (result.error) throw new ExpectedFailure(`npm cannot be started: ${result.error.message}. It comes with Node.js; is it on the PATH?`);
  if (result.status !== 0) throw new ExpectedFailure('npm ci failed; its message is above. Without a network the packages cannot be had.');
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
