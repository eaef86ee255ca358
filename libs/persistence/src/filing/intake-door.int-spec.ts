import { randomBytes } from 'node:crypto';

import { aCaseFile, aStaffMember, bytes, type Desk, insertDesk, insertFiledCase, ROW_INSTANT, testDatabase } from '@recourse/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';

import { insertMessage } from '../conversation/message.store';
import { inTransaction } from '../database/in-transaction';
import { insertStaffMember } from '../institution/staff.store';
import { setTrackNews } from '../tracks/track.store';
import { insertCaseFile } from './case-file.store';
import { insertEvidenceFile } from './evidence-file.store';
import { findFiling, lockFiling } from './filing.store';
import { insertIntakeItem } from './intake-item.store';
import { showReceipt } from './receipt.store';
import {
  countShownMessages,
  findShownCaseFile,
  flagShownNews,
  listShownEvidenceFiles,
  listShownIntakeItems,
  listShownKeys,
  listShownMessages,
  listShownTracks,
  markShownMessagesRead,
} from './shown-case.store';

const database = testDatabase();
let intake: DataSource;
let owner: DataSource;
let desk: Desk;

beforeAll(async () => {
  owner = await database.dataSource('owner');
  intake = await database.dataSource('intake');
  desk = await inTransaction(owner, insertDesk);
});

const fromComplainant = {
  direction: 'from_complainant',
  authorStaffId: null,
  sentAt: ROW_INSTANT,
  sealedBody: bytes(9),
  firstReadAt: null,
} as const;

describe('the public process, as recourse_intake', () => {
  it('files a complaint with everything that belongs to it', async () => {
    const { caseFile } = await inTransaction(intake, (tx) => insertFiledCase(tx, desk));
    const counts = await owner.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM case_event WHERE case_id = $1 UNION ALL SELECT count(*)::int FROM outbox_message WHERE payload->>'caseId' = $1::text`,
      [caseFile.id],
    );
    expect(counts.map(({ n }) => n)).toEqual([2, 1]);
  });

  it('finds a filing by its key and by nothing else', async () => {
    const key = randomBytes(32);
    const { caseFile, receiptLookup } = await inTransaction(intake, (tx) => insertFiledCase(tx, desk, { idempotencyLookup: key }));
    expect(await inTransaction(intake, (tx) => findFiling(tx, key))).toEqual({
      bodyCheck: bytes(32),
      caseId: caseFile.id,
      receiptLookup,
      reference: caseFile.reference,
    });
    expect(await inTransaction(intake, (tx) => findFiling(tx, randomBytes(32)))).toBeUndefined();
  });

  it('makes twenty submits with one key one complaint', async () => {
    const key = randomBytes(32);
    const submit = (): Promise<'filed' | 'repeated'> =>
      inTransaction(intake, async (tx) => {
        await lockFiling(tx, key);
        if ((await findFiling(tx, key)) !== undefined) {
          return 'repeated';
        }
        await insertFiledCase(tx, desk, { idempotencyLookup: key });
        return 'filed';
      });
    const answers = await Promise.all(Array.from({ length: 20 }, submit));
    expect(answers.filter((answer) => answer === 'filed')).toHaveLength(1);
  });

  it('is told that a reference is taken, and can go on in the same transaction', async () => {
    const { caseFile } = await inTransaction(intake, (tx) => insertFiledCase(tx, desk));
    await inTransaction(intake, async (tx) => {
      expect(await insertCaseFile(tx, aCaseFile({ deskTeamId: desk.team.id, reference: caseFile.reference }))).toBe(false);
      expect(await insertCaseFile(tx, aCaseFile({ deskTeamId: desk.team.id }))).toBe(true);
    });
  });

  it('shows the holder of a receipt their own complaint', async () => {
    const { caseFile, track, receiptLookup } = await inTransaction(intake, (tx) => insertFiledCase(tx, desk));
    const staff = aStaffMember();
    const message = {
      id: v7(),
      caseId: caseFile.id,
      direction: 'to_complainant',
      authorStaffId: staff.id,
      sentAt: ROW_INSTANT,
      sealedBody: bytes(5),
      firstReadAt: null,
    } as const;
    await inTransaction(owner, async (tx) => {
      await insertStaffMember(tx, staff);
      await insertMessage(tx, message);
      await setTrackNews(tx, track.id, false);
    });
    await inTransaction(intake, async (tx) => {
      expect(await showReceipt(tx, receiptLookup)).toBe(caseFile.id);
      await insertMessage(tx, { ...fromComplainant, id: v7(), caseId: caseFile.id });
      await insertIntakeItem(tx, {
        id: v7(),
        caseId: caseFile.id,
        kind: 'addition',
        channel: 'web_form',
        receivedAt: ROW_INSTANT,
        sealedAnswers: bytes(9),
      });
      await insertEvidenceFile(tx, {
        id: v7(),
        caseId: caseFile.id,
        intakeItemId: null,
        receivedAt: ROW_INSTANT,
        sealedName: bytes(9),
        mediaType: 'image/png',
        sizeBytes: 9,
        sha256: bytes(32),
        sealedPlainSha256: bytes(60),
        storageKey: v7(),
      });
      expect(await findShownCaseFile(tx)).toMatchObject({ id: caseFile.id, reference: caseFile.reference, receivedAt: ROW_INSTANT });
      expect(await listShownTracks(tx)).toEqual([
        expect.objectContaining({ id: track.id, stage: 'received', nextDueAt: ROW_INSTANT, isPaused: false, closedAt: null }),
      ]);
      expect((await listShownMessages(tx, { limit: 9 })).rows).toHaveLength(2);
      expect(Object.keys((await listShownMessages(tx, { limit: 9 })).rows[0] ?? {})).not.toContain('authorStaffId');
      for (const kind of ['complaint', 'addition'] as const)
        expect((await listShownIntakeItems(tx, kind, { limit: 9 })).rows).toHaveLength(1);
      expect(await countShownMessages(tx)).toEqual({ inAll: 2, unread: 1 });
      expect(await listShownEvidenceFiles(tx)).toEqual([expect.objectContaining({ sizeBytes: 9 })]);
      expect(await listShownKeys(tx)).toEqual([expect.objectContaining({ keyVersion: 1, sealedKey: bytes(80) })]);
      expect(await markShownMessagesRead(tx, ROW_INSTANT, [])).toEqual([]);
      expect(await markShownMessagesRead(tx, ROW_INSTANT, [message.id])).toEqual([message.id]);
      expect(await markShownMessagesRead(tx, new Date(), [message.id])).toEqual([]);
      await flagShownNews(tx);
    });
    const [row] = await owner.query<{ has_news: boolean }[]>('SELECT has_news FROM track WHERE id = $1', [track.id]);
    expect(row?.has_news).toBe(true);
  });

  it('says that a clock waits', async () => {
    const { caseFile, track, receiptLookup } = await inTransaction(intake, (tx) => insertFiledCase(tx, desk));
    await owner.query(`UPDATE deadline SET state = 'paused', paused_at = now(), remaining_ms = 1, next_fire_at = NULL WHERE case_id = $1`, [
      caseFile.id,
    ]);
    await inTransaction(intake, async (tx) => {
      await showReceipt(tx, receiptLookup);
      expect(await listShownTracks(tx)).toEqual([expect.objectContaining({ id: track.id, isPaused: true })]);
    });
  });

  it('forgets the receipt with the transaction', async () => {
    const { caseFile, receiptLookup } = await inTransaction(intake, (tx) => insertFiledCase(tx, desk));
    const one = intake.createQueryRunner();
    try {
      await one.startTransaction();
      expect(await showReceipt(one.manager, receiptLookup)).toBe(caseFile.id);
      await one.commitTransaction();
      expect(await findShownCaseFile(one.manager)).toBeUndefined();
    } finally {
      await one.release();
    }
  });
});
