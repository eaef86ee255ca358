import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeTestFolder } from './test-folder.mjs';

let memory: string;
let made: string[];
beforeEach(() => {
  memory = mkdtempSync(join(tmpdir(), 'memory-'));
  made = [memory];
});
afterEach(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function make(inFolder?: string): string {
  const folder = makeTestFolder(inFolder);
  made.push(folder);
  return folder;
}

/** A process that has ended. */
function numberOfTheDead(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

it('is a folder that other accounts may enter, in which programs run', () => {
  const folder = make();
  expect(statSync(folder).mode & 0o7777).toBe(0o1777);
  writeFileSync(join(folder, 'program'), '#!/bin/sh\nexit 7\n', { mode: 0o700 });
  expect(spawnSync(join(folder, 'program')).status).toBe(7);
});

it('lies in the temporary folder of the machine where the other is not there, or is no memory', () => {
  for (const unfit of [join(memory, 'nowhere'), dirname(__filename)]) {
    expect(dirname(make(unfit))).toBe(tmpdir());
  }
});

it('takes away what a run left behind that is over, and nothing else', () => {
  const orphan = join(memory, `recourse-test-${numberOfTheDead()}-abc`);
  const others = [`recourse-test-${process.pid}-abc`, 'recourse-test-abc', 'somebody-elses'].map((name) => join(memory, name));
  for (const folder of [orphan, ...others]) mkdirSync(join(folder, 'postgres'), { recursive: true });
  make(memory);
  expect([orphan, ...others].map((folder) => existsSync(folder))).toEqual([false, true, true, true]);
});
