import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { waitFor } from '@recourse/testing';

const oneAtATime = pathToFileURL(join(__dirname, '../../tools/one-at-a-time.mjs')).href;

describe('a lock whose holder runs two programs side by side', () => {
  let folder: string;
  let started: ChildProcess[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recourse-lock-'));
    started = [];
  });
  afterEach(async () => {
    for (const file of ['slow', 'quick']) writeFileSync(join(folder, file), '');
    await waitFor('all have ended', () => started.every(hasEnded));
    rmSync(folder, { recursive: true, force: true });
  });

  const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
  const there = (file: string) => existsSync(join(folder, file));
  const program = (source: string) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    started.push(child);
    return child;
  };
  /** Says that it runs, and ends when it may. */
  const waiting = (name: string) => `
    const { existsSync, writeFileSync } = require('node:fs');
    writeFileSync('${name}-runs', '');
    const timer = setInterval(() => existsSync('${name}') && (clearInterval(timer), writeFileSync('${name}-done', '')), 10);`;

  it('holds until both have ended, although the holder was killed', async () => {
    const holder = program(`
      const { oneAtATime } = await import('${oneAtATime}');
      const run = (of, name) => of.run(process.execPath, ['--eval', name === 'slow' ? ${JSON.stringify(waiting('slow'))} : ${JSON.stringify(waiting('quick'))}]);
      await oneAtATime('.', 'work', (of) => Promise.all([run(of, 'slow'), run(of, 'quick')]), () => undefined);`);
    await waitFor('both run', () => there('slow-runs') && there('quick-runs'));
    holder.kill('SIGKILL');
    writeFileSync(join(folder, 'quick'), '');
    await waitFor('the holder and the quick one have ended', () => hasEnded(holder) && there('quick-done'));
    const next = program(`
      const { oneAtATime } = await import('${oneAtATime}');
      const { existsSync, writeFileSync } = await import('node:fs');
      const note = (name) => writeFileSync(name, '');
      await oneAtATime('.', 'work', () => note(existsSync('slow-done') ? 'in-turn' : 'too-early'), () => note('waits'));`);
    await waitFor('the next one waits or works', () => there('waits') || hasEnded(next));
    writeFileSync(join(folder, 'slow'), '');
    await waitFor('the next one has worked', () => hasEnded(next));
    expect([there('waits'), there('in-turn'), there('too-early')]).toEqual([true, true, false]);
  });
});
