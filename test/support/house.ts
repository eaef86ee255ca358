import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort, nodeOptionsOfPrograms, waitFor } from '@recourse/testing';
import { Client } from 'pg';
import { copyDemo } from './demo-copy';
import { processes } from './processes';

/** The programs that `npm start` keeps running. */
export type Program = 'worker' | 'intake' | 'casework' | 'database';

/** What the demo workspace tells: who can sign in, and two receipts. */
export interface Demo {
  readonly signIns: readonly { readonly signInName: string; readonly password: string; readonly role: string }[];
  readonly receipts: readonly { readonly reference: string; readonly receipt: string }[];
}

/** A whole installation, started as a user starts it, with a data folder of its own. */
export interface House {
  /** Addresses without a slash at the end. */
  readonly intake: string;
  readonly casework: string;
  readonly dataDir: string;
  /** Connection URL of the database's owner. */
  readonly ownerUrl: string;
  readonly demo: Demo;
  /** Everything the launcher has printed so far. */
  output(): string;
  /** Process number, or undefined while the program is not running. */
  pidOf(program: Program): number | undefined;
  /** True when the program answers that it is ready; the database, when it takes a connection. */
  isReady(program: Program): Promise<boolean>;
  /** PostgreSQL's own folder. */
  cluster(): string;
  /** Rows of one statement, as the owner of the database. */
  query<R extends object>(sql: string, values?: readonly unknown[]): Promise<R[]>;
  stop(): Promise<void>;
}

const projectRoot = resolve(__dirname, '../..');

/**
 * Starts the built programs with `node tools/start.mjs` on a copy of a demo workspace that this run made once, and waits for the greeting.
 * @param extra settings besides data folder and ports, by name
 * @throws Error with everything printed, when it does not start
 */
export async function startHouse(extra: Readonly<Record<string, string>> = {}): Promise<House> {
  const dataDir = newDataFolder();
  await fillWithDemo(dataDir);
  return openHouse(dataDir, extra, []);
}

/** Puts a demo workspace that was never used into an empty data folder. */
export async function fillWithDemo(dataDir: string): Promise<void> {
  await copyDemo(dataDir, async (folder) => {
    const first = await launch(folder, {}, []);
    await first.end();
  });
}

/**
 * The same as the first start of all, which makes the demo workspace: what a newcomer sees.
 * @param extra settings besides data folder and ports, by name
 * @param words what follows `npm start --`
 */
export function startNewHouse(extra: Readonly<Record<string, string>> = {}, words: readonly string[] = []): Promise<House> {
  return openHouse(newDataFolder(), extra, words);
}

function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-house-'));
  // The account that runs the database when the tests run as root has to get through; the files inside have modes of their own.
  chmodSync(folder, 0o711);
  return folder;
}

/** A launcher that has greeted. */
interface Launched {
  readonly pid: number;
  readonly ports: Readonly<Record<'intake' | 'casework' | 'worker', number>>;
  output(): string;
  /** Stops everything and leaves the data. */
  end(): Promise<void>;
}

async function launch(dataDir: string, extra: Readonly<Record<string, string>>, words: readonly string[]): Promise<Launched> {
  const ports = { intake: await freePort(), casework: await freePort(), worker: await freePort() };
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('RECOURSE_') && name !== 'NODE_ENV');
  let printed = '';
  const launcher = spawn(process.execPath, [...nodeOptionsOfPrograms, 'tools/start.mjs', ...words], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(inherited),
      RECOURSE_MODE: 'development',
      RECOURSE_DATA_DIR: dataDir,
      RECOURSE_INTAKE_PORT: String(ports.intake),
      RECOURSE_CASEWORK_PORT: String(ports.casework),
      RECOURSE_WORKER_PORT: String(ports.worker),
      RECOURSE_SWEEP_SECONDS: '1',
      ...extra,
    },
  });
  for (const stream of [launcher.stdout, launcher.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const hasEnded = () => launcher.exitCode !== null || launcher.signalCode !== null;
  const end = async (): Promise<void> => {
    launcher.kill('SIGTERM');
    await waitFor('the house has stopped', hasEnded, 40_000);
  };
  try {
    await waitFor('the house greets', () => hasEnded() || printed.includes('Ctrl-C stops everything'), 170_000);
    if (hasEnded()) throw new Error('the launcher has ended');
  } catch (error) {
    if (!hasEnded()) await end();
    removeDataFolder(dataDir);
    throw new Error(`The house does not start.\n${printed}`, { cause: error });
  }
  return { pid: launcher.pid ?? 0, ports, output: () => printed, end };
}

function removeDataFolder(dataDir: string): void {
  for (const folder of [dataDir, `${dataDir}-secrets`]) rmSync(folder, { recursive: true, force: true });
}

async function openHouse(dataDir: string, extra: Readonly<Record<string, string>>, words: readonly string[]): Promise<House> {
  const { pid, ports, output, end } = await launch(dataDir, extra, words);
  const { ownerUrl } = readJsonFile<{ ownerUrl: string }>(join(dataDir, 'running.json'));
  const owner = new Owner(ownerUrl);
  const query = <R extends object>(sql: string, values: readonly unknown[] = []) => owner.ask<R>(sql, values);
  const [place] = await query<{ data_directory: string }>('SHOW data_directory');
  const cluster = place?.data_directory ?? '';
  return {
    intake: `http://localhost:${ports.intake}`,
    casework: `http://localhost:${ports.casework}`,
    dataDir,
    ownerUrl,
    demo: readJsonFile<Demo>(join(dataDir, 'demo.json')),
    output,
    pidOf: (program) => (program === 'database' ? postmaster(cluster) : childOf(pid, program)),
    isReady: (program) =>
      program === 'database' ? takesConnections(ownerUrl) : isReady(`http://127.0.0.1:${ports[program]}/health/ready`),
    cluster: () => cluster,
    query,
    stop: async () => {
      await owner.leave();
      await end();
      removeDataFolder(dataDir);
    },
  };
}

// The caller names the shape of our own file.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
function readJsonFile<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

/** The owner of the database, who asks again and again, on one connection for as long as it lasts: making one takes longer than most answers. */
class Owner {
  #client: Promise<Client> | undefined;

  constructor(private readonly url: string) {}

  async ask<R extends object>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    this.#client ??= this.#connect();
    return (await (await this.#client).query<R>(sql, [...values])).rows;
  }

  async leave(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.then(
      (one) => one.end(),
      () => undefined, // was never there
    );
  }

  #connect(): Promise<Client> {
    const client = new Client({ connectionString: this.url });
    const connected = client.connect().then(() => client);
    const forget = () => {
      if (this.#client === connected) this.#client = undefined;
    };
    // A server that is killed while we are connected tells it twice: to the query, and here.
    client.on('error', forget).on('end', forget);
    connected.catch(forget);
    return connected;
  }
}

async function takesConnections(url: string): Promise<boolean> {
  const owner = new Owner(url);
  try {
    await owner.ask('SELECT 1');
    return true;
  } catch {
    return false; // not there yet
  } finally {
    await owner.leave();
  }
}

async function isReady(address: string): Promise<boolean> {
  try {
    return (await fetch(address)).ok;
  } catch {
    return false; // not listening yet
  }
}

/** The first line of PostgreSQL's own note, as long as there is such a process. */
function postmaster(cluster: string): number | undefined {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return processes().some((one) => one.pid === pid) ? pid : undefined;
}

function childOf(launcher: number, program: Program): number | undefined {
  return processes().find((one) => one.parent === launcher && one.command.includes(join('apps', program, 'src', 'main.js')))?.pid;
}
