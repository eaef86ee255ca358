import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { makeTestFolder, type Machine } from './test-folder.mjs';

const gigabyte = 1024 ** 3;
const roomy = { type: 0x01021994, bavail: 3 * 1024 * 256, bsize: 4096 };

let sharedMemory: string;
let folders: string[];
beforeEach(() => {
  sharedMemory = mkdtempSync(join(tmpdir(), 'memory-'));
  folders = [sharedMemory];
});
afterEach(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** On a machine that has plenty, but for what is told. */
function make(told: Partial<Machine> = {}): string {
  const folder = makeTestFolder({ sharedMemory, fileSystem: () => roomy, availableMemory: () => 5 * gigabyte, ...told });
  folders.push(folder);
  return folder;
}

it('lies in memory where there is plenty; others may pass through it, and programs run there', () => {
  const folder = make();
  expect(dirname(folder)).toBe(sharedMemory);
  expect(statSync(folder).mode & 0o7777).toBe(0o711);
  writeFileSync(join(folder, 'program'), '#!/bin/sh\nexit 7\n', { mode: 0o700 });
  expect(spawnSync(join(folder, 'program')).status).toBe(7);
});

it.each<[string, () => Partial<Machine>]>([
  ['there is no such folder', () => ({ sharedMemory: join(sharedMemory, 'nowhere'), fileSystem: (folder) => statfsSync(folder) })],
  ['it is a disk', () => ({ fileSystem: () => ({ ...roomy, type: 0xef53 }) })],
  ['there is little room in it', () => ({ fileSystem: () => ({ ...roomy, bavail: 16_384 }) })],
  ['the machine has little memory', () => ({ availableMemory: () => 3 * gigabyte })],
  ['no program may run there', () => ({ runsPrograms: () => false })],
  ['nothing may be written there', () => ({ fileSystem: refuses('EACCES') })],
  ['it is read only', () => ({ runsPrograms: refuses('EROFS') })],
])('lies in the temporary folder of the machine when %s', (_, told) => {
  const folder = make(told());
  expect(dirname(folder)).toBe(tmpdir());
  expect(statSync(folder).mode & 0o7777).toBe(0o711);
});

function refuses(code: string): () => never {
  return () => {
    throw Object.assign(new Error(code), { code });
  };
}

/** Of a process that has ended. */
function numberOfTheDead(): string {
  return String(spawnSync(process.execPath, ['-e', '']).pid);
}

it('takes away what a run of ours left behind that is over, and nothing else', () => {
  const orphan = basename(make()).replace(String(process.pid), numberOfTheDead());
  const others = [
    basename(make()),
    // Of another container, whose processes have other numbers.
    orphan.replace(/^recourse-test-\w+/, `recourse-test-${numberOfTheDead()}`),
    'recourse-test-abc',
    'recourse-test-postgres-abc',
    'somebody-elses',
  ];
  for (const name of [orphan, ...others]) mkdirSync(join(sharedMemory, name, 'postgres'), { recursive: true });
  symlinkSync(join(sharedMemory, 'somebody-elses'), join(sharedMemory, `${orphan}2`));
  make();
  expect(existsSync(join(sharedMemory, orphan))).toBe(false);
  expect(readdirSync(sharedMemory)).toEqual(expect.arrayContaining([...others, `${orphan}2`]));
  expect(readlinkSync(join(sharedMemory, `${orphan}2`))).toBe(join(sharedMemory, 'somebody-elses'));
});

it('leaves alone what belongs to another account, also as root', () => {
  if (process.getuid?.() !== 0) {
    process.stderr.write('Not tested: only root can make a folder for another account.\n');
    return;
  }
  const orphan = join(sharedMemory, basename(make()).replace(String(process.pid), numberOfTheDead()));
  mkdirSync(orphan);
  chownSync(orphan, 65_534, 65_534);
  make();
  expect(existsSync(orphan)).toBe(true);
});
