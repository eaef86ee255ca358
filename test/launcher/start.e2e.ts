import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort, nodeOptionsOfPrograms, waitFor } from '@recourse/testing';
import { Client } from 'pg';
import { fillWithDemo } from '../support/house';
import { processes } from '../support/processes';

/** `npm start` itself: what it refuses, what survives, what is left behind. In production mode, so that no demo workspace is made. */

jest.setTimeout(180_000);

const projectRoot = resolve(__dirname, '../..');
const programs = ['worker', 'intake', 'casework'] as const;

interface Launcher {
  readonly child: ChildProcess;
  output(): string;
  hasEnded(): boolean;
}

/** npm's own note of what is installed. */
const installedList = join(projectRoot, 'node_modules/.package-lock.json');

/** Holds the data folder and that of the secrets, which lies beside it. */
let place: string;
let dataDir: string;
let ports: readonly [number, number, number];
let launchers: Launcher[];

/** An installation that has never been started. */
async function moveIn(): Promise<void> {
  place = mkdtempSync(join(tmpdir(), 'recourse-start-'));
  dataDir = join(place, 'data');
  mkdirSync(dataDir);
  // As root the account that runs the database has to get through.
  for (const folder of [place, dataDir]) chmodSync(folder, 0o711);
  ports = [await freePort(), await freePort(), await freePort()];
  launchers = [];
}

async function moveOut(): Promise<void> {
  for (const launcher of launchers) {
    launcher.child.kill('SIGTERM');
    await waitFor('the launcher has ended', () => launcher.hasEnded(), 40_000);
  }
  rmSync(place, { recursive: true, force: true });
}

function launch(extra: Readonly<Record<string, string>> = {}, words: readonly string[] = [], uid?: number): Launcher {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('RECOURSE_') && name !== 'NODE_ENV');
  const child = spawn(process.execPath, [...nodeOptionsOfPrograms, 'tools/start.mjs', ...words], {
    cwd: projectRoot,
    ...(uid === undefined ? {} : { uid, gid: uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(inherited),
      RECOURSE_MODE: 'production',
      RECOURSE_DATA_DIR: dataDir,
      RECOURSE_INTAKE_PORT: String(ports[0]),
      RECOURSE_CASEWORK_PORT: String(ports[1]),
      RECOURSE_WORKER_PORT: String(ports[2]),
      ...extra,
    },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const launcher = { child, output: () => printed, hasEnded: () => child.exitCode !== null || child.signalCode !== null };
  launchers.push(launcher);
  return launcher;
}

async function launchToTheGreeting(extra: Readonly<Record<string, string>> = {}, uid?: number): Promise<Launcher> {
  const launcher = launch(extra, [], uid);
  await waitFor('the launcher greets', () => launcher.hasEnded() || launcher.output().includes('Ctrl-C stops everything'), 120_000);
  expect(launcher.output()).toContain('Ctrl-C stops everything');
  return launcher;
}

async function refusal(extra: Readonly<Record<string, string>> = {}, words: readonly string[] = [], code = 1): Promise<string> {
  const launcher = launch(extra, words);
  await waitFor('the launcher has ended', () => launcher.hasEnded(), 60_000);
  expect(launcher.child.exitCode).toBe(code);
  return launcher.output();
}

/** Numbers of the running processes of this installation: PostgreSQL's is in its own note, the others are children of the launcher. */
function running(launcher: Launcher): Readonly<Record<string, number>> {
  const children = processes().filter(({ parent }) => parent === launcher.child.pid);
  const find = (part: string) => children.find(({ command }) => command.includes(part))?.pid ?? 0;
  return { ...Object.fromEntries(programs.map((name) => [name, find(`apps/${name}/`)])), database: find(`${dataDir}/postgres/cluster`) };
}

function isRunning(pid: number): boolean {
  return processes().some((one) => one.pid === pid);
}

async function query(sql: string): Promise<unknown> {
  const { ownerUrl } = JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as { ownerUrl: string };
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

async function isReady(port: number): Promise<boolean> {
  try {
    const { checks } = (await (await fetch(`http://127.0.0.1:${port}/health/ready`)).json()) as { checks: Record<string, string> };
    // Nobody has set up an institution here.
    return Object.entries(checks).every(([name, state]) => state === 'ok' || name === 'filing');
  } catch {
    return false; // not listening
  }
}

describe('npm start refuses', () => {
  beforeEach(moveIn);
  afterEach(moveOut);

  it('settings with mistakes, all at once, before anything is started', async () => {
    const told = await refusal({ RECOURSE_LANGAUGES: 'en', RECOURSE_TIME_ZONE: 'Mars', RECOURSE_SMTP_URL: 'hunter2' });
    expect(told).toContain('RECOURSE_LANGAUGES is not a setting. Did you mean RECOURSE_LANGUAGES?');
    expect(told).toContain('RECOURSE_TIME_ZONE is "Mars"; expected an IANA time zone');
    expect(told).toContain('RECOURSE_SMTP_URL has a value in the wrong form');
    expect(told).not.toContain('hunter2');
    expect(told).not.toMatch(/\n {4}at /);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
  });

  it('a port that is taken, naming the setting, before anything is started', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(ports[1], '127.0.0.1', resolve));
    try {
      const told = await refusal();
      expect(told).toContain(`Port ${ports[1]} for the rooms of the staff is taken. Set RECOURSE_CASEWORK_PORT to another one`);
      expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    } finally {
      other.close();
    }
  });

  it('two processes on one port', async () => {
    expect(await refusal({ RECOURSE_WORKER_PORT: String(ports[0]) })).toMatch(/RECOURSE_INTAKE_PORT and RECOURSE_WORKER_PORT are both/);
  });

  it('a training clock where cases could be real, before anything is started', async () => {
    const own = { RECOURSE_DATABASE_URL: 'postgres://owner:hunter2@127.0.0.1:1/recourse' };
    const told = await refusal(own, ['--clock']);
    expect(told).toContain('It does not run here: RECOURSE_DATABASE_URL names a database of your own, and RECOURSE_MODE is production.');
    expect(told).not.toContain('hunter2');
    expect(await refusal({ RECOURSE_TRAINING_CLOCK: '1440' })).toContain('is set by “npm start -- --clock” for the processes it starts');
    expect(await refusal({}, ['--clcok'])).toContain('npm start takes one option');
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
  });

  it('to mix real time and training time in one data folder', async () => {
    const development = { RECOURSE_MODE: 'development' };
    mkdirSync(join(dataDir, 'postgres'));
    expect(await refusal(development, ['--clock'])).toContain(`${dataDir} is a workspace in which time goes as usual`);
    rmdirSync(join(dataDir, 'postgres'));
    writeFileSync(join(dataDir, 'training-clock.json'), JSON.stringify({ reached: new Date().toISOString() }));
    expect(await refusal(development)).toContain(`${dataDir} is a training workspace`);
  });

  it('a data folder in which it cannot write', async () => {
    writeFileSync(join(dataDir, 'file'), '');
    expect(await refusal({ RECOURSE_DATA_DIR: join(dataDir, 'file') })).toMatch(/Choose another with RECOURSE_DATA_DIR/);
  });
});

describe('a demo workspace', () => {
  beforeAll(moveIn);
  afterAll(moveOut, 60_000);

  it('never runs in production: neither its data folder nor its database, whose passwords everybody can read', async () => {
    await fillWithDemo(dataDir);
    const byFolder = await refusal({}, [], 78);
    expect(byFolder).toContain(`RECOURSE_MODE is production, and ${dataDir} is a demo workspace`);
    expect(byFolder).toContain('choose another, empty folder with RECOURSE_DATA_DIR');
    // Nobody is helped by taking the note away: the database knows.
    rmSync(join(dataDir, 'demo.json'));
    const byDatabase = await refusal({}, [], 78);
    expect(byDatabase).toContain('Not with this database: this database was made as a demo workspace, whose passwords everybody can read');
    for (const told of [byFolder, byDatabase]) expect(told).not.toMatch(/Recourse runs\.|\n {4}at /);
  });
});

describe('npm start as an ordinary user', () => {
  beforeAll(moveIn);
  afterAll(moveOut, 60_000);

  it('greets, with packages and programs that somebody else made and may only be read', async () => {
    const isRoot = process.getuid?.() === 0;
    if (!isRoot) {
      process.stderr.write(
        '\n!!! These tests do not run as root: everything in this file is started by an ordinary user, in a clone of their own.\n\n',
      );
    }
    const uid = isRoot ? 65_534 : undefined;
    if (uid !== undefined) {
      for (const folder of [place, dataDir]) chownSync(folder, uid, uid);
      utimesSync(installedList, new Date('2020-01-01'), new Date('2020-01-01')); // older than the list of what is wanted, as after a checkout
    }
    try {
      const launcher = await launchToTheGreeting({ HOME: dataDir }, uid);
      const owners = Object.values(running(launcher)).map((pid) => statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid);
      if (existsSync('/proc/self')) expect(owners).toEqual(owners.map(() => uid ?? process.getuid?.()));
      for (const port of ports) expect(await isReady(port)).toBe(true);
    } finally {
      if (uid !== undefined) utimesSync(installedList, new Date(), new Date());
    }
  });
});

describe('npm start', () => {
  // One installation for all: each test finds it running or starts it, and leaves it to the next.
  beforeAll(moveIn);
  afterAll(moveOut, 60_000);
  const theRunningOne = async () => launchers.find((launcher) => !launcher.hasEnded()) ?? (await launchToTheGreeting());

  it('refuses a second one on its folder, stops everything on Ctrl-C, and finds yesterday’s data the next time', async () => {
    const first = await theRunningOne();
    await query('CREATE TABLE kept AS SELECT 42 AS answer');
    expect(await refusal()).toContain(`Recourse already runs on ${dataDir} (process ${first.child.pid ?? 0})`);
    const before = running(first);
    expect(Object.values(before).every((pid) => pid > 0)).toBe(true);
    first.child.kill('SIGINT');
    await waitFor('the launcher has ended', () => first.hasEnded(), 40_000);
    expect(first.child.exitCode).toBe(0);
    expect(Object.entries(before).filter(([, pid]) => isRunning(pid))).toEqual([]);
    await launchToTheGreeting();
    expect(await query('SELECT answer FROM kept')).toBe(42);
  });

  it('starts again what was killed, and the others carry on', async () => {
    const launcher = await theRunningOne();
    const before = running(launcher);
    process.kill(before['casework'] ?? 0, 'SIGKILL');
    process.kill(before['database'] ?? 0, 'SIGKILL');
    await waitFor(
      'both run again',
      () => {
        const now = running(launcher);
        return ['casework', 'database'].every((name) => now[name] !== 0 && now[name] !== before[name]);
      },
      60_000,
    );
    for (const port of ports) await waitFor(`port ${port} is ready`, () => isReady(port), 60_000);
    expect(running(launcher)).toMatchObject({ intake: before['intake'], worker: before['worker'] });
  });

  it('leaves nothing running when it is killed itself, and the next one takes over', async () => {
    const launcher = await theRunningOne();
    const before = running(launcher);
    launcher.child.kill('SIGKILL');
    await waitFor('everything has ended', () => Object.values(before).every((pid) => !isRunning(pid)), 40_000);
    await launchToTheGreeting();
  });
});
