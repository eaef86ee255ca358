import type { EntityManager } from 'typeorm';

import { historyArguments, historyPage, LAST_ID, type HistoryPage, type HistoryWish } from '../database/history-page';
import { insertRow } from '../database/insert';
import { columnsOf } from '../database/rows';
import { toSafeInteger } from '../database/safe-integer';
import { Message } from './message.entity';

/** What the worker may know of a message. */
export type MessageForNotice = Pick<Message, 'id' | 'caseId' | 'direction' | 'sentAt' | 'firstReadAt'>;

/** Stores a message. A repeated submit with the same id runs into `message_pk` (`isUniqueViolation`). */
export async function insertMessage(tx: EntityManager, message: Message): Promise<void> {
  await insertRow(tx, Message, message);
}

/** One page of the messages of a case. Not for intake: see `listShownMessages`. */
export async function listMessages(tx: EntityManager, caseId: string, wish: HistoryWish): Promise<HistoryPage<Message>> {
  const found = await tx.query<(Message & { cursorAt: string })[]>(
    `SELECT ${columnsOf(tx, Message, 'm')}, m.sent_at::text AS "cursorAt" FROM message m
     WHERE m.case_id = $1 AND (m.sent_at, m.id) < (coalesce($2::timestamptz, 'infinity'), coalesce($3::uuid, '${LAST_ID}'))
     ORDER BY m.sent_at DESC, m.id DESC LIMIT $4`,
    [caseId, ...historyArguments(wish)],
  );
  return historyPage(found, wish);
}

/** How many messages there are from the oldest that staff have not read to the newest; 0 when they have read all. */
export async function countMessagesSinceUnread(tx: EntityManager, caseId: string): Promise<number> {
  const [row] = await tx.query<{ count: string }[]>(
    `SELECT count(*) FROM message m
     WHERE m.case_id = $1 AND (m.sent_at, m.id) >= (
       SELECT u.sent_at, u.id FROM message u WHERE u.case_id = $1 AND u.direction = 'from_complainant' AND u.first_read_at IS NULL
       ORDER BY u.sent_at, u.id LIMIT 1
     )`,
    [caseId],
  );
  return toSafeInteger(row?.count ?? '0');
}

/** One message of a case, or undefined. Not for intake: see `findShownMessage`. */
export async function findMessage(tx: EntityManager, caseId: string, id: string): Promise<Message | undefined> {
  return (await tx.findOneBy(Message, { id, caseId })) ?? undefined;
}

/** What the worker needs to nudge somebody about a message, or undefined. */
export async function findMessageForNotice(tx: EntityManager, id: string): Promise<MessageForNotice | undefined> {
  const [found] = await tx.query<MessageForNotice[]>(
    `SELECT id, case_id AS "caseId", direction, sent_at AS "sentAt", first_read_at AS "firstReadAt" FROM message WHERE id = $1`,
    [id],
  );
  return found;
}

/** A page of messages by the ids of its ends, both in it. */
export interface MessageRange {
  readonly oldest: string;
  readonly newest: string;
}

/** Whether a case has both ends of such a page, and the oldest is not the later one. Casework. */
export async function hasMessageRange(tx: EntityManager, caseId: string, { oldest, newest }: MessageRange): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `SELECT 1 FROM message o JOIN message n ON n.case_id = o.case_id AND (o.sent_at, o.id) <= (n.sent_at, n.id)
     WHERE o.case_id = $1 AND o.id = $2 AND n.id = $3`,
    [caseId, oldest, newest],
  );
  return rows.length > 0;
}

/**
 * Notes that staff have seen what the complainant wrote.
 * @param range only of this page; all when absent
 * @returns ids of the messages that were new
 */
export async function markMessagesReadByStaff(
  tx: EntityManager,
  caseId: string,
  now: Date,
  range?: MessageRange,
): Promise<readonly string[]> {
  const end = (id: string) => `(SELECT e.sent_at, e.id FROM message e WHERE e.case_id = $1 AND e.id = ${id})`;
  const inRange = range === undefined ? '' : ` AND (m.sent_at, m.id) >= ${end('$3')} AND (m.sent_at, m.id) <= ${end('$4')}`;
  const [rows] = await tx.query<[{ id: string }[], number]>(
    `UPDATE message m SET first_read_at = $2
     WHERE m.case_id = $1 AND m.direction = 'from_complainant' AND m.first_read_at IS NULL${inRange} RETURNING m.id`,
    [caseId, now, ...(range === undefined ? [] : [range.oldest, range.newest])],
  );
  return rows.map(({ id }) => id);
}
