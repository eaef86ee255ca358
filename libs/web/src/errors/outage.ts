import { isDatabaseAway } from '@recourse/persistence';

/** Codes that mean that our own disk is full or may not be written. */
const DISK_ERRORS: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);

/**
 * True when the error, or one it was caused by, says that the database or the disk is not available just now. What that means for the
 * database is said in one place, {@link isDatabaseAway}: a request that met it was not stored and may well succeed later.
 * @param error anything that was thrown
 */
export function isOutage(error: unknown): boolean {
  return chain(error).some((one) => isDatabaseAway(one) || ('code' in one && DISK_ERRORS.has(one.code)));
}

/** The error, what a driver wrapped in it, and its causes; at most ten, in case they form a circle. */
function chain(error: unknown): object[] {
  const found: object[] = [];
  const waiting: unknown[] = [error];
  while (waiting.length > 0 && found.length < 10) {
    const next = waiting.shift();
    if (typeof next !== 'object' || next === null) continue;
    found.push(next);
    if ('driverError' in next) waiting.push(next.driverError);
    if ('cause' in next) waiting.push(next.cause);
    if (next instanceof AggregateError) waiting.push(...(next.errors as unknown[]));
  }
  return found;
}
