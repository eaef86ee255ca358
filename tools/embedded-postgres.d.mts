import type { ChildProcess } from 'node:child_process';
import type { OrphanGuard } from './orphan-guard.mjs';

export interface EmbeddedPostgresOptions {
  /** Folder of this database; made when missing. When root runs it and the server's account cannot enter, only a pointer lies here. */
  dataDir: string;
  /** For tests: nothing is forced to the disk, and a database that had to lie elsewhere is deleted by `stop()`. Default false. */
  fast?: boolean;
  /** TCP port on 127.0.0.1; by default a free one. Give the old port to restart under the same address. */
  port?: number;
  /** Stop a server that outlived its launcher on the same folder, instead of refusing. Only for who holds the folder's lock. */
  takeOver?: boolean;
  /** By default a guard of its own ends the server when this process is killed. */
  guard?: OrphanGuard;
}

export interface EmbeddedPostgres {
  /** `postgres://…` of the owner, a superuser, and of the database `recourse`. Contains the password: never log it. */
  ownerUrl: string;
  port: number;
  child: ChildProcess;
  /** Absolute path of the server's log; it holds no statements and no values. */
  logFile: string;
  /** Called when the server ends without `stop()`. */
  onExit(listener: (code: number | null, signal: NodeJS.Signals | null) => void): void;
  /** Fast shutdown, everything committed is written; resolves when the process has ended. May be called twice. */
  stop(): Promise<void>;
}

export function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres>;

/** A TCP port of 127.0.0.1 that nobody used a moment ago. */
export function freePort(): Promise<number>;
