/** Where a page of the queue ended: the instant it is ordered by, as PostgreSQL prints it, and the track's id. */
export interface QueueCursor {
  readonly at: string;
  readonly id: string;
}

const INSTANT = /^(\d{4,6})-(\d\d)-(\d\d) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d){0,2}$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Writes a cursor so that it fits into a URL. It holds an instant and an id, nothing that somebody wrote. */
export function formatQueueCursor(cursor: QueueCursor): string {
  return Buffer.from(`${cursor.at}|${cursor.id}`, 'utf8').toString('base64url');
}

/**
 * Reads a cursor back.
 * @param text from a URL, perhaps tampered with
 * @returns undefined when it is none; show the first page then
 */
export function parseQueueCursor(text: string): QueueCursor | undefined {
  const [at, id, ...rest] = Buffer.from(text, 'base64url').toString('utf8').split('|');
  if (at === undefined || id === undefined || rest.length > 0 || !isInstant(at) || !ID.test(id)) {
    return undefined;
  }
  return { at, id };
}

/** As PostgreSQL prints it, and of a day that exists: another one would be an error of the database. */
function isInstant(text: string): boolean {
  if (text === 'infinity') return true;
  const [, year, month, day] = INSTANT.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
