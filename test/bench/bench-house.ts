import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { publishShippedCalendars } from '@recourse/cases';
import { dataSourceOptions, migrate } from '@recourse/persistence';
import { freePort, givenInstitution, TEST_PASSWORDS, waitFor, type GivenInstitution } from '@recourse/testing';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from '../../tools/embedded-postgres.mjs';

const PLAIN = 'recourse_plain';
const projectRoot = resolve(__dirname, '../..');

/** Starts PostgreSQL. Given and not imported: what loads these files cannot load a module of the other kind on every Node. */
export type StartPostgres = (options: EmbeddedPostgresOptions) => Promise<EmbeddedPostgres>;

/** A built program that runs. */
export interface RunningProgram {
  /** `http://127.0.0.1:…` */
  readonly address: string;
  readonly child: ChildProcess;
  /** Asks it to end and waits. */
  stop(): Promise<void>;
}

/** A database of its own with an institution in it, and the built programs on it. Durable as in production: every commit reaches the disk. */
export class BenchHouse {
  readonly #programs: RunningProgram[] = [];
  #closing: Promise<void> | undefined;
  readonly #secrets = { pepper: secret(), receipt: secret(), intake: secret(), casework: secret() };

  private constructor(
    private readonly folder: string,
    private readonly postgres: EmbeddedPostgres,
    /** The owner, connected. */
    readonly owner: DataSource,
    readonly institution: GivenInstitution,
  ) {}

  /** Starts the server and sets the institution up; stops the server again when that fails. */
  static async open(startPostgres: StartPostgres): Promise<BenchHouse> {
    const folder = mkdtempSync(join(tmpdir(), 'recourse-bench-'));
    // The account that runs the database when the bench runs as root has to get through.
    chmodSync(folder, 0o711);
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres') });
    try {
      const institution = await prepareDatabase(postgres.ownerUrl);
      return new BenchHouse(folder, postgres, await connect(postgres.ownerUrl), institution);
    } catch (error) {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** URL of a copy with the institution and nothing else, on the same server, for rows that nobody may mistake for complaints. */
  get plainUrl(): string {
    return at(this.postgres.ownerUrl, PLAIN);
  }

  /** Rows of one statement, as the owner. */
  query<R extends object>(sql: string, values: unknown[] = []): Promise<R[]> {
    return this.owner.query<R[]>(sql, values);
  }

  intake(): Promise<RunningProgram> {
    return this.#start('intake', {
      RECOURSE_INTAKE_DATABASE_URL: this.#urlOf('intake'),
      RECOURSE_RECEIPT_PEPPER: this.#secrets.pepper,
      RECOURSE_RECEIPT_SECRET: this.#secrets.receipt,
      RECOURSE_INTAKE_SECRET: this.#secrets.intake,
    });
  }

  casework(): Promise<RunningProgram> {
    return this.#start('casework', {
      RECOURSE_CASEWORK_DATABASE_URL: this.#urlOf('casework'),
      RECOURSE_CASEWORK_SECRET: this.#secrets.casework,
    });
  }

  /** @param settings besides those it must have */
  worker(settings: Readonly<Record<string, string>> = {}): Promise<RunningProgram> {
    return this.#start('worker', {
      RECOURSE_WORKER_DATABASE_URL: this.#urlOf('worker'),
      RECOURSE_WORKER_SECRET_KEY: this.institution.worker.secretKey.toString('hex'),
      RECOURSE_MAIL_FROM: 'Example Association <desk@institution.example>',
      ...settings,
    });
  }

  /** Ends the programs that a part left behind. */
  async stopPrograms(): Promise<void> {
    await Promise.all(this.#programs.splice(0).map((program) => program.stop()));
  }

  /** Ends everything, also after a part that failed. Once, however often it is asked for. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.stopPrograms();
      await this.owner.destroy();
    } finally {
      await this.postgres.stop();
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  async #start(name: 'intake' | 'casework' | 'worker', settings: Readonly<Record<string, string>>): Promise<RunningProgram> {
    const port = await freePort();
    let printed = '';
    const child = spawn(process.execPath, [`dist/apps/${name}/src/main.js`], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        RECOURSE_MODE: 'development',
        RECOURSE_DATA_DIR: this.folder,
        RECOURSE_LOG_LEVEL: 'warn',
        [`RECOURSE_${name.toUpperCase()}_PORT`]: String(port),
        ...settings,
      },
    });
    // What a program says of its troubles explains a bad figure; the rest would only fill the memory.
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (printed = (printed + text).slice(-4_000)));
    const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
    const address = `http://127.0.0.1:${port}`;
    const program: RunningProgram = {
      address,
      child,
      stop: async () => {
        child.kill('SIGTERM');
        await waitFor(`${name} has ended`, hasEnded, 60_000);
      },
    };
    this.#programs.push(program);
    await waitFor(`${name} is ready`, async () => hasEnded() || (await isReady(address)), 60_000);
    if (hasEnded()) throw new Error(`The ${name} process does not start.\n${printed}`);
    return program;
  }

  #urlOf(role: keyof typeof TEST_PASSWORDS): string {
    const url = new URL(this.postgres.ownerUrl);
    url.username = `recourse_${role}`;
    url.password = TEST_PASSWORDS[role];
    return url.href;
  }
}

/** Migrated, with the institution; and a copy of it for {@link BenchHouse.plainUrl}. */
async function prepareDatabase(ownerUrl: string): Promise<GivenInstitution> {
  await migrate(ownerUrl, { rolePasswords: TEST_PASSWORDS });
  const owner = await connect(ownerUrl);
  let institution: GivenInstitution;
  try {
    await publishShippedCalendars(owner, new Date());
    institution = await givenInstitution(owner, new Date());
  } finally {
    // A database that somebody is connected to cannot be copied.
    await owner.destroy();
  }
  const server = new Client({ connectionString: at(ownerUrl, 'postgres') });
  await server.connect();
  try {
    await server.query(`CREATE DATABASE ${PLAIN} TEMPLATE ${new URL(ownerUrl).pathname.slice(1)}`);
  } finally {
    await server.end();
  }
  return institution;
}

function connect(ownerUrl: string): Promise<DataSource> {
  return new DataSource(dataSourceOptions(ownerUrl, { poolSize: 4, applicationName: 'recourse-bench' })).initialize();
}

async function isReady(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/health/ready`)).ok;
  } catch {
    return false; // not listening yet
  }
}

function at(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

function secret(): string {
  return randomBytes(32).toString('hex');
}
