import type { EntityManager } from 'typeorm';

import { OUTBOX_WRITTEN } from '../database/in-transaction';
import { insertRow } from '../database/insert';
import { affectedBy } from '../database/rows';
import { OutboxMessage } from './outbox-message.entity';

/** Something the worker is to do once the transaction is committed. */
export interface NewOutboxMessage {
  readonly id: string;
  readonly topic: string;
  /** Ids only. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  /** Not before; `createdAt` when absent. */
  readonly availableAt?: Date;
  /** A second message with the same key is not stored. */
  readonly dedupeKey?: string;
}

/**
 * Writes into the outbox. Within `insertTogether`, a message without a `dedupeKey` waits with the other rows.
 * @returns false when a message with this `dedupeKey` is there already
 */
export async function appendToOutbox(tx: EntityManager, message: NewOutboxMessage): Promise<boolean> {
  const runner = tx.queryRunner;
  if (runner === undefined) {
    throw new Error('the outbox is written in the transaction that needs it');
  }
  const { id, topic, payload, createdAt, dedupeKey } = message;
  const availableAt = message.availableAt ?? createdAt;
  runner.data[OUTBOX_WRITTEN] = true;
  if (dedupeKey === undefined) {
    await insertRow(tx, OutboxMessage, { id, topic, payload, createdAt, availableAt });
    return true;
  }
  return (await appendAllToOutbox(tx, [message])) === 1;
}

/**
 * Writes several messages into the outbox, all in one statement.
 * @returns how many are new: a second one with the same `dedupeKey` is not stored
 */
export async function appendAllToOutbox(tx: EntityManager, messages: readonly NewOutboxMessage[]): Promise<number> {
  const runner = tx.queryRunner;
  if (runner === undefined) {
    throw new Error('the outbox is written in the transaction that needs it');
  }
  runner.data[OUTBOX_WRITTEN] = true;
  const result = await runner.query(
    `INSERT INTO outbox_message (id, topic, payload, dedupe_key, created_at, available_at)
     SELECT id, topic, payload::jsonb, dedupe_key, created_at, available_at
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[])
       AS m (id, topic, payload, dedupe_key, created_at, available_at)
     ON CONFLICT DO NOTHING`,
    [
      messages.map(({ id }) => id),
      messages.map(({ topic }) => topic),
      messages.map(({ payload }) => JSON.stringify(payload)),
      messages.map(({ dedupeKey }) => dedupeKey ?? null),
      messages.map(({ createdAt }) => createdAt),
      messages.map(({ availableAt, createdAt }) => availableAt ?? createdAt),
    ],
    true,
  );
  return result.affected ?? 0;
}

/**
 * Claims messages of these topics that wait and may be handed at `now`, oldest first, and marks them handed. Two workers never get the same one.
 * @returns their ids
 */
export async function claimOutbox(tx: EntityManager, topics: readonly string[], now: Date, limit: number): Promise<readonly string[]> {
  return claimed(
    await tx.query(
      `WITH claim AS (
         SELECT id FROM outbox_message
         WHERE handed_at IS NULL AND done_at IS NULL AND set_aside_at IS NULL AND available_at <= $2 AND topic = ANY ($1)
         ORDER BY available_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
       UPDATE outbox_message m SET handed_at = $2 FROM claim WHERE m.id = claim.id RETURNING m.id, m.available_at AS at`,
      [topics, now, limit],
    ),
  );
}

/**
 * Claims messages of these topics that were handed at `handedBefore` or earlier and are not finished, oldest first, and marks them handed anew.
 * @returns their ids
 */
export async function claimUnfinishedOutbox(
  tx: EntityManager,
  topics: readonly string[],
  handedBefore: Date,
  now: Date,
  limit: number,
): Promise<readonly string[]> {
  return claimed(
    await tx.query(
      `WITH claim AS (
         SELECT id, handed_at AS at FROM outbox_message
         WHERE handed_at <= $2 AND done_at IS NULL AND set_aside_at IS NULL AND topic = ANY ($1)
         ORDER BY handed_at, id LIMIT $4 FOR UPDATE SKIP LOCKED)
       UPDATE outbox_message m SET handed_at = $3 FROM claim WHERE m.id = claim.id RETURNING m.id, claim.at`,
      [topics, handedBefore, now, limit],
    ),
  );
}

/** Takes back that these were handed: the queue did not accept them. */
export async function releaseOutbox(tx: EntityManager, ids: readonly string[]): Promise<void> {
  await tx.query('UPDATE outbox_message SET handed_at = NULL WHERE id = ANY ($1) AND done_at IS NULL', [ids]);
}

/** One message, or undefined. */
export async function findOutboxMessage(tx: EntityManager, id: string): Promise<OutboxMessage | undefined> {
  const [found] = await tx.query<OutboxMessage[]>(
    `SELECT id, topic, payload, dedupe_key AS "dedupeKey", created_at AS "createdAt", available_at AS "availableAt", handed_at AS "handedAt",
            done_at AS "doneAt", attempts, last_error_code AS "lastErrorCode", set_aside_at AS "setAsideAt"
     FROM outbox_message WHERE id = $1`,
    [id],
  );
  return found;
}

/** Marks a message done. Doing so twice keeps the first instant. */
export async function markOutboxDone(tx: EntityManager, id: string, now: Date): Promise<void> {
  await tx.query('UPDATE outbox_message SET done_at = $2 WHERE id = $1 AND done_at IS NULL', [id, now]);
}

/** Puts a message back among those that wait, until `at`. */
export async function postponeOutbox(tx: EntityManager, id: string, at: Date): Promise<void> {
  await tx.query('UPDATE outbox_message SET handed_at = NULL, available_at = $2 WHERE id = $1 AND done_at IS NULL', [id, at]);
}

/** Notes a failed attempt. @param code a code, never text @returns attempts so far, this one included */
export async function noteOutboxFailure(tx: EntityManager, id: string, code: string): Promise<number> {
  const [rows] = await tx.query<[{ attempts: number }[], number]>(
    'UPDATE outbox_message SET attempts = attempts + 1, last_error_code = $2 WHERE id = $1 RETURNING attempts',
    [id, code],
  );
  return rows[0]?.attempts ?? 0;
}

/** Sets a message aside for a person to look at; the machine does not try again. */
export async function setOutboxAside(tx: EntityManager, id: string, code: string, now: Date): Promise<void> {
  await tx.query('UPDATE outbox_message SET set_aside_at = $3, last_error_code = $2 WHERE id = $1 AND done_at IS NULL', [id, code, now]);
}

/** Removes messages that were done before `doneBefore`. @returns how many */
export async function deleteDoneOutbox(tx: EntityManager, doneBefore: Date): Promise<number> {
  return affectedBy(await tx.query('DELETE FROM outbox_message WHERE done_at < $1', [doneBefore]));
}

/** How many messages wait, are handed but not done, and were set aside; for metrics. */
export async function countOutbox(
  tx: EntityManager,
): Promise<{ readonly waiting: number; readonly handed: number; readonly setAside: number }> {
  const [row] = await tx.query<{ waiting: number; handed: number; setAside: number }[]>(
    `SELECT (SELECT count(*)::int FROM outbox_message WHERE handed_at IS NULL AND done_at IS NULL AND set_aside_at IS NULL) AS waiting,
            (SELECT count(*)::int FROM outbox_message WHERE handed_at IS NOT NULL AND done_at IS NULL AND set_aside_at IS NULL) AS handed,
            (SELECT count(*)::int FROM outbox_message WHERE set_aside_at IS NOT NULL) AS "setAside"`,
  );
  return row ?? { waiting: 0, handed: 0, setAside: 0 };
}

function claimed(answer: unknown): readonly string[] {
  const [rows] = answer as [{ id: string; at: Date }[], number];
  return [...rows].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
}
