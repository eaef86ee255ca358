/** Where a page of the queue ended: the instant it is ordered by, as PostgreSQL prints it, and the track's id. */
export interface QueueCursor {
  readonly at: string;
  readonly id: string;
}

const INSTANT = /^(infinity|\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2})$/;
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
  if (at === undefined || id === undefined || rest.length > 0 || !INSTANT.test(at) || !ID.test(id)) {
    return undefined;
  }
  return { at, id };
}
