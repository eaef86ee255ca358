import { insertCaseWithTrack, insertDesk, ROW_INSTANT, testDatabase, waitFor } from '@recourse/testing';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';

import { inTransaction } from '../database/in-transaction';
import {
  claimNotification,
  findNotification,
  insertNotification,
  listFailedNotifications,
  markNotificationSent,
  type NewNotification,
  noteNotificationFailure,
  suppressNotification,
} from './notification.store';
import {
  appendToOutbox,
  claimOutbox,
  claimUnfinishedOutbox,
  countOutbox,
  deleteDoneOutbox,
  findOutboxMessage,
  markOutboxDone,
  type NewOutboxMessage,
  noteOutboxFailure,
  postponeOutbox,
  releaseOutbox,
  setOutboxAside,
} from './outbox.store';

const database = testDatabase();
let worker: DataSource;
let casework: DataSource;
let owner: DataSource;

const seconds = (count: number): Date => new Date(ROW_INSTANT.getTime() + count * 1_000);
const NOW = seconds(100);
const aMessage = (given: Partial<NewOutboxMessage> = {}): NewOutboxMessage => ({
  id: v7(),
  topic: 'complaint_filed',
  payload: { caseId: v7() },
  createdAt: ROW_INSTANT,
  ...given,
});
const TOPICS = ['complaint_filed', 'message_sent'];

beforeAll(async () => {
  owner = await database.dataSource('owner');
  worker = await database.dataSource('worker');
  casework = await database.dataSource('casework');
});

beforeEach(async () => {
  await owner.query('DELETE FROM outbox_message');
});

/** Appends messages that become available a second apart, in this order. */
async function append(count: number, given: Partial<NewOutboxMessage> = {}): Promise<readonly string[]> {
  const messages = Array.from({ length: count }, (_, index) => aMessage({ availableAt: seconds(index), ...given }));
  await inTransaction(casework, async (tx) => {
    for (const message of messages) {
      expect(await appendToOutbox(tx, message)).toBe(true);
    }
  });
  return messages.map(({ id }) => id);
}

describe('the outbox', () => {
  it('gives messages oldest first, each to one of several workers, until none is left', async () => {
    const ids = await append(50);
    const taken: (readonly string[])[] = [];
    const work = async (): Promise<void> => {
      for (let isEmpty = false; !isEmpty;) {
        const claimed = await inTransaction(worker, (tx) => claimOutbox(tx, TOPICS, NOW, 4));
        taken.push(claimed);
        isEmpty = claimed.length === 0;
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    expect(taken.flat().sort()).toEqual([...ids].sort());
    for (const batch of taken) {
      expect([...batch].sort((a, b) => ids.indexOf(a) - ids.indexOf(b))).toEqual(batch);
    }
  });

  it('gives two workers different messages while both transactions are open', async () => {
    await append(10);
    await inTransaction(worker, async (first) => {
      const mine = await claimOutbox(first, TOPICS, NOW, 6);
      const theirs = await inTransaction(worker, (second) => claimOutbox(second, TOPICS, NOW, 6));
      expect([mine.length, theirs.length, new Set([...mine, ...theirs]).size]).toEqual([6, 4, 10]);
    });
  });

  it('keeps what is not due, of other topics, done or set aside', async () => {
    await append(1, { availableAt: seconds(101) });
    await append(1, { topic: 'of_a_newer_release' });
    const [done, aside, free] = await append(3);
    await inTransaction(worker, async (tx) => {
      await markOutboxDone(tx, String(done), NOW);
      await setOutboxAside(tx, String(aside), 'broken', NOW);
      expect(await claimOutbox(tx, TOPICS, NOW, 10)).toEqual([free]);
      expect(await countOutbox(tx)).toEqual({ waiting: 2, handed: 1, setAside: 1 });
    });
  });

  it('stores a message once for each dedupe key, without failing the transaction', async () => {
    await inTransaction(casework, async (tx) => {
      expect(await appendToOutbox(tx, aMessage({ dedupeKey: 'k' }))).toBe(true);
      expect(await appendToOutbox(tx, aMessage({ dedupeKey: 'k' }))).toBe(false);
      expect(await appendToOutbox(tx, aMessage())).toBe(true);
    });
    expect(await owner.query('SELECT FROM outbox_message')).toHaveLength(2);
  });

  it('hands again what was handed long ago and is not finished, once', async () => {
    const [first, second] = await append(2);
    await inTransaction(worker, async (tx) => {
      await claimOutbox(tx, TOPICS, seconds(10), 10);
      await markOutboxDone(tx, String(second), seconds(11));
      expect(await claimUnfinishedOutbox(tx, TOPICS, seconds(9), NOW, 10)).toEqual([]);
      expect(await claimUnfinishedOutbox(tx, TOPICS, seconds(10), NOW, 10)).toEqual([first]);
      expect(await claimUnfinishedOutbox(tx, TOPICS, seconds(10), NOW, 10)).toEqual([]);
    });
  });

  it('takes back, postpones, counts failures and keeps the first end', async () => {
    const [id = ''] = await append(1);
    await inTransaction(worker, async (tx) => {
      await claimOutbox(tx, TOPICS, NOW, 1);
      await releaseOutbox(tx, [id]);
      expect(await claimOutbox(tx, TOPICS, NOW, 1)).toEqual([id]);
      expect(await noteOutboxFailure(tx, id, 'smtp_refused')).toBe(1);
      expect(await noteOutboxFailure(tx, id, 'smtp_refused')).toBe(2);
      await postponeOutbox(tx, id, seconds(200));
      expect(await claimOutbox(tx, TOPICS, NOW, 1)).toEqual([]);
      expect(await claimOutbox(tx, TOPICS, seconds(200), 1)).toEqual([id]);
      await markOutboxDone(tx, id, seconds(201));
      await markOutboxDone(tx, id, seconds(999));
      await setOutboxAside(tx, id, 'late', seconds(999));
      expect(await findOutboxMessage(tx, id)).toMatchObject({
        doneAt: seconds(201),
        attempts: 2,
        lastErrorCode: 'smtp_refused',
        setAsideAt: null,
      });
      expect(await deleteDoneOutbox(tx, seconds(201))).toBe(0);
      expect(await deleteDoneOutbox(tx, seconds(202))).toBe(1);
    });
  });

  it('wakes whoever listens once a transaction that wrote into it is committed, and not before', async () => {
    const heard: string[] = [];
    const listener = new Client({ connectionString: database.urlOf('worker') });
    await listener.connect();
    listener.on('notification', ({ channel }) => heard.push(channel));
    await listener.query('LISTEN recourse_outbox');
    try {
      await expect(
        inTransaction(casework, async (tx) => {
          await appendToOutbox(tx, aMessage());
          throw new Error('rolled back');
        }),
      ).rejects.toThrow('rolled back');
      await inTransaction(casework, (tx) => tx.query('SELECT 1'));
      await listener.query('SELECT 1');
      expect(heard).toEqual([]);
      await inTransaction(casework, (tx) => appendToOutbox(tx, aMessage()));
      await waitFor('the relay hears of it', () => heard.length > 0);
      expect(heard).toEqual(['recourse_outbox']);
    } finally {
      await listener.end();
    }
  });
});

describe('notifications', () => {
  let planned: NewNotification;

  beforeEach(async () => {
    const { caseFile } = await inTransaction(owner, async (tx) => insertCaseWithTrack(tx, await insertDesk(tx)));
    planned = {
      id: v7(),
      kind: 'staff_new_complaint',
      recipientKind: 'staff',
      recipientId: v7(),
      caseId: caseFile.id,
      channel: 'email',
      createdAt: ROW_INSTANT,
      dedupeKey: `new:${caseFile.id}`,
    };
    expect(await inTransaction(worker, (tx) => insertNotification(tx, planned))).toBe(true);
  });

  it('are planned once for each dedupe key', async () => {
    expect(await inTransaction(worker, (tx) => insertNotification(tx, { ...planned, id: v7() }))).toBe(false);
  });

  it('are sent by one of two workers', async () => {
    await inTransaction(worker, async (first) => {
      expect(await claimNotification(first, planned.id)).toMatchObject({ id: planned.id, kind: 'staff_new_complaint', attempts: 0 });
      expect(await inTransaction(worker, (second) => claimNotification(second, planned.id))).toBeUndefined();
      await markNotificationSent(first, planned.id, NOW);
    });
    expect(await inTransaction(worker, (tx) => claimNotification(tx, planned.id))).toBeUndefined();
    expect(await inTransaction(worker, (tx) => findNotification(tx, planned.id))).toMatchObject({
      state: 'sent',
      sentAt: NOW,
      attempts: 1,
    });
  });

  it('that fail for good are shown to a person; those not needed any more are not sent', async () => {
    await inTransaction(worker, async (tx) => {
      expect(await noteNotificationFailure(tx, planned.id, 'smtp_refused', false)).toBe(1);
      expect(await claimNotification(tx, planned.id)).toBeDefined();
      expect(await noteNotificationFailure(tx, planned.id, 'smtp_refused', true)).toBe(2);
      expect(await claimNotification(tx, planned.id)).toBeUndefined();
    });
    expect(await inTransaction(casework, (tx) => listFailedNotifications(tx, 10))).toEqual([
      expect.objectContaining({ id: planned.id, attempts: 2, lastErrorCode: 'smtp_refused' }),
    ]);
    const other = { ...planned, id: v7(), dedupeKey: v7() };
    await inTransaction(worker, async (tx) => {
      await insertNotification(tx, other);
      await suppressNotification(tx, other.id, 'already_read');
      expect(await claimNotification(tx, other.id)).toBeUndefined();
    });
  });
});
