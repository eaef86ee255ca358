import { QueryFailedError, QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

/**
 * SQLSTATE classes and codes after which the same request may well succeed: connection lost (08), out of disk, memory or connections (53), disk
 * errors (58), shutting down or starting (57P), a standby before it takes over (25006), waited too long (57014, 55P03), deadlock (40001, 40P01).
 */
const AWAY = /^(08|53|58|57P0[1-5]|25006|57014|55P03|40001|40P01)/;

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
