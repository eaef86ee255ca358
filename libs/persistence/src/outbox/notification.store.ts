import type { EntityManager } from 'typeorm';

import { columnsOf } from '../database/rows';
import { Notification } from './notification.entity';

/** A notification to be sent. */
export type NewNotification = Pick<
  Notification,
  'id' | 'kind' | 'recipientKind' | 'recipientId' | 'caseId' | 'channel' | 'createdAt' | 'dedupeKey'
>;

/** A notification as casework may show it. */
export type FailedNotification = Pick<
  Notification,
  'id' | 'kind' | 'recipientKind' | 'recipientId' | 'caseId' | 'channel' | 'attempts' | 'createdAt' | 'lastErrorCode'
>;

/** Plans a notification. @returns false when one with this `dedupeKey` (or id) is planned already: nobody is told twice */
export async function insertNotification(tx: EntityManager, planned: NewNotification): Promise<boolean> {
  return (await insertNotifications(tx, [planned])).length === 1;
}

/**
 * Plans notifications, all in one statement.
 * @returns ids of those that are new; one whose `dedupeKey` (or id) is planned already is left out: nobody is told twice
 */
export async function insertNotifications(tx: EntityManager, planned: readonly NewNotification[]): Promise<readonly string[]> {
  const column = (property: keyof NewNotification) => planned.map((one) => one[property]);
  const rows = await tx.query<{ id: string }[]>(
    `INSERT INTO notification (id, kind, recipient_kind, recipient_id, case_id, channel, state, created_at, dedupe_key)
     SELECT id, kind, recipient_kind, recipient_id, case_id, channel, 'waiting', created_at, dedupe_key
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::timestamptz[], $8::text[])
       AS n (id, kind, recipient_kind, recipient_id, case_id, channel, created_at, dedupe_key)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      column('id'),
      column('kind'),
      column('recipientKind'),
      column('recipientId'),
      column('caseId'),
      column('channel'),
      column('createdAt'),
      column('dedupeKey'),
    ],
  );
  return rows.map(({ id }) => id);
}

/** One notification, or undefined. Worker and owner. */
export async function findNotification(tx: EntityManager, id: string): Promise<Notification | undefined> {
  return (await tx.findOneBy(Notification, { id })) ?? undefined;
}

/** One notification that waits, locked until the transaction ends; undefined when it does not wait or another worker holds it. */
export async function claimNotification(tx: EntityManager, id: string): Promise<Notification | undefined> {
  const [found] = await tx.query<Notification[]>(
    `SELECT ${columnsOf(tx, Notification, 'n')} FROM notification n
     WHERE n.id = $1 AND n.state = 'waiting' FOR NO KEY UPDATE SKIP LOCKED`,
    [id],
  );
  return found;
}

/** Notes that it was handed to the channel, in an attempt that is this transaction. Marking twice keeps the first instant. */
export async function markNotificationSent(tx: EntityManager, id: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE notification SET state = 'sent', sent_at = $2, sending_since = now(), attempts = attempts + 1, last_error_code = NULL WHERE id = $1 AND state <> 'sent'`,
    [id, now],
  );
}

/** Notes that there is nothing to send after all: read already, route closed, person gone. */
export async function suppressNotification(tx: EntityManager, id: string, code: string): Promise<void> {
  await tx.query(`UPDATE notification SET state = 'suppressed', last_error_code = $2 WHERE id = $1 AND state = 'waiting'`, [id, code]);
}

/**
 * Notes a failed attempt.
 * @param code a code, never text
 * @param isFinal true when the machine gives up and a person has to look
 * @returns attempts so far, this one included
 */
export async function noteNotificationFailure(tx: EntityManager, id: string, code: string, isFinal: boolean): Promise<number> {
  const [rows] = await tx.query<[{ attempts: number }[], number]>(
    `UPDATE notification SET attempts = attempts + 1, last_error_code = $2, state = CASE WHEN $3 THEN 'failed' ELSE state END
     WHERE id = $1 AND state <> 'sent' RETURNING attempts`,
    [id, code, isFinal],
  );
  return rows[0]?.attempts ?? 0;
}

/** Notifications that could not be delivered, newest first. */
export async function listFailedNotifications(tx: EntityManager, limit: number): Promise<readonly FailedNotification[]> {
  return tx.query<FailedNotification[]>(
    `SELECT id, kind, recipient_kind AS "recipientKind", recipient_id AS "recipientId", case_id AS "caseId", channel, attempts,
            created_at AS "createdAt", last_error_code AS "lastErrorCode"
     FROM notification WHERE state = 'failed' ORDER BY created_at DESC, id DESC LIMIT $1`,
    [limit],
  );
}

/**
 * Whether a mail of these kinds about a case waits for somebody that will still be sent: it was planned after the news were last read, and none was sent since
 * (then it is superfluous). One that could not be sent at first does not count: it is tried after growing pauses, and later news shall not wait for that. Worker.
 */
export async function isNewsMailWaiting(tx: EntityManager, caseId: string, staffId: string, kinds: readonly string[]): Promise<boolean> {
  const [row] = await tx.query<{ waits: boolean }[]>(
    `SELECT EXISTS (
       SELECT FROM notification n
       WHERE n.case_id = $1 AND n.recipient_id = $2 AND n.recipient_kind = 'staff' AND n.kind = ANY ($3) AND n.state = 'waiting' AND n.attempts = 0
         AND n.created_at > coalesce((SELECT max(t.news_read_at) FROM track t WHERE t.case_id = $1), '-infinity')
         AND NOT EXISTS (
           SELECT FROM notification s
           WHERE s.case_id = $1 AND s.recipient_id = $2 AND s.recipient_kind = 'staff' AND s.kind = ANY ($3)
             AND s.sending_since >= n.planned_at)) AS waits`,
    [caseId, staffId, kinds],
  );
  return row?.waits === true;
}

/** What somebody was told of the news of a case, and what became of them. */
export interface NewsTold {
  /** Whether another mail began to be sent to them after this one was planned. */
  readonly isToldSince: boolean;
  /** When a mail was last sent to them. */
  readonly lastSentAt: Date | null;
  /** When somebody last said that they have read what was new. */
  readonly lastReadAt: Date | null;
  /** Whether everything new was read. Never of a closed case: nothing is marked as new there. */
  readonly isRead: boolean;
}

/** What somebody was told of the news of a case by mails of these kinds, before or after this notification was planned. Worker. */
export async function findNewsTold(
  tx: EntityManager,
  { id, caseId, recipientId }: Pick<Notification, 'id' | 'caseId' | 'recipientId'>,
  kinds: readonly string[],
): Promise<NewsTold> {
  const [row] = await tx.query<NewsTold[]>(
    `WITH sent AS (
       SELECT max(n.sent_at) AS at, max(n.sending_since) AS since FROM notification n
       WHERE n.case_id = $1 AND n.recipient_id = $2 AND n.recipient_kind = 'staff' AND n.kind = ANY ($3))
     SELECT (SELECT coalesce(sent.since >= (SELECT planned_at FROM notification WHERE id = $4), false) FROM sent) AS "isToldSince",
            (SELECT at FROM sent) AS "lastSentAt",
            max(t.news_read_at) AS "lastReadAt",
            coalesce(bool_and(NOT t.has_news) FILTER (WHERE t.closed_at IS NULL), false) AS "isRead"
     FROM track t WHERE t.case_id = $1`,
    [caseId, recipientId, kinds, id],
  );
  return row ?? { isToldSince: false, lastSentAt: null, lastReadAt: null, isRead: false };
}
