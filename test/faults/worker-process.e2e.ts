import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { migrate } from '@recourse/persistence';
import { freePort, nodeOptionsOfPrograms, startTestRedis, TcpGate, TEST_PASSWORDS, waitFor } from '@recourse/testing';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../tools/embedded-postgres.mjs';

jest.setTimeout(180_000);

/** A start takes two seconds; on a machine that does much else at the same time, twenty. How long an end may take is checked where it matters. */
const patienceMs = 60_000;

const projectRoot = resolve(__dirname, '../..');

/** One worker, as the launcher or a container starts it. */
class WorkerProcess {
  readonly #child: ChildProcess;
  #printed = '';

  private constructor(
    readonly port: number,
    environment: Readonly<Record<string, string>>,
  ) {
    this.#child = spawn(process.execPath, [...nodeOptionsOfPrograms, 'dist/apps/worker/src/main.js'], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        RECOURSE_MODE: 'test',
        RECOURSE_WORKER_SECRET_KEY: 'a5'.repeat(32),
        RECOURSE_SMTP_URL: 'smtp://127.0.0.1:9',
        RECOURSE_MAIL_FROM: 'Example Association <desk@institution.example>',
        RECOURSE_WORKER_PORT: String(port),
        ...environment,
      },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#printed += text));
  }

  static async start(environment: Readonly<Record<string, string>>): Promise<WorkerProcess> {
    return new WorkerProcess(await freePort(), environment);
  }

  /** Everything it has printed so far. */
  get printed(): string {
    return this.#printed;
  }

  /** Waits until it has ended. @returns its exit code, or the signal that ended it */
  async end(): Promise<number | NodeJS.Signals | null> {
    await waitFor('the worker has ended', () => this.#child.exitCode !== null || this.#child.signalCode !== null, patienceMs);
    return this.#child.exitCode ?? this.#child.signalCode;
  }

  async isAtWork(): Promise<void> {
    await waitFor('the worker works', () => this.#printed.includes('Carrying messages and watching clocks'), patienceMs);
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    this.#child.kill(signal);
  }
}

describe('the process of the worker', () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let worker: WorkerProcess | undefined;
  const urlOf = (role: keyof typeof TEST_PASSWORDS, port = postgres.port) => {
    const url = new URL(postgres.ownerUrl);
    url.username = `recourse_${role}`;
    url.password = TEST_PASSWORDS[role];
    url.port = String(port);
    return url.href;
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'recourse-worker-'));
    chmodSync(folder, 0o711);
    postgres = await startEmbeddedPostgres({ dataDir: folder, fast: true });
    await migrate(postgres.ownerUrl, { rolePasswords: TEST_PASSWORDS });
  }, 60_000);
  afterEach(() => {
    worker?.kill('SIGKILL');
    worker = undefined;
  });
  afterAll(async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it.each(['casework', 'intake'] as const)('ends with code 78 and says why, when it is given the role of %s', async (role) => {
    worker = await WorkerProcess.start({ RECOURSE_WORKER_DATABASE_URL: urlOf(role) });
    expect(await worker.end()).toBe(78);
    expect(worker.printed).toContain(
      `The worker does not start: the worker process must connect as recourse_worker, not as recourse_${role}`,
    );
    expect(worker.printed).not.toContain(TEST_PASSWORDS[role]);
    expect(worker.printed).not.toContain('Carrying messages');
  });

  it('ends with code 78 when it is given the role of the owner', async () => {
    worker = await WorkerProcess.start({ RECOURSE_WORKER_DATABASE_URL: postgres.ownerUrl });
    expect(await worker.end()).toBe(78);
    expect(worker.printed).not.toContain(new URL(postgres.ownerUrl).password);
  });

  describe.each(['PostgreSQL', 'Redis'])('with the queue in %s', (backend) => {
    let database: TcpGate;
    let queue: TcpGate | undefined;
    let stopRedis: (() => Promise<void>) | undefined;
    let settings: Record<string, string>;
    beforeAll(async () => {
      database = new TcpGate({ host: '127.0.0.1', port: postgres.port });
      await database.open();
      settings = { RECOURSE_WORKER_DATABASE_URL: urlOf('worker', database.port) };
      if (backend === 'PostgreSQL') return;
      const redis = await startTestRedis();
      if (redis === undefined) return;
      stopRedis = () => redis.stop();
      const { hostname, port, pathname } = new URL(redis.url);
      queue = new TcpGate({ host: hostname, port: Number(port) });
      await queue.open();
      settings['RECOURSE_REDIS_URL'] = `redis://127.0.0.1:${queue.port}${pathname}`;
    }, 60_000);
    afterAll(async () => {
      await database.shut();
      await queue?.shut();
      await stopRedis?.();
    });
    const isSkipped = () => {
      const isMissing = backend === 'Redis' && queue === undefined;
      if (isMissing) process.stderr.write('Not tested with Redis: there is no server.\n');
      return isMissing;
    };

    // Nest stops everything in order, then sends itself the signal again: whoever waits sees what the process was asked to do.
    it('stops in order when it is asked to', async () => {
      if (isSkipped()) return;
      worker = await WorkerProcess.start(settings);
      await worker.isAtWork();
      const asked = Date.now();
      worker.kill('SIGTERM');
      expect(await worker.end()).toBe('SIGTERM');
      expect(Date.now() - asked).toBeLessThan(10_000);
      expect(worker.printed).toContain('Stopped');
    });

    it('ends within ten seconds of SIGTERM although database and queue are away', async () => {
      if (isSkipped()) return;
      worker = await WorkerProcess.start(settings);
      await worker.isAtWork();
      await Promise.all([database.shut(), queue?.shut()]);
      await waitFor('it notices', () => worker?.printed.includes('trying again'), patienceMs);
      const asked = Date.now();
      worker.kill('SIGTERM');
      expect([0, 'SIGTERM']).toContain(await worker.end());
      expect(Date.now() - asked).toBeLessThan(10_000);
      await Promise.all([database.open(), queue?.open()]);
    });
  });
});
