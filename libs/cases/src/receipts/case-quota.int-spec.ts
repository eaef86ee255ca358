import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { DEFAULT_LIMIT_BYTES, FolderStore } from '@recourse/evidence';
import { Given, testDatabase, waitFor, type GivenCase } from '@recourse/testing';
import { SendComplaintMessage } from '../conversation/send-complaint-message';
import { AddComplaintFile } from './add-complaint-file';
import { AddToComplaint } from './add-to-complaint';
import { CaseQuota } from './case-quota';

const NOW = new Date('2026-11-28T12:00:00Z');
const later = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

describe('one receipt', () => {
  const database = testDatabase();
  let given: Given;
  let folder: string;
  let filed: GivenCase;
  beforeAll(async () => {
    given = await Given.in(database);
    folder = await mkdtemp(join(tmpdir(), 'recourse-quota-'));
  }, 60_000);
  beforeEach(async () => {
    filed = await given.filed({ now: NOW });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const few = { aDay: 3, inAll: 5 };
  const quota = new CaseQuota(few, few, few, { aDay: 200_000, inAll: 500_000 });
  const message = (text: string, now = NOW, clientKey: string = randomUUID(), { receipt: digits } = filed) =>
    new SendComplaintMessage(given.intake, given.institution.secrets, quota).run({ digits, clientKey, body: text, now });
  const addition = (text: string, now = NOW) =>
    new AddToComplaint(given.intake, given.institution.secrets, quota).run({ digits: filed.receipt, clientKey: randomUUID(), text, now });
  const file = (bytes: number, now = NOW, clientKey: string = randomUUID()) =>
    new AddComplaintFile(given.intake, given.institution.secrets, new FolderStore(folder), quota).run({
      digits: filed.receipt,
      clientKey,
      name: 'a.jpg',
      content: Readable.from([Buffer.alloc(bytes, 7)]),
      now,
    });
  const kept = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).flatMap((one) => (one.isFile() ? one.name : [])).sort();
  const connected = async (count: number) => {
    const runners = Array.from({ length: count }, () => given.intake.createQueryRunner());
    await Promise.all(runners.map((runner) => runner.connect()));
    await Promise.all(runners.map((runner) => runner.release()));
  };

  it('sends so many messages a day, and again when the first is a day old', async () => {
    for (const hours of [0, 1, 2]) expect(await message(`${hours}`, later(hours))).toMatchObject({ ok: true });
    expect(await message('one more', later(3))).toEqual({ ok: false, code: 'too_many_today', retryAt: later(24) });
    expect(await message('one more', later(24))).toMatchObject({ ok: true });
    expect(await message('and one more', later(24))).toMatchObject({ code: 'too_many_today', retryAt: later(25) });
  });

  it('sends so many in all', async () => {
    for (const day of [0, 1, 2, 3, 4]) expect(await message('x', later(day * 25))).toMatchObject({ ok: true });
    expect(await message('x', later(200))).toEqual({ ok: false, code: 'case_full' });
  });

  it('does not get past it with ten at once', async () => {
    await connected(10);
    const sent = await Promise.all(Array.from({ length: 10 }, (_, at) => message(`${at}`)));
    expect(sent.filter(({ ok }) => ok)).toHaveLength(3);
    expect(new Set(sent.filter(({ ok }) => !ok).map((one) => JSON.stringify(one))).size).toBe(1);
    const [row] = await given.owner.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM message m JOIN track t ON t.case_id = m.case_id WHERE t.id = $1',
      [filed.trackId],
    );
    expect(row?.count).toBe(3);
  });

  it('has what was stored confirmed, also when nothing more is taken: the same key twice counts once', async () => {
    const key = randomUUID();
    await connected(4);
    const twice = await Promise.all([message('first', NOW, key), message('first', NOW, key)]);
    expect(twice).toMatchObject([{ ok: true }, { ok: true }]);
    for (const text of ['second', 'third']) expect(await message(text)).toMatchObject({ ok: true });
    expect(await message('first', later(1), key)).toMatchObject({ ok: true, repeated: true });
    expect(await message('fourth')).toMatchObject({ code: 'too_many_today' });
  });

  it('leaves every other complaint alone, and messages, additions and files do not take each other’s room', async () => {
    for (const text of ['a', 'b', 'c']) await message(text);
    const other = await given.filed({ now: NOW });
    expect(await message('x', NOW, randomUUID(), other)).toMatchObject({ ok: true });
    for (const text of ['a', 'b', 'c']) expect(await addition(text)).toMatchObject({ ok: true });
    expect(await addition('d')).toMatchObject({ code: 'too_many_today', retryAt: later(24) });
    for (const size of [1, 2, 3]) expect(await file(size)).toMatchObject({ ok: true });
    expect(await file(4)).toMatchObject({ code: 'too_many_today', retryAt: later(24) });
  });

  it('brings so many bytes, and of a file that was too much nothing stays', async () => {
    expect(await file(150_000)).toMatchObject({ ok: true });
    const before = await kept();
    expect(await file(150_000, later(2))).toMatchObject({ code: 'too_many_today', retryAt: later(24) });
    expect(await kept()).toEqual(before);
    expect(await message('still in touch', later(2))).toMatchObject({ ok: true });
  });

  it('does not get past it with three uploads at once', async () => {
    await connected(6);
    const sent = await Promise.all([file(90_000), file(90_000), file(90_000)]);
    expect(sent.map((one) => (one.ok ? 'stored' : one.code)).sort()).toEqual(['stored', 'stored', 'too_many_today']);
  });

  it('sends two files at once, and a third when one of them is here, has broken off or was refused', async () => {
    const add = new AddComplaintFile(given.intake, given.institution.secrets, new FolderStore(folder), new CaseQuota());
    const arriving = (of = filed): { content: PassThrough; result: ReturnType<AddComplaintFile['run']> } => {
      const content = new PassThrough();
      const result = add.run({ digits: of.receipt, clientKey: randomUUID(), name: 'a.jpg', content, now: NOW });
      return { content, result };
    };
    /** What was written is read: it has begun. */
    const begun = async ({ content }: { content: PassThrough }): Promise<void> => {
      content.write('x');
      await waitFor('the file is being read', () => content.readableLength === 0);
    };
    const [first, second] = [arriving(), arriving()];
    await begun(first);
    await begun(second);
    const before = await kept();
    const third = arriving();
    third.content.end('x');
    expect(await third.result).toEqual({ ok: false, code: 'too_many_at_once', retryAt: new Date(NOW.getTime() + 60_000) });
    expect(await kept()).toEqual(before);
    // Another complaint has its own.
    const others = arriving(await given.filed({ now: NOW }));
    others.content.end('x');
    expect(await others.result).toMatchObject({ ok: true });
    for (const leave of [() => first.content.end('y'), () => second.content.destroy(new Error('The sender broke off.'))]) {
      leave();
    }
    expect([await first.result, await second.result]).toMatchObject([{ ok: true }, { code: 'incomplete' }]);
    for (const [ended, code] of [
      ['x', undefined],
      ['', 'empty'],
      ['x', undefined],
    ] as const) {
      const { content, result } = arriving();
      content.end(ended);
      expect(await result).toMatchObject(code === undefined ? { ok: true } : { code });
    }
  });

  it('is refused before the upload when the file is too much by its own word', async () => {
    await file(150_000);
    const nowhere = new FolderStore(join(folder, 'b.jpg', 'is no folder'));
    const add = (store: FolderStore, announcedBytes: number, bytes = 100) =>
      new AddComplaintFile(given.intake, given.institution.secrets, store, quota).run({
        digits: filed.receipt,
        clientKey: randomUUID(),
        name: 'a',
        content: Readable.from([Buffer.alloc(bytes)]),
        announcedBytes,
        now: later(2),
      });
    expect(await add(nowhere, 100_000)).toMatchObject({ code: 'too_many_today', retryAt: later(24) });
    expect(await add(nowhere, DEFAULT_LIMIT_BYTES + 1)).toEqual({ ok: false, code: 'too_large', limit: DEFAULT_LIMIT_BYTES });
    expect(await add(new FolderStore(folder), 40_000)).toMatchObject({ ok: true });
  });

  it('is refused before the upload when there is no room at all', async () => {
    for (const size of [1, 2, 3]) await file(size);
    const nowhere = new FolderStore(join(folder, 'a.jpg', 'is no folder'));
    const add = new AddComplaintFile(given.intake, given.institution.secrets, nowhere, quota);
    const content = Readable.from([Buffer.alloc(9)]);
    const refused = await add.run({ digits: filed.receipt, clientKey: randomUUID(), name: 'a', content, now: NOW });
    expect(refused).toMatchObject({ code: 'too_many_today' });
  });
});
