import { spawn, spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from './is-alive.mjs';
import { isFileError } from './postgres/file-error.mjs';

/**
 * One process at a time in one folder, however many are started and whichever of them is killed.
 *
 * Node has no lock that ends with its process, and a file with a number in it cannot be taken over without a gap: between reading
 * that the holder is gone and removing its file, another one may have put a new file there. So nothing is taken over. The locks of a name are
 * numbered, `install.1`, `install.2`, …; the highest counts, and the next number can be made by one process only. A lock counts for
 * nothing once it is given back or its processes are gone.
 *
 * A lock names, besides its holder, the programs that the holder runs: `npm ci` goes on when whoever started it is killed.
 */

/** @typedef {{pid: number, startedAt: string}} ProcessIdentity */
/** @typedef {{run: (program: string, parameters: readonly string[], options?: import('node:child_process').SpawnOptions) => Promise<number | null>}} Holder */

/**
 * Does `work` when no other process does work of this name in this folder, waiting for the others first.
 * @template T
 * @param {string} folder for the lock's files; made when missing
 * @param {string} name a word
 * @param {(holder: Holder) => Promise<T>} work runs programs through `holder.run`, so that the lock outlives this process as long as they do
 * @param {(pid: number) => void} onWait told once, when another process has to be waited for
 * @returns {Promise<T>}
 */
export async function oneAtATime(folder, name, work, onWait) {
  const file = await lock(folder, name, onWait);
  /** @type {(ProcessIdentity | undefined)[]} */
  const programs = [];
  try {
    return await work({ run: (program, parameters, options) => runNamed(file, programs, program, parameters, options) });
  } finally {
    write(file, []);
  }
}

/**
 * Runs a program to its end and names it in the lock, beside those that were started before.
 * @param {string} file of the lock
 * @param {(ProcessIdentity | undefined)[]} programs those before; gets this one
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number | null>} its exit code; rejects when it cannot be started
 */
function runNamed(file, programs, program, parameters, options = {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, parameters, options);
    child.once('error', failed);
    child.once('exit', done);
    if (child.pid === undefined) return;
    programs.push(identityOf(child.pid));
    write(file, [identityOf(process.pid), ...programs]);
  });
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {(pid: number) => void} onWait
 * @returns {Promise<string>} the file of the lock
 */
async function lock(folder, name, onWait) {
  mkdirSync(folder, { recursive: true });
  let hasTold = false;
  for (;;) {
    const numbers = numbersOf(folder, name);
    const last = numbers.at(-1) ?? 0;
    const holder = aliveIn(join(folder, `${name}.${last}`));
    if (holder === undefined) {
      const file = make(folder, name, last + 1);
      if (file !== undefined) return file;
    } else {
      if (!hasTold) onWait(holder);
      hasTold = true;
      await wait(200);
    }
  }
}

/**
 * Makes the next lock and clears away those before it.
 * @param {string} folder
 * @param {string} name
 * @param {number} number
 * @returns {string | undefined} the file; nothing when another process was quicker
 */
function make(folder, name, number) {
  const file = join(folder, `${name}.${number}`);
  const own = join(folder, `${name}.made-by-${process.pid}`);
  writeFileSync(own, JSON.stringify([identityOf(process.pid)]));
  try {
    // Unlike writing, linking shows the others a whole file or none.
    linkSync(own, file);
  } catch (error) {
    if (isFileError(error, 'EEXIST')) return undefined;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
  const numbers = numbersOf(folder, name);
  // Somebody may have made and cleared this number, and hold a higher one, since we looked.
  if (numbers.at(-1) !== number) {
    rmSync(file, { force: true });
    return undefined;
  }
  for (const earlier of numbers.slice(0, -1)) rmSync(join(folder, `${name}.${earlier}`), { force: true });
  return file;
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {number[]} the lowest first
 */
function numbersOf(folder, name) {
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${name}.`) && /^\d+$/.test(file.slice(name.length + 1)))
    .map((file) => Number(file.slice(name.length + 1)))
    .sort((one, other) => one - other);
}

/**
 * @param {string} file of a lock
 * @returns {number | undefined} a process that holds it
 */
function aliveIn(file) {
  try {
    const holders = /** @type {ProcessIdentity[]} */ (JSON.parse(readFileSync(file, 'utf8')));
    return holders.find(({ pid, startedAt }) => identityOf(pid)?.startedAt === startedAt)?.pid;
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * @param {string} file of a lock
 * @param {(ProcessIdentity | undefined)[]} holders those that live
 */
function write(file, holders) {
  const next = `${file}-next`;
  writeFileSync(next, JSON.stringify(holders.filter((holder) => holder !== undefined)));
  renameSync(next, file);
}

/**
 * Which process it is: a number alone is somebody else's after a restart of the machine, and in containers all the time.
 * @param {number} pid
 * @returns {ProcessIdentity | undefined} nothing when it has ended
 */
function identityOf(pid) {
  const startedAt = startOf(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/**
 * @param {number} pid
 * @returns {string | undefined} when it was started, in whatever words the system has for it
 */
function startOf(pid) {
  if (process.platform === 'linux') {
    try {
      // proc(5): after the name in brackets, which may hold anything, come the state and, 19 fields on, the start in ticks since the machine's.
      const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return state === 'Z' ? undefined : fields[18];
    } catch (error) {
      if (isFileError(error, 'ENOENT', 'ESRCH')) return undefined;
      throw error;
    }
  }
  if (process.platform === 'win32') return isAlive(pid) ? 'unknown' : undefined;
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() || undefined;
}
