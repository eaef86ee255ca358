import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { waitFor } from '@recourse/testing';

const root = join(__dirname, '../..');

/** Stands for npm: notes that it began, waits until it is let go on, and leaves the list of what is installed, as npm does at its end. */
const NPM = `#!${process.execPath}
const { appendFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs');
appendFileSync('begun', process.pid + '\\n');
const timer = setInterval(() => {
  if (!existsSync('go')) return;
  clearInterval(timer);
  mkdirSync('node_modules', { recursive: true });
  writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: {} }));
}, 10);
`;

/** The number of an account without rights. */
const NOBODY = 65_534;

/** A starter in the fresh clone. */
interface Starter {
  readonly process: ChildProcess;
  printed(): string;
  /** Waits for its end. @returns exit code or signal */
  end(): Promise<number | NodeJS.Signals | null>;
}

describe('several starters in one fresh clone', () => {
  let folder: string;
  let starters: Starter[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recourse-install-'));
    cpSync(join(root, 'tools'), join(folder, 'tools'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ engines: { node: '>=20.19' } }));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: {} }));
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/npm'), NPM);
    chmodSync(join(folder, 'bin/npm'), 0o755);
    starters = [];
  });
  afterEach(async () => {
    letGo();
    starters.forEach(({ process: starter }) => starter.kill('SIGKILL'));
    await Promise.all(starters.map((starter) => starter.end()));
    await waitFor('npm has ended', () => begun().every((pid) => !isAlive(pid)));
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (uid?: number): Starter => {
    const install = pathToFileURL(join(folder, 'tools/install-dependencies.mjs')).href;
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `try { await (await import('${install}')).installDependencies(); console.log('installed'); }
         catch (error) { console.log(error.name === 'ExpectedFailure' ? error.message : error.stack); process.exitCode = 1; }`,
      ],
      {
        cwd: folder,
        ...(uid === undefined ? {} : { uid, gid: uid }),
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` },
      },
    );
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    const starter = {
      process: child,
      printed: () => printed,
      end: async () => {
        // npm, which outlives it, may keep the pipe open: the process's own end is what counts.
        await waitFor('it has ended', () => child.exitCode !== null || child.signalCode !== null);
        return child.exitCode ?? child.signalCode;
      },
    };
    starters.push(starter);
    return starter;
  };
  const begun = () => {
    const note = join(folder, 'begun');
    return existsSync(note) ? readFileSync(note, 'utf8').split('\n').filter(Boolean).map(Number) : [];
  };
  const npmRuns = (times: number) => waitFor(`npm was started ${times} times`, () => begun().length === times);
  const letGo = () => writeFileSync(join(folder, 'go'), '');
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const waits = (starter: Starter) => waitFor('it waits', () => starter.printed().includes('being installed by another process'));

  it('install once, and the others wait', async () => {
    const all = [start(), start(), start(), start()];
    await npmRuns(1);
    await waitFor('three wait', () => all.filter((one) => one.printed().includes('waiting for it')).length === 3);
    letGo();
    expect(await Promise.all(all.map((one) => one.end()))).toEqual([0, 0, 0, 0]);
    expect(begun()).toHaveLength(1);
    expect(all.every((one) => one.printed().includes('installed'))).toBe(true);
  });

  it('wait for the npm of a starter that was killed, and do not install again', async () => {
    const first = start();
    await npmRuns(1);
    first.process.kill('SIGKILL');
    await first.end();
    const second = start();
    await waits(second);
    expect(second.printed()).toContain(`(${begun()[0]})`);
    letGo();
    expect(await second.end()).toBe(0);
    expect(begun()).toHaveLength(1);
  });

  it('begin anew when starter and npm were killed', async () => {
    const first = start();
    await npmRuns(1);
    const [second, third] = [start(), start()];
    await Promise.all([waits(second), waits(third)]);
    first.process.kill('SIGKILL');
    process.kill(begun()[0] ?? 0, 'SIGKILL');
    await npmRuns(2);
    letGo();
    expect([await second.end(), await third.end()]).toEqual([0, 0]);
    expect(begun()).toHaveLength(2);
  });

  it('are not held up by the lock of a process whose number somebody else has now', async () => {
    mkdirSync(join(folder, '.locks'));
    writeFileSync(join(folder, '.locks/install.7'), JSON.stringify([{ pid: process.pid, startedAt: '1' }]));
    const starter = start();
    await npmRuns(1);
    letGo();
    expect(await starter.end()).toBe(0);
    expect(readdirSync(join(folder, '.locks'))).toEqual(['install.8']);
  });

  it('need no lock when everything is there', async () => {
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: {} }));
    expect(await start().end()).toBe(0);
    expect(existsSync(join(folder, '.locks'))).toBe(false);
  });

  it('use what somebody else installed, although the list of what is wanted is newer, and say so when it is not enough', async () => {
    if (process.getuid?.() !== 0) {
      process.stderr.write('\n!!! NOT TESTED: packages that another account installed. Run these tests as root to see it.\n\n');
      return;
    }
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'node_modules'));
    const list = join(folder, 'node_modules/.package-lock.json');
    writeFileSync(list, JSON.stringify({ packages: {} }));
    utimesSync(list, new Date('2020-01-01'), new Date('2020-01-01'));
    const user = start(NOBODY);
    expect([await user.end(), user.printed()]).toEqual([0, 'installed\n']);
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { 'node_modules/more': { version: '1.0.0' } } }));
    const other = start(NOBODY);
    expect([await other.end(), other.printed()]).toEqual([
      1,
      `${folder} has to be installed anew, and this account may not write there. Let its owner run “npm run build”, or make a clone of your own.\n`,
    ]);
    expect(begun()).toEqual([]);
  });
});
