import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Linux lends memory as a folder. */
const sharedMemory = '/dev/shm';

/** Linux's number for a file system that lies in memory. */
const TMPFS = 0x01021994;

/** Bytes. A whole run was seen to lie on half a gigabyte at its most. */
const roomWanted = 2 * 1024 ** 3;
const memoryWanted = 4 * 1024 ** 3;

const prefix = 'recourse-test-';

/**
 * A folder for everything that a run of the tests throws away, in memory where the machine has plenty: 270 databases of 300 files each are made and dropped,
 * and on a disk that alone is a tenth of the processor time. Anybody may enter it, as the temporary folder of the machine, because PostgreSQL runs
 * under another account when the tests run as root. Takes away what a run that was killed left in memory.
 * @param {string} memory the folder to lie in, when it is fit
 * @returns {string} absolute path; whoever asked removes it
 */
export function makeTestFolder(memory = sharedMemory) {
  removeOrphans(memory);
  const folder = (isRoomy(memory) && madeIn(memory)) || madeIn(tmpdir());
  if (!folder) throw new Error(`No folder can be made in ${tmpdir()}`);
  return folder;
}

/**
 * @param {string} parent
 * @returns {string | undefined} undefined where no program can be run, as the browser has to be
 */
function madeIn(parent) {
  const folder = mkdtempSync(join(parent, `${prefix}${process.pid}-`));
  chmodSync(folder, 0o1777);
  if (parent === tmpdir() || runsPrograms(folder)) return folder;
  rmSync(folder, { recursive: true });
  return undefined;
}

/** @param {string} folder */
function runsPrograms(folder) {
  const program = join(folder, 'program');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 });
  const { status } = spawnSync(program);
  rmSync(program);
  return status === 0;
}

/** @param {string} memory */
function isRoomy(memory) {
  try {
    const { type, bavail, bsize } = statfsSync(memory);
    return type === TMPFS && bavail * bsize >= roomWanted && process.availableMemory() >= memoryWanted;
  } catch {
    return false; // there is no such folder
  }
}

/** What lies in memory is taken from everybody until it is gone. */
function removeOrphans(memory) {
  for (const name of namesIn(memory)) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]);
    if (pid && !isRunning(pid)) removeIfOurs(join(memory, name));
  }
}

/**
 * @param {string} folder
 * @returns {readonly string[]}
 */
function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return []; // there is no such folder
  }
}

/** @param {string} folder */
function removeIfOurs(folder) {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Somebody else's.
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
