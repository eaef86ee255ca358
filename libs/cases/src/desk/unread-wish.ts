import { countAdditionsSince, countMessagesSinceUnread, type HistoryWish, type Track } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { additionWish, messageWish, type ConversationWish } from '../conversation/conversation-page';

/** An addition is stored a little later than its instant says, and clocks differ: what arrived just before the last reading may be unread. */
const ARRIVING_MS = 3_600_000;

/**
 * Which messages staff are shown: the newest page holds all that are unread, however many, so that "I have read it" is true of everything it marks.
 * Ask after the record was listed: what arrives later than this is then also later than what the page says it showed.
 */
export async function messagesForStaff(tx: EntityManager, caseId: string, wish: ConversationWish): Promise<HistoryWish> {
  const page = messageWish(wish);
  return page.before === undefined ? { limit: Math.max(page.limit, await countMessagesSinceUnread(tx, caseId)) } : page;
}

/** Which additions staff are shown: likewise, all since somebody last said that the news were read. */
export async function additionsForStaff(
  tx: EntityManager,
  caseId: string,
  tracks: readonly Pick<Track, 'hasNews' | 'newsReadAt'>[],
  wish: ConversationWish,
): Promise<HistoryWish> {
  const page = additionWish(wish);
  const withNews = tracks.filter(({ hasNews }) => hasNews);
  if (page.before !== undefined || withNews.length === 0) return page;
  const readUntil = Math.min(...withNews.map(({ newsReadAt }) => newsReadAt?.getTime() ?? 0));
  return { limit: Math.max(page.limit, await countAdditionsSince(tx, caseId, new Date(readUntil - ARRIVING_MS))) };
}
