import type { OutboxEntry } from '@recourse/messaging';
import { appendAllToOutbox, appendToOutbox, type NewOutboxMessage } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';

/** An entry that may be there already: a second one with the same key is not stored. */
export interface KeyedEntry {
  readonly entry: OutboxEntry;
  readonly dedupeKey?: string;
}

/**
 * Asks the worker for something once the transaction is committed.
 * @param dedupeKey a second entry with the same key is not stored; give one where the same fact could be written twice
 */
export async function putInOutbox(tx: EntityManager, entry: OutboxEntry, now: Date, dedupeKey?: string): Promise<void> {
  await appendToOutbox(tx, messageOf({ entry, ...(dedupeKey === undefined ? {} : { dedupeKey }) }, now));
}

/** Asks for many things at once, in one statement. */
export async function putAllInOutbox(tx: EntityManager, entries: readonly KeyedEntry[], now: Date): Promise<void> {
  if (entries.length > 0) {
    await appendAllToOutbox(
      tx,
      entries.map((entry) => messageOf(entry, now)),
    );
  }
}

function messageOf({ entry, dedupeKey }: KeyedEntry, now: Date): NewOutboxMessage {
  return {
    id: v7(),
    topic: entry.topic,
    payload: { ...entry.payload },
    createdAt: now,
    ...(dedupeKey === undefined ? {} : { dedupeKey }),
  };
}
