import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  AddComplaintFile,
  AddToComplaint,
  MarkRead,
  OpenCase,
  OpenComplaintByReceipt,
  OpenEvidence,
  SendComplaintMessage,
  SendMessageToComplainant,
  type AddComplaintFileInput,
  type ComplaintView,
  type OpenComplaintResult,
} from '@recourse/cases';
import { FolderStore, type StoreResult } from '@recourse/evidence';
import { dataSourceOptions } from '@recourse/persistence';
import { Given, testDatabase, type GivenCase } from '@recourse/testing';
import { newReceiptFrom, randomBytes } from '@recourse/vault';
import { DataSource, type Logger } from 'typeorm';

const database = testDatabase();
let given: Given;
let folder: string;

beforeAll(async () => {
  given = await Given.in(database);
  folder = await mkdtemp(join(tmpdir(), 'recourse-evidence-'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

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

describe('adding to a complaint', () => {
  it('is possible after it is closed, and once for a client key', async () => {
    const filed = await given.caseIn('withdrawn');
    const add = new AddToComplaint(given.intake, given.institution.secrets);
    const input = { digits: filed.receipt, clientKey: randomUUID(), text: 'They came back at night.', now: new Date() };
    const [one, two] = await Promise.all([add.run(input), add.run(input)]);
    expect([one, two].filter((result) => result.ok && !result.repeated)).toHaveLength(1);
    expect((await seen(filed)).items.map(({ kind, text: said }) => [kind, said]).at(-1)).toEqual(['addition', 'They came back at night.']);
  });
});

describe('files', () => {
  const add = ({ receipt }: GivenCase, over: Partial<AddComplaintFileInput> = {}, store = new FolderStore(folder)) =>
    new AddComplaintFile(given.intake, given.institution.secrets, store).run({
      digits: receipt,
      clientKey: randomUUID(),
      name: 'photo of the gate.txt',
      mediaType: 'text/plain; charset=utf-8',
      content: Readable.from([Buffer.from('the gate, '), Buffer.from('and the cart')]),
      now: new Date(),
      ...over,
    });
  const openFile = (filed: GivenCase, fileId: string) =>
    new OpenEvidence(given.casework, new FolderStore(folder)).run({
      actor: given.institution.officer,
      reference: filed.reference,
      fileId,
      now: new Date(),
    });
  /** Every file in the store, whole or begun. */
  const stored = async (): Promise<number> =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;

  it('are taken from the complainant and opened by staff, name and bytes as they were, and the record says so', async () => {
    const filed = await given.filed();
    const added = await add(filed, { name: '/home/amina/photo of the gate.txt' });
    if (!added.ok) throw new Error(added.code);
    expect((await seen(filed)).files).toMatchObject([{ id: added.fileId, name: 'photo of the gate.txt', sizeBytes: 22 }]);
    const opened = await openFile(filed, added.fileId);
    if (!opened.ok) throw new Error(opened.code);
    expect(opened).toMatchObject({ name: 'photo of the gate.txt', mediaType: 'text/plain', sizeBytes: 22 });
    expect(await text(opened.content)).toBe('the gate, and the cart');
    const events = await given.owner.query(`SELECT type FROM case_event WHERE payload->>'evidenceFileId' = $1 ORDER BY seq`, [
      added.fileId,
    ]);
    expect(events).toEqual([{ type: 'evidence_added' }, { type: 'sealed_content_opened' }]);
    expect(await openFile(await given.filed(), added.fileId)).toEqual({ ok: false, code: 'not_found' });
  });

  it('are one file for one client key, and the second copy is not kept', async () => {
    const filed = await given.filed();
    const before = await stored();
    const clientKey = randomUUID();
    const results = await Promise.all([add(filed, { clientKey }), add(filed, { clientKey }), add(filed, { clientKey })]);
    expect(results.filter((result) => result.ok && !result.repeated)).toHaveLength(1);
    expect((await seen(filed)).files).toHaveLength(1);
    expect(await stored()).toBe(before + 1);
  });

  it('leave nothing behind when they are empty, break off, or find no room', async () => {
    const filed = await given.filed();
    const before = await stored();
    expect(await add(filed, { content: Readable.from([]) })).toEqual({ ok: false, code: 'empty' });
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('the line broke');
      })(),
    );
    expect(await add(filed, { content: broken })).toEqual({ ok: false, code: 'incomplete' });
    class FullStore extends FolderStore {
      override put(_key: string, content: Readable): Promise<StoreResult> {
        content.destroy();
        return Promise.resolve({ ok: false, code: 'no_space' });
      }
    }
    expect(await add(filed, {}, new FullStore(folder))).toEqual({ ok: false, code: 'no_room' });
    expect(await add(filed, { name: 'x'.repeat(300) })).toMatchObject({ ok: false, code: 'text_invalid' });
    expect(await add({ ...filed, receipt: newReceiptFrom(randomBytes(32)) })).toEqual({ ok: false, code: 'not_found' });
    expect((await seen(filed)).files).toEqual([]);
    expect(await stored()).toBe(before);
  });
});
