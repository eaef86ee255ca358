import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '@recourse/clock';
import { operatorSettings, projectRoot } from '@recourse/config';
import { markAsDemo } from '@recourse/persistence';
import { remedyText, testDatabase } from '@recourse/testing';
import { Client } from 'pg';
import { EXIT, type CommandContext } from './command';
import { commands } from './commands';
import { runCommand } from './run-command';

/** What the commands say of a database that is there and cannot be used. */

const database = testDatabase();
const empty = `recourse_test_empty_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
let folder: string;
let serverUrl: string;

async function asOwner(sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  // The private database is gone before this file cleans up.
  serverUrl = url('owner', { pathname: '/postgres' });
  await asOwner(`CREATE DATABASE ${empty} TEMPLATE template0`);
  folder = await mkdtemp(join(tmpdir(), 'recourse-unfit-'));
  await writeFile(join(folder, 'procedure.yaml'), await remedyText());
  await copyFile(join(projectRoot, 'libs/domain/calendars/geneva.yaml'), join(folder, 'calendar.yaml'));
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await asOwner(`DROP DATABASE IF EXISTS ${empty} WITH (FORCE)`);
}, 60_000);

/** The URL of a role, with another database or password. */
const url = (role: 'owner' | 'intake' | 'casework' | 'worker', change: Partial<Pick<URL, 'password' | 'pathname'>> = {}) =>
  Object.assign(new URL(database.urlOf(role)), change).href;

async function run(words: readonly string[], ownerUrl: string, mode = 'test') {
  const pathname = new URL(ownerUrl).pathname;
  const said: string[] = [];
  const noted: string[] = [];
  const context: CommandContext = {
    settings: () =>
      operatorSettings({
        RECOURSE_MODE: mode,
        RECOURSE_DATABASE_URL: ownerUrl,
        RECOURSE_INTAKE_DATABASE_URL: url('intake', { pathname }),
        RECOURSE_CASEWORK_DATABASE_URL: url('casework', { pathname }),
        RECOURSE_WORKER_DATABASE_URL: url('worker', { pathname }),
        RECOURSE_WORKER_SECRET_KEY: '5a'.repeat(32),
        RECOURSE_RECEIPT_PEPPER: '1b'.repeat(32),
        RECOURSE_RECEIPT_SECRET: '2c'.repeat(32),
      }),
    say: (line) => said.push(line),
    note: (line) => noted.push(line),
    askSecret: async () => 'a password for tests only',
    clock: () => new SystemClock(),
  };
  return { code: await runCommand(commands, words, context), said: said.join('\n'), noted: noted.join('\n') };
}

const person = ['--sign-in-name', 'ada', '--name', 'Ada Example', '--email', 'ada@recourse.example'];

/** What each command that works with the database is asked; files are in the folder of this test. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  setup: person,
  'staff add': ['--as', 'ada', '--role', 'officer', ...person],
  'staff admit': ['ada'],
  'company add': ['Lamp Guarding (invented)', '--country', 'CH'],
  'procedure list': [],
  'procedure show': ['remedy'],
  'procedure simulate': ['procedure.yaml'],
  'procedure publish': ['procedure.yaml'],
  'procedure use': ['remedy'],
  'procedure move': ['remedy', '1', '2'],
  'calendar preview': ['calendar.yaml'],
  'calendar publish': ['calendar.yaml'],
  'calendar list': [],
  'calendar show': ['geneva'],
  'secrets replace': [],
  'verify-record': [],
  'stuck-cases': [],
  'seed-demo': [],
};

const askedOf = (name: string): readonly string[] => [
  ...name.split(' '),
  ...(ASKED[name] ?? []).map((word) => (word.endsWith('.yaml') ? join(folder, word) : word)),
];

describe('a command of the operator', () => {
  it('is in this list, unless it makes the schema or does without', () => {
    const others = ['migrate', 'procedure check', 'procedure diff', 'calendar check'];
    expect([...Object.keys(ASKED), ...others].sort()).toEqual(commands.map(({ name }) => name).sort());
  });

  it.each(Object.keys(ASKED))('says what to do on an empty database: %s', async (name) => {
    expect(await run(askedOf(name), url('owner', { pathname: `/${empty}` }))).toEqual({
      code: EXIT.settings,
      said: '',
      noted:
        'Not with this database: the database is not set up, or not by this release: run “npm run recourse -- migrate” first. See RECOURSE_DATABASE_URL.',
    });
  });

  it.each(['migrate', 'verify-record', 'procedure publish'])('says what is wrong with the way to it: %s', async (name) => {
    for (const [way, problem] of [
      [url('owner', { password: 'hunter2' }), 'the database refuses the name or the password of this connection'],
      [url('owner', { pathname: '/recourse_test_nowhere' }), 'the server has no database of this name'],
      [url('intake'), 'the role of this connection lacks a privilege'],
    ] as const) {
      const { code, said, noted } = await run(askedOf(name), way);
      expect([code, said, noted]).toEqual([EXIT.settings, '', expect.stringContaining(`Not with this database: ${problem}`)]);
      expect(noted).not.toContain('hunter2');
    }
  });

  it('checks a procedure without a database that cannot be used, and says why', async () => {
    const { code, noted } = await run(
      askedOf('procedure check').concat(join(folder, 'procedure.yaml')),
      url('owner', { password: 'hunter2' }),
    );
    expect([code, noted]).toEqual([
      EXIT.ok,
      expect.stringMatching(/^Not with this database: the database refuses the name .* checked without your institution/),
    ]);
  });

  it('does not bring a demo workspace up to date for production', async () => {
    await markAsDemo((await database.dataSource('owner')).manager, { id: randomUUID(), madeAt: new Date() });
    expect(await run(['migrate'], url('owner'))).toMatchObject({ code: EXIT.ok });
    expect(await run(['migrate'], url('owner'), 'production')).toMatchObject({
      code: EXIT.settings,
      noted: expect.stringContaining('Not with this database: this database was made as a demo workspace') as unknown,
    });
  });
});
