import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { waitFor } from '@recourse/testing';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../tools/embedded-postgres.mjs';

const isRoot = process.getuid?.() === 0;
const root = join(__dirname, '../..');

let folder: string;
let running: EmbeddedPostgres[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-embedded-'));
  // mkdtemp makes private folders; the account that runs the server may pass through this one.
  chmodSync(folder, 0o755);
  running = [];
});

afterEach(async () => {
  for (const server of running) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), fast: true, ...options });
  running.push(server);
  return server;
}

async function query(server: EmbeddedPostgres, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: server.ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // No such process.
    return false;
  }
}

describe('the embedded PostgreSQL', () => {
  it('forces everything to the disk unless it is for tests', async () => {
    const server = await start({ fast: false });
    expect(await query(server, 'SHOW fsync')).toBe('on');
    expect(await query(server, 'SHOW synchronous_commit')).toBe('on');
    await server.stop();
    expect(await query(await start(), 'SHOW fsync')).toBe('off');
  });

  it('finds yesterday’s data after a server that was killed, on the same port, and tells that it ended', async () => {
    const first = await start();
    await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const ended = new Promise((resolve) => first.onExit((_, signal) => resolve(signal)));
    first.child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const second = await start({ port: first.port });
    expect(second.ownerUrl).toBe(first.ownerUrl);
    expect(await query(second, 'SELECT answer FROM kept')).toBe(42);
  });

  it('does not take another program’s process for a server that still runs', async () => {
    await query(await start(), 'CREATE TABLE kept AS SELECT 42 AS answer');
    const [first] = running.splice(0);
    first?.child.kill('SIGKILL');
    await waitFor('the server is dead', () => first?.child.signalCode !== null);
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      ...(isRoot ? { uid: statSync(join(folder, 'data/cluster')).uid, cwd: '/' } : {}),
      stdio: 'ignore',
    });
    try {
      const cluster = join(folder, 'data/cluster');
      writeFileSync(join(cluster, 'postmaster.pid'), `${bystander.pid ?? 0}\n${cluster}\n`);
      expect(await query(await start(), 'SELECT answer FROM kept')).toBe(42);
    } finally {
      bystander.kill();
    }
  });

  it('refuses a second server on the same folder, or stops the first one when told to take over', async () => {
    const first = await start();
    await expect(startEmbeddedPostgres({ dataDir: join(folder, 'data'), fast: true })).rejects.toThrow(/is running on .* already/);
    const second = await start({ takeOver: true });
    expect(first.child.exitCode).toBe(0);
    expect(await query(second, 'SELECT 1')).toBe(1);
  });

  it('ends when the process that started it is killed', async () => {
    const script = `import { startEmbeddedPostgres } from ${JSON.stringify(join(root, 'tools/embedded-postgres.mjs'))};
      const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(join(folder, 'data'))}, fast: true });
      console.log(server.child.pid);
      setInterval(() => {}, 1000);`;
    const launcher = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = Number(await new Promise((resolve) => launcher.stdout.once('data', (line: Buffer) => resolve(line.toString()))));
    expect(isRunning(pid)).toBe(true);
    launcher.kill('SIGKILL');
    await waitFor('the server has ended', () => !isRunning(pid));
  });

  it('says where the log is when the port is taken', async () => {
    const first = await start();
    await expect(startEmbeddedPostgres({ dataDir: join(folder, 'other'), fast: true, port: first.port })).rejects.toThrow(
      /did not start in[^]*could not bind/,
    );
  });

  it('tells that its database is gone instead of beginning with an empty one', async () => {
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'owner.json'), JSON.stringify({ owner: 'recourse_owner', password: 'sesame' }));
    await expect(start({ dataDir })).rejects.toThrow(/should lie in .*cluster is not there/);
  });

  it('makes its database again when the first start was killed half-way', async () => {
    const dataDir = join(folder, 'data');
    mkdirSync(join(dataDir, 'cluster.unfinished'), { recursive: true });
    writeFileSync(join(dataDir, 'cluster.unfinished/PG_VERSION'), '18');
    writeFileSync(join(dataDir, 'owner.json'), JSON.stringify({ owner: 'recourse_owner', password: 'sesame' }));
    expect(await query(await start({ dataDir }), 'SELECT 1')).toBe(1);
  });

  it('is silent about what a statement says', async () => {
    const server = await start();
    await query(server, 'CREATE TABLE once (word text CONSTRAINT only_once UNIQUE)');
    await query(server, "INSERT INTO once VALUES ('unspeakable')");
    await expect(query(server, "INSERT INTO once VALUES ('unspeakable')")).rejects.toThrow(/only_once/);
    expect(readFileSync(server.logFile, 'utf8')).toContain('only_once');
    expect(readFileSync(server.logFile, 'utf8')).not.toContain('unspeakable');
  });
});

(isRoot ? describe : describe.skip)('as root', () => {
  it('the database lies outside a folder that its account cannot enter, with a pointer that says why, and is found again', async () => {
    const dataDir = join(folder, 'private/data');
    mkdirSync(join(folder, 'private'), { mode: 0o700 });
    const first = await start({ dataDir, fast: false });
    await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const pointer = JSON.parse(readFileSync(join(dataDir, 'database-is-elsewhere.json'), 'utf8')) as { folder: string; why: string };
    expect(existsSync(join(pointer.folder, 'cluster/PG_VERSION'))).toBe(true);
    expect(pointer.why).toMatch(/cannot enter this folder/);
    const second = await start({ dataDir });
    expect(await query(second, 'SELECT answer FROM kept')).toBe(42);
    await second.stop();
    expect(existsSync(pointer.folder)).toBe(false);
  });
});
