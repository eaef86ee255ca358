import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  AddComplaintFile,
  ClearEvidenceStore,
  OpenComplaintByReceipt,
  OpenEvidence,
  type AddComplaintFileInput,
  type ComplaintView,
} from '@recourse/cases';
import { FolderStore, type StoreResult } from '@recourse/evidence';
import { dataSourceOptions } from '@recourse/persistence';
import { Given, TcpGate, testDatabase, type GivenCase } from '@recourse/testing';
import { newReceiptFrom, randomBytes } from '@recourse/vault';
import { DataSource } from 'typeorm';

const database = testDatabase();
let given: Given;
let folder: string;

beforeAll(async () => {
  given = await Given.in(database);
  folder = await mkdtemp(join(tmpdir(), 'recourse-evidence-'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function seen({ receipt }: GivenCase): Promise<ComplaintView> {
  const open = new OpenComplaintByReceipt(given.intake, given.institution.secrets, given.institution.rules);
  const opened = await open.run({ digits: receipt, now: new Date() });
  if (!opened.ok) throw new Error('not found');
  return opened.view;
}

describe('files', () => {
  const add = ({ receipt }: GivenCase, over: Partial<AddComplaintFileInput> = {}, store = new FolderStore(folder), intake = given.intake) =>
    new AddComplaintFile(intake, given.institution.secrets, store).run({
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

  it.each<[string, () => Partial<AddComplaintFileInput>]>([
    ['other bytes', () => ({ content: Readable.from([Buffer.from('the gate, and the dog')]) })],
    ['another name', () => ({ name: 'photo of the dog.txt' })],
  ])('are refused, not lost in silence, when a file of %s comes under the same key', async (_, over) => {
    const filed = await given.filed();
    const clientKey = randomUUID();
    const first = await add(filed, { clientKey });
    const before = await stored();
    expect(await add(filed, { clientKey, ...over() })).toEqual({ ok: false, code: 'key_reused_with_other_body' });
    expect(await add(filed, { clientKey })).toEqual({ ...first, repeated: true });
    expect(await stored()).toBe(before);
    expect((await seen(filed)).files).toMatchObject([{ name: 'photo of the gate.txt', sizeBytes: 22 }]);
  });

  it('are refused to all but one when different files come at once under the same key', async () => {
    const filed = await given.filed();
    const before = await stored();
    const clientKey = randomUUID();
    const contents = ['one', 'two', 'three'].map((word) => ({ clientKey, content: Readable.from([Buffer.from(word)]) }));
    const results = await Promise.all(contents.map((over) => add(filed, over)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.code === 'key_reused_with_other_body')).toHaveLength(2);
    expect(await stored()).toBe(before + 1);
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

  describe('whose transaction was cut off from the database', () => {
    const DAY_MS = 24 * 3_600_000;
    let gate: TcpGate;
    let intake: DataSource;
    const elsewhere = testDatabase();
    beforeAll(async () => {
      const url = new URL(database.urlOf('intake'));
      gate = new TcpGate({ host: url.hostname, port: Number(url.port) });
      await gate.open();
      url.hostname = '127.0.0.1';
      url.port = String(gate.port);
      intake = await new DataSource(dataSourceOptions(url.href, { poolSize: 2, applicationName: 'test-cut-off' })).initialize();
    });
    afterAll(async () => {
      await intake.destroy();
      await gate.shut();
    });

    /** When the file is stored, something happens to the line to the database. */
    class StoreBefore extends FolderStore {
      constructor(private readonly happens: () => Promise<void> | void) {
        super(folder);
      }

      override async put(key: string, content: Readable): Promise<StoreResult> {
        const result = await super.put(key, content);
        await this.happens();
        return result;
      }
    }
    const losesTheAnswer = () => new StoreBefore(() => gate.loseAnswer('COMMIT'));
    const clear = (now: Date) => new ClearEvidenceStore(given.intake, new FolderStore(folder)).run({ now });
    const unclaimed = () => new FolderStore(folder).listUnclaimed(new Date(Date.now() + DAY_MS));
    const tomorrow = () => new Date(Date.now() + DAY_MS + 60_000);

    it('are kept when the answer to COMMIT is lost, and a repetition is the same file', async () => {
      const filed = await given.filed();
      const before = await stored();
      const clientKey = randomUUID();
      await expect(add(filed, { clientKey }, losesTheAnswer(), intake)).rejects.toThrow();
      const [file] = (await seen(filed)).files;
      const opened = await openFile(filed, file?.id ?? '');
      if (!opened.ok) throw new Error(opened.code);
      expect(await text(opened.content)).toBe('the gate, and the cart');
      expect(await add(filed, { clientKey }, undefined, intake)).toEqual({ ok: true, fileId: file?.id, repeated: true });
      expect(await unclaimed()).toHaveLength(1);
      expect(await clear(tomorrow())).toEqual({ unfinished: 0, claimed: 1, removed: 0 });
      expect(await unclaimed()).toEqual([]);
      expect(await stored()).toBe(before + 1);
    });

    it('are removed a day later when no row names them, and not a minute earlier', async () => {
      const filed = await given.filed();
      const before = await stored();
      const shut = new StoreBefore(() => gate.shut());
      await expect(add(filed, {}, shut, intake)).rejects.toThrow();
      await gate.open();
      expect((await seen(filed)).files).toEqual([]);
      expect(await unclaimed()).toHaveLength(1);
      expect(await clear(new Date(Date.now() + DAY_MS - 60_000))).toEqual({ unfinished: 0, claimed: 0, removed: 0 });
      expect(await clear(tomorrow())).toEqual({ unfinished: 0, claimed: 0, removed: 1 });
      expect(await stored()).toBe(before);
    });

    it('do not put the others in danger: nobody asks about a claimed file, not even in the wrong database', async () => {
      const filed = await given.filed();
      const added = await add(filed);
      const confused = new ClearEvidenceStore(await elsewhere.dataSource('intake'), new FolderStore(folder));
      expect(await confused.run({ now: tomorrow() })).toEqual({ unfinished: 0, claimed: 0, removed: 0 });
      expect(added.ok && (await openFile(filed, added.fileId)).ok).toBe(true);
    });

    it('are kept while the database is away', async () => {
      const filed = await given.filed();
      await expect(add(filed, {}, losesTheAnswer(), intake)).rejects.toThrow();
      await gate.shut();
      await expect(new ClearEvidenceStore(intake, new FolderStore(folder)).run({ now: tomorrow() })).rejects.toThrow();
      await gate.open();
      expect(await clear(tomorrow())).toEqual({ unfinished: 0, claimed: 1, removed: 0 });
    });
  });
});
