/**
 * Codes that mean "what we rely on is not there": Node's socket errors, PostgreSQL's classes 08 (connection), 53
 * (resources: disk full, memory, connections) and 57P (shutting down), and a full disk of our own.
 * https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
const outageCode =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENOENT_SOCKET|ENOSPC|EDQUOT|EROFS|08[0-9A-Z]{3}|53[0-9A-Z]{3}|57P0[1-5])$/;

/** Sentences of `pg` and `pg-pool`, which give no code for these. */
const outageSentence =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after|DataSource is not set/i;

/** True when the error, or one it was caused by, says that the database or the disk is not available just now. */
export function isOutage(error: unknown): boolean {
  for (const one of chain(error)) {
    if ('code' in one && typeof one.code === 'string' && outageCode.test(one.code)) return true;
    if (one instanceof Error && outageSentence.test(one.message)) return true;
  }
  return false;
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
