import type { NotificationKind } from '@recourse/notify';
import { findNewsTold, isNewsMailWaiting, type NewsTold, type Notification } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { lockNumber } from '../receipts/lock-client-key';

/** How often somebody is told of news of one case that nobody has read. Provide one built from the worker's settings. */
export class NewsPace {
  /** @param everyMs the least time between two mails, in milliseconds */
  constructor(readonly everyMs: number = 30 * 60_000) {}
}

/** What says no more than that the complainant brought something: one such mail is as good as a hundred. */
const NEWS_KINDS: readonly string[] = ['staff_message_received', 'staff_complaint_added_to'] satisfies NotificationKind[];

/** Whether a notification tells of what a complainant brought. */
export function tellsOfNews(kind: string): boolean {
  return NEWS_KINDS.includes(kind);
}

/**
 * Whether a mail about news of this case to this person waits, and will tell of what is told now, too. One that is being sent at this very moment does not count:
 * whoever gets it may have read the case before what is told now was there.
 */
export async function isToldAnyway(tx: EntityManager, caseId: string, staffId: string): Promise<boolean> {
  const [lock] = await tx.query<{ granted: boolean }[]>('SELECT pg_try_advisory_xact_lock_shared($1::bigint) AS granted', [
    lockOf(caseId, staffId),
  ]);
  return lock?.granted === true && (await isNewsMailWaiting(tx, caseId, staffId, NEWS_KINDS));
}

/** What is to be done with a mail about news instead of sending it now. */
export type Held =
  { readonly kind: 'suppress'; readonly code: 'told_already' | 'read_already' } | { readonly kind: 'later'; readonly at: Date };

/**
 * Decides whether a mail about news is sent now, and keeps every other one to the same person about the same case waiting until the transaction ends.
 * @returns undefined when it is to be sent
 */
export async function holdNews(
  tx: EntityManager,
  notification: Pick<Notification, 'id' | 'caseId' | 'recipientId'>,
  pace: NewsPace,
  now: Date,
): Promise<Held | undefined> {
  const { caseId, recipientId } = notification;
  if (caseId === null) {
    return undefined;
  }
  await tx.query('SELECT pg_advisory_xact_lock($1::bigint)', [lockOf(caseId, recipientId)]);
  return heldBecause(await findNewsTold(tx, notification, NEWS_KINDS), pace, now);
}

/** The same, as a rule. Pure. */
export function heldBecause(told: NewsTold, { everyMs }: NewsPace, now: Date): Held | undefined {
  const { isToldSince, lastSentAt, lastReadAt, isRead } = told;
  if (isToldSince) {
    return { kind: 'suppress', code: 'told_already' };
  }
  if (isRead) {
    return { kind: 'suppress', code: 'read_already' };
  }
  // What the last mail told of was read: this is news of its own.
  if (lastSentAt === null || (lastReadAt !== null && lastReadAt >= lastSentAt)) {
    return undefined;
  }
  const at = new Date(lastSentAt.getTime() + everyMs);
  return at > now ? { kind: 'later', at } : undefined;
}

function lockOf(caseId: string, staffId: string): string {
  return lockNumber(`news|${caseId}|${staffId}`);
}
