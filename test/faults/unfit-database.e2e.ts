import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FilingSecrets, keepSecrets } from '@recourse/cases';
import { dataSourceOptions, insertVaultKey, migrate } from '@recourse/persistence';
import { freePort, nodeOptionsOfPrograms, TEST_PASSWORDS, waitFor } from '@recourse/testing';
import { keyPairFrom } from '@recourse/vault';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../tools/embedded-postgres.mjs';

/** What the three programs and `npm start` do with a database that is there and cannot be used, and with one that is not there. */

jest.setTimeout(180_000);

const projectRoot = resolve(__dirname, '../..');
const patienceMs = 90_000;
const programs = ['intake', 'casework', 'worker'] as const;
type Program = (typeof programs)[number];

const secret = 'a5'.repeat(32);
const ownSettings: Readonly<Record<Program, Readonly<Record<string, string>>>> = {
  intake: { RECOURSE_RECEIPT_PEPPER: secret, RECOURSE_RECEIPT_SECRET: secret, RECOURSE_INTAKE_SECRET: secret },
  casework: { RECOURSE_CASEWORK_SECRET: secret },
  worker: { RECOURSE_WORKER_SECRET_KEY: secret, RECOURSE_SMTP_URL: 'smtp://127.0.0.1:9', RECOURSE_MAIL_FROM: 'desk@institution.example' },
};

let folder: string;
let postgres: EmbeddedPostgres;
let started: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-unfit-'));
  chmodSync(folder, 0o711);
  postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'server'), fast: true });
  for (const name of ['empty', 'demo', 'used']) await asOwner(`CREATE DATABASE ${name}`);
  await migrate(urlOf('owner', { pathname: '/demo' }), { rolePasswords: TEST_PASSWORDS });
  await asOwner(`INSERT INTO demo_mark VALUES ('${randomUUID()}', now())`, '/demo');
  await makeUsed(urlOf('owner', { pathname: '/used' }));
}, 120_000);

/** As after the first start of intake and a set-up. */
async function makeUsed(url: string): Promise<void> {
  await migrate(url, { rolePasswords: TEST_PASSWORDS });
  const owner = await new DataSource(dataSourceOptions(url, { poolSize: 1, applicationName: 'test' })).initialize();
  const bytes = () => Buffer.from(secret, 'hex');
  try {
    await keepSecrets(owner, new FilingSecrets(bytes(), bytes()));
    await insertVaultKey(owner.manager, {
      id: randomUUID(),
      kind: 'worker',
      publicKey: keyPairFrom(bytes()).publicKey,
      createdAt: new Date(),
    });
  } finally {
    await owner.destroy();
  }
}
afterEach(() => {
  started.forEach((child) => child.kill('SIGKILL'));
  started = [];
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

function urlOf(role: Program | 'owner', change: Partial<Pick<URL, 'password' | 'pathname' | 'port'>> = {}): string {
  const url = new URL(postgres.ownerUrl);
  if (role !== 'owner') Object.assign(url, { username: `recourse_${role}`, password: TEST_PASSWORDS[role] });
  return Object.assign(url, change).href;
}

async function asOwner(sql: string, pathname = new URL(postgres.ownerUrl).pathname): Promise<void> {
  const client = new Client({ connectionString: urlOf('owner', { pathname }) });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

interface Run {
  readonly child: ChildProcess;
  printed(): string;
  hasEnded(): boolean;
}

function launch(file: string, environment: Readonly<Record<string, string>>): Run {
  const child = spawn(process.execPath, [...nodeOptionsOfPrograms, file], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], RECOURSE_DATA_DIR: join(folder, 'data'), ...environment },
  });
  started.push(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  return { child, printed: () => printed, hasEnded: () => child.exitCode !== null || child.signalCode !== null };
}

async function program(name: Program, databaseUrl: string, others: Readonly<Record<string, string>> = {}): Promise<Run> {
  return launch(`dist/apps/${name}/src/main.js`, {
    [`RECOURSE_${name.toUpperCase()}_DATABASE_URL`]: databaseUrl,
    [`RECOURSE_${name.toUpperCase()}_PORT`]: String(await freePort()),
    ...ownSettings[name],
    ...others,
  });
}

async function endsAndSays(run: Run, code: number): Promise<string> {
  await waitFor('it has ended', run.hasEnded, patienceMs);
  expect([run.child.exitCode, run.printed()]).toEqual([code, expect.not.stringMatching(/\n {4}at /)]);
  expect(run.printed()).not.toContain('hunter2');
  return run.printed();
}

/** As the operator reads it: one line, once. */
const sentence = (name: Program, problem: string): RegExp =>
  new RegExp(`^The [a-z ]+ does not start: [^\\n]*${problem}[^\\n]*\\. See RECOURSE_${name.toUpperCase()}_DATABASE_URL\\.\\n$`);

// How a program asks is the same for all three; that each one does is seen where the password is wrong.
describe('the program ends with code 78 and a sentence', () => {
  it.each([
    ['intake', 'whose password is wrong', { password: 'hunter2' }, 'refuses the name or the password of this connection'],
    ['casework', 'whose password is wrong', { password: 'hunter2' }, 'refuses the name or the password of this connection'],
    ['worker', 'whose password is wrong', { password: 'hunter2' }, 'refuses the name or the password of this connection'],
    ['intake', 'that is not there', { pathname: '/nowhere' }, 'has no database of this name'],
    ['worker', 'that is not set up', { pathname: '/empty' }, 'run “npm run recourse -- migrate” first'],
    [
      'casework',
      'that is a demo, in production',
      { pathname: '/demo' },
      'was made as a demo workspace, whose passwords everybody can read',
    ],
  ] as const)('%s, on a database %s', async (name, _, change, problem) => {
    expect(await endsAndSays(await program(name, urlOf(name, change)), 78)).toMatch(sentence(name, problem));
  });
});

describe('with other secrets than the database was used with', () => {
  it.each([
    ['intake', 'RECOURSE_RECEIPT_PEPPER'],
    ['intake', 'RECOURSE_RECEIPT_SECRET'],
    ['worker', 'RECOURSE_WORKER_SECRET_KEY'],
  ] as const)('the program %s ends with code 78 and a sentence: %s', async (name, setting) => {
    const run = await program(name, urlOf(name, { pathname: '/used' }), { [setting]: '5a'.repeat(32) });
    expect(await endsAndSays(run, 78)).toMatch(sentence(name, `${setting} is another than this database was`));
  });

  it.each(['intake', 'worker'] as const)('and not with the same: %s', async (name) => {
    const port = await freePort();
    const run = await program(name, urlOf(name, { pathname: '/used' }), { [`RECOURSE_${name.toUpperCase()}_PORT`]: String(port) });
    await waitFor(
      'it answers',
      () =>
        run.hasEnded() ||
        fetch(`http://127.0.0.1:${port}/health/live`).then(
          ({ ok }) => ok,
          () => false,
        ),
      patienceMs,
    );
    expect([run.hasEnded(), run.printed()]).toEqual([false, expect.not.stringContaining('does not start')]);
  });
});

describe('a database that does not answer', () => {
  it.each(programs)('is waited for by the program %s', async (name) => {
    const run = await program(name, urlOf(name, { port: String(await freePort()) }));
    await waitFor('it tries again', () => /Retrying \(2\)|trying again/.test(run.printed()), patienceMs);
    expect(run.hasEnded()).toBe(false);
  });
});

describe('npm start ends with code 78 and a sentence', () => {
  const start = async (databaseUrl: string) => {
    const [intake, casework, worker] = [await freePort(), await freePort(), await freePort()].map(String) as [string, string, string];
    return launch('tools/start.mjs', {
      // Of its own: where the programs ran before there are files, and no secrets of `npm start` beside them.
      RECOURSE_DATA_DIR: join(folder, 'new'),
      RECOURSE_MODE: 'production',
      RECOURSE_DATABASE_URL: databaseUrl,
      RECOURSE_INTAKE_PORT: intake,
      RECOURSE_CASEWORK_PORT: casework,
      RECOURSE_WORKER_PORT: worker,
    });
  };

  it.each([
    ['whose password is wrong', { password: 'hunter2' }, 'the database refuses the name or the password of this connection'],
    ['that is not there', { pathname: '/nowhere' }, 'the server has no database of this name'],
    ['that is a demo', { pathname: '/demo' }, 'this database was made as a demo workspace'],
  ])('on a database of one’s own %s', async (_, change, problem) => {
    const told = await endsAndSays(await start(urlOf('owner', change)), 78);
    expect(told).toContain(`Not with this database: ${problem}`);
    expect(told).toContain('See RECOURSE_DATABASE_URL.');
    expect(told).not.toContain('Recourse runs.');
  });
});
