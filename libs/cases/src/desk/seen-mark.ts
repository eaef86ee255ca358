import type { MessageRange } from '@recourse/persistence';

/**
 * What a reader was shown of a case: everything new until an event, or one page of messages. A page with all that is unread is `57`, the number of that event; an older
 * one names the ends of the messages on it as well, `57:OLDEST:NEWEST`, or nothing, `57:`.
 */
export type Seen = { readonly seq: number } & (
  | { readonly kind: 'all' }
  /** `messages` is absent when there were none on it. */
  | { readonly kind: 'page'; readonly messages?: MessageRange }
);

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** The form of a mark, for whoever checks what came in. */
export const SEEN_MARK = new RegExp(`^(\\d{1,9})(?:(:)(?:(${UUID}):(${UUID}))?)?$`);

/**
 * The mark of a page, to be given back by whoever has read it.
 * @param seq number of the last event that is in it, or was there when it was made
 * @param shown its messages, oldest first
 */
export function seenMark(
  seq: number,
  { hasAllNews, shown }: { readonly hasAllNews: boolean; readonly shown: readonly { readonly id: string }[] },
): string {
  const [oldest, newest] = [shown[0], shown.at(-1)];
  if (hasAllNews) return String(seq);
  return oldest === undefined || newest === undefined ? `${seq}:` : `${seq}:${oldest.id}:${newest.id}`;
}

/** @returns undefined for a text that is no mark */
export function parseSeenMark(text: string): Seen | undefined {
  const [mark, number, isPage, oldest, newest] = SEEN_MARK.exec(text) ?? [];
  if (mark === undefined) return undefined;
  const seq = Number(number);
  if (isPage === undefined) return { kind: 'all', seq };
  return oldest === undefined || newest === undefined ? { kind: 'page', seq } : { kind: 'page', seq, messages: { oldest, newest } };
}
