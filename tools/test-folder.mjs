import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './is-alive.mjs';
import { isFileError } from './postgres/file-error.mjs';

/** Linux's number for a file system that lies in memory. */
const TMPFS = 0x01021994;

/** Bytes. A whole run was seen to lie on half a gigabyte at its most. */
const roomWanted = 2 * 1024 ** 3;
const memoryWanted = 4 * 1024 ** 3;

/**
 * What is asked of the machine; tests answer for it.
 * @typedef {object} Machine
 * @property {string} sharedMemory where Linux lends memory as a folder
 * @property {(folder: string) => {type: number, bavail: number, bsize: number}} fileSystem throws where there is no such folder
 * @property {() => number} availableMemory bytes
 * @property {(folder: string) => boolean} runsPrograms
 */

/** @type {Machine} */
const thisMachine = {
  sharedMemory: '/dev/shm',
  fileSystem: (folder) => statfsSync(folder),
  availableMemory: () => process.availableMemory(),
  runsPrograms,
};

/**
 * A folder for everything that a run of the tests throws away, in memory where the machine has plenty: 270 databases of 300 files each are made and dropped,
 * and on a disk that alone is a tenth of the processor time. Other accounts can pass through it and see nothing, because PostgreSQL runs under one of them
 * when the tests run as root. Takes away what a run that was killed left in memory.
 * @param {Partial<Machine>} told what is said instead of the machine
 * @returns {string} absolute path; whoever asked removes it
 */
export function makeTestFolder(told = {}) {
  const machine = { ...thisMachine, ...told };
  removeOrphans(machine.sharedMemory);
  const folder = inMemory(machine) ?? made(tmpdir());
  chmodSync(folder, 0o711);
  return folder;
}

/**
 * @param {Machine} machine
 * @returns {string | undefined}
 */
function inMemory(machine) {
  try {
    if (!isRoomy(machine)) return undefined;
    const folder = made(machine.sharedMemory);
    // The browser is unpacked there.
    if (machine.runsPrograms(folder)) return folder;
    rmSync(folder, { recursive: true });
  } catch (error) {
    if (!isFileError(error, 'ENOENT', 'EACCES', 'EPERM', 'EROFS')) throw error;
  }
  return undefined;
}

/** @param {Machine} machine */
function isRoomy({ sharedMemory, fileSystem, availableMemory }) {
  const { type, bavail, bsize } = fileSystem(sharedMemory);
  return type === TMPFS && bavail * bsize >= roomWanted && availableMemory() >= memoryWanted;
}

/**
 * Nobody else can put anything into it.
 * @param {string} parent
 */
function made(parent) {
  return mkdtempSync(join(parent, `${prefix()}${process.pid}-`));
}

/** A number of a process says something among the processes that see it only: two containers can share memory and not their numbers. */
function prefix() {
  return `recourse-test-${numbersOfProcesses()}-`;
}

/** Which numbers of processes these are; one word. */
function numbersOfProcesses() {
  try {
    return readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '');
  } catch {
    return 'all'; // not Linux
  }
}

/** @param {string} folder */
function runsPrograms(folder) {
  const program = join(folder, 'program');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o700, flag: 'wx' });
  const { status } = spawnSync(program);
  rmSync(program);
  return status === 0;
}

/**
 * What lies in memory is taken from everybody until it is gone.
 * @param {string} memory
 */
function removeOrphans(memory) {
  for (const name of namesIn(memory)) {
    const pid = name.startsWith(prefix()) ? Number.parseInt(name.slice(prefix().length), 10) : Number.NaN;
    const folder = join(memory, name);
    if (pid > 0 && !isAlive(pid) && isOurs(folder)) rmSync(folder, { recursive: true, force: true });
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

/** Root, too, takes only its own away. */
function isOurs(/** @type {string} */ folder) {
  const status = lstatSync(folder, { throwIfNoEntry: false });
  return status !== undefined && status.isDirectory() && status.uid === process.getuid?.();
}
