import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from './free-port';
import { programFolders, testRedisUrl } from './test-settings';

/** A Redis or Valkey for the queue's tests. */
export interface TestRedis {
  readonly url: string;
  /** Stops it, when it was started here. */
  stop(): Promise<void>;
}

const PROGRAMS = ['valkey-server', 'redis-server'] as const;

/** Whether {@link startTestRedis} can give one: decide about `describe.skip` with it, and say so loudly. */
export function hasTestRedis(): boolean {
  return testRedisUrl() !== undefined || findProgram() !== undefined;
}

/**
 * Gives a Redis or Valkey: the one named by `RECOURSE_TEST_REDIS_URL`, or one started from a program on the PATH, without persistence, on a
 * free port of this machine. In the one that is named, the files that Jest runs at the same time get a database each: they take each other's jobs, and
 * empty each other's queues, otherwise.
 * @returns undefined when there is neither
 */
export async function startTestRedis(): Promise<TestRedis | undefined> {
  const named = testRedisUrl();
  if (named !== undefined) {
    const url = new URL(named);
    if (url.pathname === '' || url.pathname === '/') {
      url.pathname = `/${process.env['JEST_WORKER_ID'] ?? '0'}`;
    }
    return { url: url.href, stop: () => Promise.resolve() };
  }
  const program = findProgram();
  return program === undefined ? undefined : start(program);
}

function findProgram(): string | undefined {
  return PROGRAMS.flatMap((name) => programFolders().map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // accessSync answers by throwing; there is no other way to ask.
    return false;
  }
}

async function start(program: string): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'recourse-redis-'));
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn(program, [...options, '--maxmemory-policy', 'noeviction'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await untilReady(server);
  return {
    url: `redis://127.0.0.1:${port}/0`,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    server.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (/ready to accept connections/i.test(output)) {
        resolve();
      }
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`the Redis for tests ended at once with ${String(code)}: ${output}`)));
  });
}
