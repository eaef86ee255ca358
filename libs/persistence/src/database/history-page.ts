import { formatQueueCursor, parseQueueCursor } from '../tracks/queue-cursor';

/** Which page of something that grows at its end. */
export interface HistoryWish {
  /** `earlier` of the page behind it; absent, or a text that is none: the newest page. */
  readonly before?: string;
  /** Rows, at least 1. */
  readonly limit: number;
}

/** One page of something that grows at its end. */
export interface HistoryPage<T> {
  /** Oldest first. */
  readonly rows: readonly T[];
  /** Give it as `before` for what came before; absent when there is nothing. */
  readonly earlier?: string;
}

/** Behind every other id, so that the newest page is one like the others and goes by the same index. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** What a query of one page takes: an instant and an id, or nothing, and one row more than is shown. */
export function historyArguments({ before, limit }: HistoryWish): [at: string | null, id: string | null, most: number] {
  const cursor = before === undefined ? undefined : parseQueueCursor(before);
  return [cursor?.at ?? null, cursor?.id ?? null, limit + 1];
}

/**
 * Makes a page of what was found.
 * @param found newest first, at most one more than the limit, each with the instant it is ordered by as PostgreSQL prints it
 */
export function historyPage<T extends { readonly id: string; readonly cursorAt: string }>(
  found: readonly T[],
  { limit }: HistoryWish,
): HistoryPage<Omit<T, 'cursorAt'>> {
  const oldest = found[limit - 1];
  const rows = found
    .slice(0, limit)
    .map(({ cursorAt: _, ...row }) => row)
    .reverse();
  return found.length > limit && oldest !== undefined
    ? { rows, earlier: formatQueueCursor({ at: oldest.cursorAt, id: oldest.id }) }
    : { rows };
}
