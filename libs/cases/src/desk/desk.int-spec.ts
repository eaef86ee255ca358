import { randomUUID } from 'node:crypto';
import {
  AssignTrack,
  ListQueue,
  MarkRead,
  OpenCase,
  PerformAction,
  SendMessageToComplainant,
  TIMELINE_PAGE,
  type QueueFilter,
  type SignedInStaff,
} from '@recourse/cases';
import { flagShownNews, inTransaction, listEventPage } from '@recourse/persistence';
import { Given, testDatabase, waitFor, type GivenCase } from '@recourse/testing';
import { SendComplaintMessage } from '../conversation/send-complaint-message';
import { showCase } from '../receipts/shown-case';
import { appendToRecord, COMPLAINANT } from '../record/append-to-record';

const database = testDatabase();
let given: Given;
let stranger: SignedInStaff;

beforeAll(async () => {
  given = await Given.in(database);
  stranger = await given.stranger();
}, 60_000);

const list = (actor: SignedInStaff, filter: QueueFilter, after?: string) =>
  new ListQueue(given.casework, given.institution.rules).run({
    actor,
    filter,
    limit: 2,
    now: new Date(),
    ...(after === undefined ? {} : { after }),
  });

describe('who is not on the team', () => {
  it('sees no row and no count, and gets the answer of a case that does not exist from every use case', async () => {
    const { reference, trackId } = await given.filed();
    const now = new Date();
    for (const actor of [stranger, given.institution.administrator]) {
      expect(await list(actor, 'all')).toEqual({ items: [], counts: { new: 0, mine: 0, due: 0, late: 0, all: 0, closed: 0 } });
      const rules = given.institution.rules;
      const open = new OpenCase(given.casework, rules);
      const missing = await open.run({ actor, reference: 'RC-00000-00000', now });
      expect(missing).toEqual({ ok: false, code: 'not_found' });
      expect(await open.run({ actor, reference, now })).toEqual(missing);
      expect(await new MarkRead(given.casework).run({ actor, reference, now })).toEqual(missing);
      const letter = { actor, reference, clientKey: '00000000-0000-4000-8000-000000000001', body: 'x', now };
      expect(await new SendMessageToComplainant(given.casework).run(letter)).toEqual(missing);
      const assign = { actor, reference, track: trackId, assigneeId: actor.staffId, seenRevision: 1, now };
      expect(await new AssignTrack(given.casework).run(assign)).toEqual(missing);
      const act = { actor, reference, track: trackId, action: 'acknowledge', seenRevision: 1, inputs: {}, now };
      expect(await new PerformAction(given.casework, rules).run(act)).toEqual({ ok: false, refusal: { code: 'not_found' } });
    }
  });
});

describe('opening a case', () => {
  it('shows what was written, and the record says who opened it, once each time', async () => {
    const { reference } = await given.filed();
    const { officer, rules } = { ...given.institution };
    const open = new OpenCase(given.casework, rules);
    const first = await open.run({ actor: officer, reference, now: new Date() });
    expect(first).toMatchObject({ ok: true, view: { items: [{ answers: { narrative: expect.stringContaining('my cart') as unknown } }] } });
    const second = await open.run({ actor: officer, reference: reference.toLowerCase().replaceAll('-', ' '), now: new Date() });
    const openings = second.ok ? second.view.timeline.filter(({ type }) => type === 'sealed_content_opened') : [];
    expect(openings).toMatchObject([{ actor: { id: officer.staffId } }, { actor: { id: officer.staffId } }]);
  });
});

describe('the queue', () => {
  it('is paged to its end without a repetition, soonest due first', async () => {
    await Promise.all([1, 2, 3].map((days) => given.filed({ now: new Date(Date.now() - days * 24 * 3_600_000) })));
    const seen: { reference: string; due: number }[] = [];
    let after: string | undefined;
    do {
      const page = await list(given.institution.officer, 'all', after);
      seen.push(...page.items.map(({ reference, nextDueAt }) => ({ reference, due: nextDueAt?.getTime() ?? Infinity })));
      after = page.next;
    } while (after !== undefined);
    const { counts } = await list(given.institution.officer, 'all');
    expect(new Set(seen.map(({ reference }) => reference)).size).toBe(seen.length);
    expect(seen).toHaveLength(counts.all);
    expect(seen.map(({ due }) => due)).toEqual(seen.map(({ due }) => due).sort((a, b) => a - b));
  });

  it('knows what is new, what is mine and what is late', async () => {
    const { officer } = given.institution;
    const now = new Date();
    const old = await given.filed({ now: new Date(now.getTime() - 30 * 24 * 3_600_000) });
    const assign = { actor: officer, reference: old.reference, track: old.trackId, assigneeId: officer.staffId, seenRevision: 1, now };
    expect(await new AssignTrack(given.casework).run(assign)).toEqual({ ok: true, revision: 2 });
    expect((await list(officer, 'mine')).items).toMatchObject([
      { reference: old.reference, isLate: true, assignee: { id: officer.staffId } },
    ]);
    expect((await list(officer, 'late')).items.map(({ reference }) => reference)).toContain(old.reference);
    const before = (await list(officer, 'new')).counts.new;
    await new MarkRead(given.casework).run({ actor: officer, reference: old.reference, now });
    expect((await list(officer, 'new')).counts.new).toBe(before - 1);
  });
});

describe('giving a track to somebody', () => {
  it('is for leads, supervisors and oneself, only within the team, and tells whoever gets it', async () => {
    const { officer, otherOfficer, supervisor } = given.institution;
    const { reference, trackId } = await given.filed();
    const assign = (actor: SignedInStaff, assigneeId: string | undefined, seenRevision: number) =>
      new AssignTrack(given.casework).run({
        actor,
        reference,
        track: trackId,
        seenRevision,
        now: new Date(),
        ...(assigneeId === undefined ? {} : { assigneeId }),
      });
    expect(await assign(officer, otherOfficer.staffId, 1)).toEqual({ ok: false, code: 'not_allowed' });
    expect(await assign(supervisor, stranger.staffId, 1)).toEqual({ ok: false, code: 'assignee_not_on_team' });
    expect(await assign(supervisor, otherOfficer.staffId, 1)).toEqual({ ok: true, revision: 2 });
    expect(await assign(supervisor, undefined, 1)).toMatchObject({ ok: false, code: 'stale', revision: 2 });
    expect(await assign(otherOfficer, undefined, 2)).toEqual({ ok: true, revision: 3 });
    const told = await given.owner.query(
      `SELECT payload->>'staffId' AS id FROM outbox_message WHERE topic = 'track_assigned' AND payload->>'trackId' = $1`,
      [trackId],
    );
    expect(told).toEqual([{ id: otherOfficer.staffId }]);
  });
});

describe('news', () => {
  it('that are being stored while somebody says "I have read it" are not lost', async () => {
    const { officer, secrets } = given.institution;
    const { reference, receipt } = await given.filed();
    const opened = await new OpenCase(given.casework, given.institution.rules).run({ actor: officer, reference, now: new Date() });
    const seen = opened.ok ? opened.view.seen : '';
    let marked: Promise<unknown> | undefined;
    await inTransaction(given.intake, async (tx) => {
      const shown = await showCase(tx, secrets, receipt);
      await flagShownNews(tx);
      marked = new MarkRead(given.casework).run({ actor: officer, reference, seen, now: new Date() });
      await waitFor('the reader waits for what is being stored', async () => {
        const [row] = await given.owner.query<{ waiting: number }[]>(
          `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return (row?.waiting ?? 0) > 0;
      });
      const event = { type: 'message_received', payload: { messageId: randomUUID() } } as const;
      await appendToRecord(tx, { ...event, caseId: shown?.file.id ?? '', actor: COMPLAINANT, now: new Date() });
    });
    expect(await marked).toEqual({ ok: false, code: 'stale' });
    expect((await given.track(reference)).hasNews).toBe(true);
  });

  it('that an older page did not show stay new, when somebody says that they have read that page', async () => {
    const { officer, rules, secrets } = given.institution;
    const filed = await given.filed();
    const { reference } = filed;
    const open = async (over: object = {}) => {
      const opened = await new OpenCase(given.casework, rules).run({ actor: officer, reference, now: new Date(), ...over });
      if (!opened.ok) throw new Error('not found');
      return opened.view;
    };
    const mark = (seen: string) => new MarkRead(given.casework).run({ actor: officer, reference, seen, now: new Date() });
    const unread = async () =>
      (
        await given.owner.query<{ id: string }[]>(
          `SELECT m.id FROM message m JOIN case_file f ON f.id = m.case_id WHERE f.reference = $1 AND m.first_read_at IS NULL ORDER BY m.sent_at, m.id`,
          [reference],
        )
      ).map(({ id }) => id);
    for (let count = 0; count < 30; count += 1) {
      const message = { digits: filed.receipt, clientKey: randomUUID(), body: `${count}`, now: new Date(Date.now() + count) };
      expect(await new SendComplaintMessage(given.intake, secrets).run(message)).toMatchObject({ ok: true });
    }
    const { messages } = await open();
    // What a program makes of the cursors of its own: a page in the midst of what is new.
    const cursor = (at: string, id: string) => ({ messagesBefore: Buffer.from(`${at}|${id}`).toString('base64url') });
    const { sentAt, id } = messages[20]!;
    const older = await open({ ...cursor(sentAt.toISOString().replace('T', ' ').replace('Z', '+00'), id), messageLimit: 5 });
    expect(older.messages.map(({ body }) => body)).toEqual(['15', '16', '17', '18', '19']);
    expect(await mark(older.seen)).toEqual({ ok: true });
    const shown = new Set(older.messages.map((message) => message.id));
    expect(await unread()).toEqual(messages.flatMap((message) => (shown.has(message.id) ? [] : [message.id])));
    expect((await given.track(reference)).hasNews).toBe(true);
    // A page without a message, and what is no mark at all, say nothing.
    const empty = await open(cursor('2001-01-01 00:00:00+00', '00000000-0000-0000-0000-000000000000'));
    expect([empty.messages, await mark(empty.seen), await mark('everything')]).toEqual([[], { ok: true }, { ok: false, code: 'stale' }]);
    expect(await unread()).toHaveLength(25);
    expect(await mark((await open()).seen)).toEqual({ ok: true });
    expect([await unread(), (await given.track(reference)).hasNews]).toEqual([[], false]);
  }, 30_000);
});

describe('what no page of a case can have shown', () => {
  it('is not marked as read, and what another case has is answered like what nobody has', async () => {
    const { officer, secrets } = given.institution;
    const writing = async (filed: GivenCase, body: string): Promise<string> => {
      const message = { digits: filed.receipt, clientKey: randomUUID(), body, now: new Date() };
      const sent = await new SendComplaintMessage(given.intake, secrets).run(message);
      if (!sent.ok) throw new Error('not sent');
      return sent.messageId;
    };
    const [filed, other] = [await given.filed(), await given.filed()];
    const [first, last] = [await writing(filed, 'First.'), await writing(filed, 'Last.')];
    const others = await writing(other, 'Of another case.');
    const mark = async (seen: string) => {
      const input = { actor: officer, reference: filed.reference, seen, now: new Date() };
      return new MarkRead(given.casework).run(input);
    };
    const eventsAndUnread = async () =>
      given.owner.query<unknown[]>(
        `SELECT (SELECT count(*) FROM message WHERE first_read_at IS NULL) AS unread, (SELECT count(*) FROM case_event) AS events,
                (SELECT count(*) FROM track WHERE has_news) AS news`,
      );
    const before = await eventsAndUnread();
    const nobodys = randomUUID();
    for (const seen of [
      `1:${nobodys}:${nobodys}`,
      `1:${others}:${others}`,
      `1:${first}:${nobodys}`,
      `1:${first}:${others}`,
      `1:${others}:${last}`,
      `1:${last}:${first}`,
      `999999999:${first}:${last}`,
      '999999999:',
      '999999999',
    ]) {
      expect([seen, await mark(seen)]).toEqual([seen, { ok: false, code: 'not_found' }]);
    }
    expect(await eventsAndUnread()).toEqual(before);
    expect(await mark(`1:${first}:${last}`)).toEqual({ ok: true });
    expect(await eventsAndUnread()).not.toEqual(before);
  });
});

describe('the record of a case', () => {
  it('is opened a page at a time, and what is said of clocks does not depend on which', async () => {
    const now = new Date();
    const { reference, trackId } = await given.caseIn('screening', { now });
    const { officer, rules } = given.institution;
    for (const action of ['pause_for_other_proceedings', 'continue_after_pause']) {
      const { revision } = await given.track(reference);
      const words = { reason: 'The court decides first.', ...(action === 'continue_after_pause' ? {} : { message: 'We wait.' }) };
      const act = { actor: officer, reference, track: trackId, action, seenRevision: revision, inputs: {}, ...words, now };
      expect(await new PerformAction(given.casework, rules).run(act)).toMatchObject({ ok: true });
    }
    const open = async (timelineBefore?: number) => {
      const wish = timelineBefore === undefined ? {} : { timelineBefore };
      const opened = await new OpenCase(given.casework, rules).run({
        actor: officer,
        reference,
        now: new Date('2026-03-02T09:00:00Z'),
        ...wish,
      });
      if (!opened.ok) throw new Error('not found');
      return opened.view;
    };
    const first = await open();
    expect(first.earlierTimeline).toBeUndefined();
    expect(first.tracks[0]!.clocks.flatMap(({ pauses }) => pauses)).toHaveLength(1);
    for (let count = 0; count < TIMELINE_PAGE; count += 1) await open();
    const newest = await open();
    expect(newest.timeline.map(({ seq }) => seq)).toEqual(
      Array.from({ length: TIMELINE_PAGE }, (_, index) => first.timeline.length + 1 + 1 + index),
    );
    const before = await open(newest.earlierTimeline);
    expect(before.timeline.at(-1)?.seq).toBe(newest.timeline[0]!.seq - 1);
    expect(before.timeline.slice(0, first.timeline.length)).toEqual(first.timeline);
    expect([before.earlierTimeline, before.tracks, newest.tracks]).toEqual([undefined, first.tracks, first.tracks]);
    // Which page of the record it is says nothing of the news.
    expect(Number(before.seen)).toBe(Number(newest.seen) + 1);
  }, 30_000);

  it('has, on every page, nothing of a track that the reader may not see', async () => {
    const { reference, trackId } = await given.filed();
    const caseId = (await given.track(reference)).caseId;
    const { rows } = await listEventPage(given.owner.manager, caseId, { trackIds: [], limit: 100 });
    const all = await listEventPage(given.owner.manager, caseId, { trackIds: [trackId], limit: 100 });
    expect(rows.every((event) => event.trackId === null)).toBe(true);
    expect(all.rows.length).toBeGreaterThan(rows.length);
    const pages = [await listEventPage(given.owner.manager, caseId, { trackIds: [trackId], limit: 2 })];
    for (let before = pages[0]?.earlier; before !== undefined; before = pages.at(-1)?.earlier) {
      pages.push(await listEventPage(given.owner.manager, caseId, { trackIds: [trackId], limit: 2, before }));
    }
    expect(pages.reverse().flatMap((page) => page.rows.map(({ id }) => id))).toEqual(all.rows.map(({ id }) => id));
  });
});
