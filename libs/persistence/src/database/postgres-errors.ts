import { QueryFailedError, QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

/**
 * SQLSTATE classes and codes after which the same request may well succeed: connection lost (08), out of disk, memory or connections (53), disk
 * errors (58), shutting down or starting (57P), a standby before it takes over (25006), waited too long (57014, 55P03), deadlock (40001, 40P01).
 */
const AWAY = /^(08|53|58|57P0[1-5]|25006|57014|55P03|40001|40P01)/;

/**
 * SQLSTATE codes after which no waiting helps: somebody has to change a setting or to run a command. As clauses of a sentence, without the full stop. None has the
 * server's own words, which name roles and databases.
 */
const NEEDS_SOMEBODY: Readonly<Record<string, string>> = {
  '28P01': 'the database refuses the name or the password of this connection',
  '28000': 'the database does not let this role in from here (its pg_hba.conf, or a role that may not sign in)',
  '3D000': 'the server has no database of this name: make it, or correct the name',
  '42P01': 'the database is not set up, or not by this release: run “npm run recourse -- migrate” first',
  '42501':
    'the role of this connection lacks a privilege: commands of the operator need the owner of the database, who may create roles; the three processes ' +
    'get their privileges by “npm run recourse -- migrate”',
};

/** A database that is there, and that a program must not work with; its message is a clause for the operator, without the full stop and without the URL. */
export class UnfitDatabase extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'UnfitDatabase';
  }
}

/** Errors of a socket that mean that nobody answers. */
const SOCKET_ERRORS: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);

/** Sentences of node-postgres, its pool and TypeORM, which give no code for these. */
const AWAY_SENTENCE =
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed and is not queryable|Cannot use a pool after|DataSource is not set/;

/**
 * The SQLSTATE (or socket error code) of an error from TypeORM or the driver, or undefined.
 * @param error anything that was thrown
 */
export function errorCode(error: unknown): string | undefined {
  const source: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return hasText(source, 'code') ? source.code : undefined;
}

/**
 * Tells whether an insert was refused because a row with that key exists.
 * @param error anything that was thrown
 * @param constraint name of the constraint, as in the migrations
 */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const source: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return errorCode(error) === '23505' && hasText(source, 'constraint') && source.constraint === constraint;
}

/**
 * Tells whether the database cannot be reached or cannot do it now, so that the honest answer is “not stored, try again”.
 * Every transaction that ends with such an error was not committed as far as we know.
 * @param error anything that was thrown
 */
export function isDatabaseAway(error: unknown): boolean {
  const code = errorCode(error);
  if (code !== undefined && (AWAY.test(code) || SOCKET_ERRORS.has(code) || isMissingSocket(error, code))) {
    return true;
  }
  // TypeORM drops the connection of a transaction as soon as the server cuts it; what the transaction asks next fails with one of these.
  if (error instanceof QueryRunnerAlreadyReleasedError || error instanceof QueryRunnerProviderAlreadyReleasedError) {
    return true;
  }
  return error instanceof Error && AWAY_SENTENCE.test(error.message);
}

/**
 * What somebody has to put right before the database can be used at all: a wrong password, a database that is not there or not set up, a privilege that is missing,
 * or one that is unfit. Such a program ends (exit code 78) and says so; a database that is merely away is waited for.
 * @param error anything that was thrown
 * @returns a clause for the operator, without the full stop; undefined for every other error
 */
export function findSetupProblem(error: unknown): string | undefined {
  if (error instanceof UnfitDatabase) {
    return error.message;
  }
  // A migration names its file around what PostgreSQL said. Other codes in it are a mistake of the file.
  const isRefusedInside = error instanceof Error && errorCode(error.cause) === '42501';
  return NEEDS_SOMEBODY[isRefusedInside ? '42501' : (errorCode(error) ?? '')];
}

/**
 * Tells whether a query was given up because no answer came. Its connection must not be used again: the answer may still arrive.
 * @param error anything that was thrown
 */
export function isAnswerMissing(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}

/** A server that is stopped takes the file of its socket away. Any other file that is missing is no outage. */
function isMissingSocket(error: unknown, code: string): boolean {
  return code === 'ENOENT' && hasText(error, 'syscall') && error.syscall === 'connect';
}

/**
 * Takes what people wrote out of a failed query: its parameters, and PostgreSQL's `DETAIL`, which prints the whole refused row.
 * Code, constraint and SQL text stay. Returns the same error.
 * @param error anything that was thrown
 */
export function withoutRowContent(error: unknown): unknown {
  if (error instanceof QueryFailedError) {
    const writable = error as { parameters: unknown; detail?: unknown; where?: unknown; driverError: object };
    writable.parameters = undefined;
    for (const holder of [writable, writable.driverError] as { detail?: unknown; where?: unknown }[]) {
      delete holder.detail;
      delete holder.where;
    }
  }
  return error;
}

function hasText<K extends string>(value: unknown, key: K): value is Record<K, string> {
  return typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[key] === 'string';
}
