import { randomUUID } from 'node:crypto';
import {
  AddToComplaint,
  CaseQuota,
  MarkRead,
  OpenCase,
  OpenComplaintByReceipt,
  SendComplaintMessage,
  SendMessageToComplainant,
  type ComplaintView,
  type ConversationWish,
  type OpenComplaintResult,
} from '@recourse/cases';
import { dataSourceOptions } from '@recourse/persistence';
import { Given, testDatabase, type GivenCase } from '@recourse/testing';
import { newReceiptFrom, randomBytes } from '@recourse/vault';
import { DataSource, type Logger } from 'typeorm';

const database = testDatabase();
let given: Given;

beforeAll(async () => {
  given = await Given.in(database);
}, 60_000);

function visit(digits: string, intake = given.intake): Promise<OpenComplaintResult> {
  return new OpenComplaintByReceipt(intake, given.institution.secrets, given.institution.rules).run({ digits, now: new Date() });
}

async function seen({ receipt }: GivenCase): Promise<ComplaintView> {
  const opened = await visit(receipt);
  if (!opened.ok) throw new Error('not found');
  return opened.view;
}

const letter = (filed: GivenCase, body: string, clientKey: string = randomUUID()) =>
  new SendMessageToComplainant(given.casework).run({
    actor: given.institution.officer,
    reference: filed.reference,
    clientKey,
    body,
    now: new Date(),
  });

const message = ({ receipt }: GivenCase, body: string, clientKey: string = randomUUID()) =>
  new SendComplaintMessage(given.intake, given.institution.secrets).run({ digits: receipt, clientKey, body, now: new Date() });

/** Opens connections beforehand: otherwise the first one is done before the second has connected, and nothing is concurrent. */
async function connections(dataSource: DataSource, count: number): Promise<void> {
  const runners = Array.from({ length: count }, () => dataSource.createQueryRunner());
  await Promise.all(runners.map((runner) => runner.connect()));
  await Promise.all(runners.map((runner) => runner.release()));
}

describe('coming back with a receipt', () => {
  it('shows what was said, where it stands in plain words, and by when', async () => {
    const view = await seen(await given.caseIn('acknowledged'));
    expect(view.items).toMatchObject([{ kind: 'complaint', text: 'The guards took my cart at the gate and did not give it back.' }]);
    expect(view.tracks).toMatchObject([
      { stage: 'acknowledged', stageWording: { en: 'A person has read it' }, paused: false, closed: false },
    ]);
    expect(view.tracks[0]?.nextDueAt?.getTime()).toBeGreaterThan(Date.now());
    expect(view.takesMessages).toBe(true);
  });

  it('does the same statements for a receipt that opens nothing', async () => {
    const { receipt } = await given.filed();
    const statements: string[] = [];
    const logger = { logQuery: (query: string) => void statements.push(query) } as unknown as Logger;
    const intake = new DataSource({ ...dataSourceOptions(database.urlOf('intake')), logging: true, logger });
    await intake.initialize();
    const of = async (digits: string): Promise<readonly string[]> => {
      statements.length = 0;
      await visit(digits, intake);
      return [...statements];
    };
    try {
      // The procedure is read once for all; let that be over.
      await of(receipt);
      const known = await of(receipt);
      expect(await of(newReceiptFrom(randomBytes(32)))).toEqual(known);
      expect(known.length).toBeGreaterThan(5);
    } finally {
      await intake.destroy();
    }
    expect(await visit(newReceiptFrom(randomBytes(32)))).toEqual({ ok: false, code: 'not_found' });
  });

  it('opens nobody else’s complaint', async () => {
    const [one, other] = [await given.filed(), await given.filed()];
    expect((await seen(one)).reference).toBe(one.reference);
    expect((await seen(other)).reference).toBe(other.reference);
  });
});

describe('messages', () => {
  it('go both ways, are new once, and their reading is in the record', async () => {
    const filed = await given.filed();
    await message(filed, 'Is anybody there?');
    await letter(filed, 'Yes. We read it today.');
    const first = await seen(filed);
    expect(first.messages.map(({ direction, body, isNew }) => [direction, body, isNew])).toEqual([
      ['from_complainant', 'Is anybody there?', false],
      ['to_complainant', 'Yes. We read it today.', true],
    ]);
    expect((await seen(filed)).messages[1]?.isNew).toBe(false);
    const opened = await new OpenCase(given.casework, given.institution.rules).run({
      actor: given.institution.officer,
      reference: filed.reference,
      now: new Date(),
    });
    const types = opened.ok ? opened.view.timeline.map(({ type }) => type) : [];
    expect(types.filter((type) => type.startsWith('message_'))).toEqual(['message_received', 'message_sent', 'message_read']);
    expect(opened.ok && opened.view.messages[1]?.firstReadAt).toBeInstanceOf(Date);
    const mark = { actor: given.institution.officer, reference: filed.reference, now: new Date() };
    await new MarkRead(given.casework).run(mark);
    await new MarkRead(given.casework).run(mark);
    const reads = await given.owner.query(
      `SELECT actor_kind AS by FROM case_event WHERE case_id = $1 AND type = 'message_read' ORDER BY seq`,
      [(await given.track(filed.reference)).caseId],
    );
    expect(reads).toEqual([{ by: 'complainant' }, { by: 'staff' }]);
  });

  it('are one message for one client key, also when it comes eight times at once, in either direction', async () => {
    const filed = await given.filed();
    const key = randomUUID();
    const answerKey = randomUUID();
    await connections(given.intake, 8);
    await connections(given.casework, 8);
    const sent = await Promise.all(Array.from({ length: 8 }, () => message(filed, 'Once.', key)));
    const answered = await Promise.all(Array.from({ length: 8 }, () => letter(filed, 'Once too.', answerKey)));
    expect(sent.filter((result) => result.ok && !result.repeated)).toHaveLength(1);
    expect(answered.filter((result) => result.ok && !result.repeated)).toHaveLength(1);
    expect((await seen(filed)).messages).toHaveLength(2);
  });

  it('are refused, not lost in silence, when another text comes under the same key, in either direction', async () => {
    const filed = await given.filed();
    const [key, answerKey] = [randomUUID(), randomUUID()];
    await message(filed, 'First.', key);
    await letter(filed, 'First answer.', answerKey);
    const other = { ok: false, code: 'key_reused_with_other_body' };
    expect(await message(filed, 'Second.', key)).toEqual(other);
    expect(await letter(filed, 'Second answer.', answerKey)).toEqual(other);
    expect(await message(filed, ' First.\r\n', key)).toMatchObject({ ok: true, repeated: true });
    expect(await letter(filed, 'First answer.', answerKey)).toMatchObject({ ok: true, repeated: true });
    expect((await seen(filed)).messages.map(({ body }) => body)).toEqual(['First.', 'First answer.']);
  });

  it('are refused when they are empty, too long, or the complaint is closed', async () => {
    const filed = await given.caseIn('withdrawn');
    expect(await message(filed, ' \u202E \n ')).toMatchObject({ ok: false, problems: [{ field: 'body', code: 'missing' }] });
    expect(await message(filed, 'x'.repeat(100_000))).toMatchObject({ ok: false, problems: [{ code: 'too_long', limit: 30_000 }] });
    expect(await message(filed, 'x', 'no key')).toEqual({ ok: false, code: 'key_not_a_uuid' });
    expect(await message(filed, 'x')).toEqual({ ok: false, code: 'closed' });
    expect((await seen(filed)).takesMessages).toBe(false);
    expect(await message({ ...filed, receipt: newReceiptFrom(randomBytes(32)) }, 'x')).toEqual({ ok: false, code: 'not_found' });
  });
});

describe('a long conversation', () => {
  const at = new Date('2026-11-28T12:00:00Z');
  /** As the officer and the complainant see the pages of it, from the newest to the oldest. */
  const pagesOf = async <T>(open: (before: string | undefined) => Promise<{ page: readonly T[]; earlier: string | undefined }>) => {
    const pages: (readonly T[])[] = [];
    let before: string | undefined;
    do {
      const { page, earlier } = await open(before);
      pages.push(page);
      before = earlier;
    } while (before !== undefined);
    return pages;
  };
  const asComplainant = async ({ receipt }: GivenCase, wish: ConversationWish): Promise<ComplaintView> => {
    const open = new OpenComplaintByReceipt(given.intake, given.institution.secrets, given.institution.rules);
    const opened = await open.run({ digits: receipt, now: at, ...wish });
    if (!opened.ok) throw new Error('not found');
    return opened.view;
  };
  const asOfficer = async ({ reference }: GivenCase, wish: ConversationWish) => {
    const opened = await new OpenCase(given.casework, given.institution.rules).run({
      actor: given.institution.officer,
      reference,
      now: at,
      ...wish,
    });
    if (!opened.ok) throw new Error('not found');
    return opened.view;
  };

  it('is opened a page at a time by both sides, with nothing missing, also when all was sent at one instant', async () => {
    const filed = await given.filed();
    const send = new SendComplaintMessage(given.intake, given.institution.secrets, new CaseQuota({ aDay: 99, inAll: 99 }));
    const add = new AddToComplaint(given.intake, given.institution.secrets);
    for (let count = 0; count < 60; count += 1) {
      await send.run({ digits: filed.receipt, clientKey: randomUUID(), body: `message ${count}`, now: at });
    }
    for (let count = 0; count < 25; count += 1) {
      await add.run({ digits: filed.receipt, clientKey: randomUUID(), text: `addition ${count}`, now: at });
    }
    const unread = await asOfficer(filed, {});
    expect([unread.messages.length, unread.items.length]).toEqual([60, 26]);
    await new MarkRead(given.casework).run({ actor: given.institution.officer, reference: filed.reference, now: at });
    const sides = [async (wish: ConversationWish) => asComplainant(filed, wish), async (wish: ConversationWish) => asOfficer(filed, wish)];
    for (const open of sides) {
      const messages = await pagesOf(async (before) => {
        const view = await open(before === undefined ? {} : { messagesBefore: before });
        return { page: view.messages.map(({ body }) => body), earlier: view.earlierMessages };
      });
      expect(messages.map(({ length }) => length)).toEqual([25, 25, 10]);
      expect(new Set(messages.flat()).size).toBe(60);
      const additions = await pagesOf(async (before) => {
        const view = await open(before === undefined ? {} : { additionsBefore: before });
        expect(view.items[0]?.kind).toBe('complaint');
        return { page: view.items.slice(1).map(({ id }) => id), earlier: view.earlierAdditions };
      });
      expect(additions.map(({ length }) => length)).toEqual([10, 10, 5]);
      expect(new Set(additions.flat()).size).toBe(25);
      expect((await open({ messagesBefore: 'no cursor' })).messages.map(({ body }) => body)).toEqual(messages[0]);
    }
    expect((await asComplainant(filed, {})).messageCount).toBe(60);
  });

  it('leaves new what was not shown', async () => {
    const filed = await given.filed();
    for (let count = 0; count < 27; count += 1) await letter(filed, `letter ${count}`);
    const first = await asComplainant(filed, {});
    expect([first.unreadCount, first.messages.filter(({ isNew }) => isNew).length]).toEqual([27, 25]);
    const before = first.earlierMessages ?? '';
    const second = await asComplainant(filed, { messagesBefore: before });
    expect([second.unreadCount, second.messages.map(({ body, isNew }) => [body, isNew])]).toEqual([
      2,
      [
        ['letter 0', true],
        ['letter 1', true],
      ],
    ]);
    expect((await asComplainant(filed, {})).unreadCount).toBe(0);
    const reads = await given.owner.query(`SELECT 1 FROM case_event WHERE case_id = $1 AND type = 'message_read'`, [
      (await given.track(filed.reference)).caseId,
    ]);
    expect(reads).toHaveLength(27);
  });
});

describe('adding to a complaint', () => {
  it('is possible after it is closed, and once for a client key', async () => {
    const filed = await given.caseIn('withdrawn');
    const add = new AddToComplaint(given.intake, given.institution.secrets);
    const input = { digits: filed.receipt, clientKey: randomUUID(), text: 'They came back at night.', now: new Date() };
    const [one, two] = await Promise.all([add.run(input), add.run(input)]);
    expect([one, two].filter((result) => result.ok && !result.repeated)).toHaveLength(1);
    expect(await add.run({ ...input, text: 'Something else.' })).toEqual({ ok: false, code: 'key_reused_with_other_body' });
    expect((await seen(filed)).items.map(({ kind, text: said }) => [kind, said]).at(-1)).toEqual(['addition', 'They came back at night.']);
  });
});
