import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ExpectedFailure } from '../expected-failure.mjs';
import { isFileError } from './file-error.mjs';

/**
 * What `postmaster.pid` says: line 1 the process, line 8 its state (PostgreSQL's pidfile.h).
 * @param {string} cluster
 * @returns {{pid: number, isReady: boolean} | undefined}
 */
export function readPidFile(cluster) {
  let lines;
  try {
    lines = readFileSync(pidFile(cluster), 'utf8').split('\n');
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return undefined;
    throw error;
  }
  return { pid: Math.abs(Number(lines[0])), isReady: (lines[7] ?? '').trim() === 'ready' };
}

/** @param {string} cluster */
function pidFile(cluster) {
  return join(cluster, 'postmaster.pid');
}

/**
 * Clears the way for a new server: a server that outlived its launcher is stopped when `takeOver`, and a pid file that a killed server
 * left behind is removed when its process is gone or is another program by now (frequent in containers, where numbers are low;
 * PostgreSQL itself would refuse to start).
 * @param {string} cluster
 * @param {boolean} takeOver
 */
export async function clearTheWay(cluster, takeOver) {
  if (!existsSync(pidFile(cluster))) return;
  const found = readPidFile(cluster);
  if (!found) return;
  if (!isServerOf(cluster, found.pid)) {
    rmSync(pidFile(cluster), { force: true });
    return;
  }
  if (!takeOver) throw new ExpectedFailure(`A PostgreSQL is running on ${cluster} already (process ${found.pid}).`);
  process.kill(found.pid, 'SIGINT');
  for (let waited = 0; isServerOf(cluster, found.pid); waited += 50) {
    if (waited === 20_000) process.kill(found.pid, 'SIGQUIT');
    if (waited > 30_000) throw new ExpectedFailure(`The PostgreSQL on ${cluster} (process ${found.pid}) does not stop.`);
    await wait(50);
  }
}

/**
 * @param {string} cluster
 * @param {number} pid
 */
function isServerOf(cluster, pid) {
  const command = commandLine(pid);
  return command.includes('postgres') && (command.includes(cluster) || command.includes(realpathSync(cluster)));
}

/**
 * @param {number} pid
 * @returns {string} the command line of a process, empty when there is no such process
 */
export function commandLine(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return '';
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch (error) {
      if (isFileError(error, 'ENOENT', 'ESRCH')) return '';
      throw error;
    }
  }
  if (process.platform === 'win32') return '';
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
}
