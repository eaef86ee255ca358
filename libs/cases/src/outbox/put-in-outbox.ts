import type { OutboxEntry } from '@recourse/messaging';
import { appendToOutbox } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';

/**
 * Asks the worker for something once the transaction is committed.
 * @param dedupeKey a second entry with the same key is not stored; give one where the same fact could be written twice
 */
export async function putInOutbox(tx: EntityManager, entry: OutboxEntry, now: Date, dedupeKey?: string): Promise<void> {
  await appendToOutbox(tx, {
    id: v7(),
    topic: entry.topic,
    payload: { ...entry.payload },
    createdAt: now,
    ...(dedupeKey === undefined ? {} : { dedupeKey }),
  });
}
