import { randomUUID } from 'node:crypto';
import { AddToComplaint, OpenComplaintByReceipt, SendComplaintMessage, TIMELINE_PAGE } from '@recourse/cases';
import { appendEvent, findCaseByReference, inTransaction, listEvents } from '@recourse/persistence';
import type { GivenCase } from '@recourse/testing';
import { Colleague, sendFile, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

async function eventsOf(reference: string, type: string): Promise<unknown[]> {
  const { manager } = rooms().given.owner;
  const file = await findCaseByReference(manager, reference);
  return (await listEvents(manager, file?.id ?? '')).filter((event) => event.type === type);
}

/** What the complainant reads with their number. */
async function lettersTo({ receipt }: GivenCase): Promise<string[]> {
  const { intake, institution } = rooms().given;
  const opened = await new OpenComplaintByReceipt(intake, institution.secrets, institution.rules).run({ digits: receipt, now: new Date() });
  return opened.ok ? opened.view.messages.filter(({ direction }) => direction === 'to_complainant').map(({ body }) => body) : [];
}

async function complainantWrites({ receipt }: GivenCase, body: string, now = new Date()): Promise<void> {
  const { intake, institution } = rooms().given;
  const written = { digits: receipt, clientKey: randomUUID(), body, now };
  const sent = await new SendComplaintMessage(intake, institution.secrets).run(written);
  if (!sent.ok) throw new Error(`the message was refused: ${sent.code}`);
}

async function complainantAdds({ receipt }: GivenCase, text: string): Promise<void> {
  const { intake, institution } = rooms().given;
  const added = await new AddToComplaint(intake, institution.secrets).run({
    digits: receipt,
    clientKey: randomUUID(),
    text,
    now: new Date(),
  });
  if (!added.ok) throw new Error(`the addition was refused: ${added.code}`);
}

const typedIn = (html: string): string => /<textarea[^>]*name="body"[^>]*>([\s\S]*?)<\/textarea>/.exec(html)?.[1] ?? '';
const seenIn = (html: string): string => /name="seenSeq" value="(\d+)"/.exec(html)?.[1] ?? '';
const keyIn = (html: string): string => /name="clientKey" value="([^"]*)"/.exec(html)?.[1] ?? '';

describe('the page of a case', () => {
  it('says in one line how often one person opened it, although the record has every time', async () => {
    const { reference } = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    await officer.open(`/cases/${reference}`);
    await officer.open(`/cases/${reference}`);
    const page = await officer.open(`/cases/${reference}`);
    expect(page.text.match(/The case was opened and read/g)).toHaveLength(1);
    expect(page.text).toContain('The case was opened and read 3 times');
    expect(page.text).toMatch(/First on [^<]*, last on [^<]*</);
    expect(await eventsOf(reference, 'sealed_content_opened')).toHaveLength(3);
  });

  it('has the end of the record, and a link to what came before', async () => {
    const { reference } = await rooms().given.caseIn('acknowledged');
    const officer = await Colleague.signedIn(rooms());
    expect((await officer.open(`/cases/${reference}`)).text).not.toContain('Earlier in the record');
    const { caseId } = await rooms().given.track(reference);
    const { officer: actor } = rooms().given.institution;
    await inTransaction(rooms().given.casework, async (tx) => {
      for (let count = 0; count < TIMELINE_PAGE; count += 1) {
        const event = {
          id: randomUUID(),
          type: 'sealed_content_opened',
          payload: { what: 'case' },
          trackId: null,
          sealedPayload: null,
        } as const;
        await appendEvent(tx, { ...event, caseId, actorKind: 'staff', actorId: actor.staffId, occurredAt: new Date() });
      }
    });
    const page = (await officer.open(`/cases/${reference}`)).text;
    expect(page).not.toContain('<h3 class="moj-timeline__title">Acknowledge</h3>');
    const link = /<a class="govuk-link" href="([^"]*)">Earlier in the record/.exec(page)?.[1] ?? '';
    expect(link).toMatch(new RegExp(`^/cases/${reference}\\?record=\\d+#record$`));
    const before = (await officer.open(link)).text;
    expect(before).toContain('<h3 class="moj-timeline__title">Acknowledge</h3>');
    expect(before).toContain(`href="/cases/${reference}#record">The end of the record`);
    const answer = (await officer.open(`/api/v1/cases/${reference}`)).text;
    const { timeline, earlierTimeline } = JSON.parse(answer) as { timeline: object[]; earlierTimeline: number };
    expect([timeline.length, earlierTimeline]).toEqual([TIMELINE_PAGE, expect.any(Number)]);
    for (const strange of ['0', '-1', 'x', '99999999999', '1e3']) {
      expect((await officer.open(`/cases/${reference}?record=${strange}`)).status).toBe(200);
    }
  });

  it.each([
    ['yes', 'Somebody is in danger now, the complainant says.'],
    ['not_sure', 'Somebody may be in danger now. The complainant is not sure.'],
  ] as const)('says first that somebody is in danger: %s', async (danger, sentence) => {
    const { reference } = await rooms().given.filed({ complaint: { language: 'en', narrative: 'They wait at the gate.', danger } });
    const { text } = await (await Colleague.signedIn(rooms())).open(`/cases/${reference}`);
    const main = text.slice(text.indexOf('<main'));
    expect(main).toContain(sentence);
    expect(main.indexOf(sentence)).toBeLessThan(main.indexOf('They wait at the gate.'));
    expect(main.indexOf(sentence)).toBeLessThan(main.indexOf('rc-case__body'));
  });

  it('says nothing of danger where there is none, and the day in words', async () => {
    const complaint = { language: 'en', narrative: 'They kept it.', danger: 'no', incidentOn: '2026-02-01' } as const;
    const { reference } = await rooms().given.filed({ complaint, now: new Date() });
    const { text } = await (await Colleague.signedIn(rooms())).open(`/cases/${reference}`);
    expect(text).not.toContain('rc-danger');
    expect(text).toContain('<time datetime="2026-02-01">1 February 2026</time>');
  });

  it('names the action that was taken, and who took it', async () => {
    const { reference } = await rooms().given.caseIn('acknowledged');
    const page = await (await Colleague.signedIn(rooms())).open(`/cases/${reference}`);
    expect(page.text).toContain('<h3 class="moj-timeline__title">Acknowledge</h3>');
    expect(page.text).not.toContain('An action was taken');
  });

  it('shows what was typed as text, in its own direction', async () => {
    const complaint = { language: 'ar', narrative: 'أخذوا عربتي.\n\n<b onclick="x()">They</b> laughed.' };
    const { reference } = await rooms().given.filed({ complaint });
    const page = await (await Colleague.signedIn(rooms())).open(`/cases/${reference}`);
    expect(page.text).toContain('<div class="typed" lang="ar"><p dir="auto">أخذوا عربتي.</p><p dir="auto">&lt;b onclick=');
  });
});

describe('a message to the complainant', () => {
  it('is sent, shown, and read with the number', async () => {
    const filed = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    const page = await officer.open(`/cases/${filed.reference}`);
    const body = 'شكرًا لك. Which gate was it?';
    const sent = await officer.post(`/cases/${filed.reference}/messages`, { body, clientKey: keyIn(page.text) });
    expect([sent.status, sent.headers['location']]).toEqual([303, `/cases/${filed.reference}?done=message#messages`]);
    const after = await officer.open(`/cases/${filed.reference}?done=message`);
    expect(after.text).toContain('The message was sent.');
    expect(after.text).toContain(`<p dir="auto">${body}</p>`);
    expect(await lettersTo(filed)).toEqual([body]);
  });

  it('is on a page of its own with the last of them, and a link leads to what came before', async () => {
    const filed = await rooms().given.filed();
    for (let count = 0; count < 27; count += 1) await complainantWrites(filed, `Message number ${count}.`);
    const officer = await Colleague.signedIn(rooms());
    await officer.post(`/cases/${filed.reference}/read`, { seenSeq: seenIn((await officer.open(`/cases/${filed.reference}`)).text) });
    const page = await officer.open(`/cases/${filed.reference}`);
    expect(page.text).toContain('Message number 2.');
    expect(page.text).not.toContain('Message number 1.');
    const link = /<a class="govuk-link" href="([^"]*)">Earlier messages/.exec(page.text)?.[1] ?? '';
    const before = await officer.open(link);
    expect(before.text).toContain('Message number 1.');
    expect(before.text).not.toContain('Message number 2.');
    expect(before.text).toContain(`href="/cases/${filed.reference}#messages">Newest messages`);
    const answer = await officer.open(`/api/v1/cases/${filed.reference}?messageLimit=2`);
    const { messages, earlierMessages } = JSON.parse(answer.text) as { messages: { body: string }[]; earlierMessages: string };
    expect(messages.map(({ body }) => body)).toEqual(['Message number 25.', 'Message number 26.']);
    const more = await officer.open(`/api/v1/cases/${filed.reference}?messageLimit=100&messagesBefore=${earlierMessages}`);
    expect((JSON.parse(more.text) as { messages: unknown[] }).messages).toHaveLength(25);
    expect((await officer.open(`/api/v1/cases/${filed.reference}?messageLimit=101`)).status).toBe(400);
  });

  it('is sent once when it is pressed twice', async () => {
    const filed = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    const fields = { body: 'Only once.', clientKey: keyIn((await officer.open(`/cases/${filed.reference}`)).text) };
    const path = `/cases/${filed.reference}/messages`;
    expect([(await officer.post(path, fields)).status, (await officer.post(path, fields)).status]).toEqual([303, 303]);
    expect(await lettersTo(filed)).toEqual(['Only once.']);
    expect(await eventsOf(filed.reference, 'message_sent')).toHaveLength(1);
  });

  it('that is another one than was sent from this page before is kept, and says that it was not sent', async () => {
    const filed = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    const clientKey = keyIn((await officer.open(`/cases/${filed.reference}`)).text);
    const path = `/cases/${filed.reference}/messages`;
    await officer.post(path, { body: 'The first letter.', clientKey });
    const second = await officer.post(path, { body: 'The second letter.', clientKey });
    expect(second.status).toBe(409);
    expect(second.text).toContain('This one has NOT been sent.');
    expect(typedIn(second.text)).toBe('The second letter.');
    await officer.post(path, { body: typedIn(second.text), clientKey: keyIn(second.text) });
    expect(await lettersTo(filed)).toEqual(['The first letter.', 'The second letter.']);
  });

  it('that is empty is not sent, and says so', async () => {
    const filed = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    await officer.open(`/cases/${filed.reference}`);
    const refused = await officer.post(`/cases/${filed.reference}/messages`, { body: ' \n ', clientKey: randomUUID() });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('<a href="#body">Write a message before you send it.</a>');
    expect(await lettersTo(filed)).toEqual([]);
  });

  it('that is too long is kept as it was typed, under the same key', async () => {
    const filed = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    await officer.open(`/cases/${filed.reference}`);
    const fields = { body: 'ن'.repeat(100_001), clientKey: randomUUID() };
    const refused = await officer.post(`/cases/${filed.reference}/messages`, fields);
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/<a href="#body">This is longer than [\d,]+ characters\. Shorten it\.<\/a>/);
    expect(typedIn(refused.text)).toBe(fields.body);
    expect(keyIn(refused.text)).toBe(fields.clientKey);
    expect(await lettersTo(filed)).toEqual([]);
  });

  it('that was refused leads back to the case when the page is loaded again or its language changed', async () => {
    const { reference } = await rooms().given.filed();
    const again = await (await Colleague.signedIn(rooms())).open(`/cases/${reference}/messages?lang=ar`);
    expect([again.status, again.headers['location']]).toEqual([303, `/cases/${reference}#messages`]);
  });

  it('is not sent without the token of its page', async () => {
    const filed = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    const path = `/cases/${filed.reference}/messages`;
    const refused = await officer.agent.post(path).type('form').send({ body: 'From elsewhere.', clientKey: randomUUID() });
    expect(refused.status).toBe(403);
    expect(await lettersTo(filed)).toEqual([]);
  });
});

describe('news of a case', () => {
  it('are marked until somebody says that they have read them, and the record says who', async () => {
    const filed = await rooms().given.filed();
    await complainantWrites(filed, 'They came back.');
    const officer = await Colleague.signedIn(rooms());
    const page = await officer.open(`/cases/${filed.reference}`);
    expect(page.text).toContain('The complainant has written something new.');
    expect(page.text).toContain('<span class="rc-tag">New</span>');
    const marked = await officer.post(`/cases/${filed.reference}/read`, { seenSeq: seenIn(page.text) });
    expect([marked.status, marked.headers['location']]).toEqual([303, `/cases/${filed.reference}?done=read`]);
    const after = await officer.open(`/cases/${filed.reference}?done=read`);
    expect(after.text).toContain('Marked as read.');
    expect(after.text).not.toContain('The complainant has written something new.');
    expect(await eventsOf(filed.reference, 'message_read')).toMatchObject([{ actorId: rooms().given.institution.officer.staffId }]);
  });

  it('are marked as read once, however often it is said', async () => {
    const filed = await rooms().given.filed();
    await complainantWrites(filed, 'They came back.');
    const officer = await Colleague.signedIn(rooms());
    const seenSeq = seenIn((await officer.open(`/cases/${filed.reference}`)).text);
    for (const press of [1, 2]) {
      const { headers } = await officer.post(`/cases/${filed.reference}/read`, { seenSeq });
      expect([press, headers['location']]).toEqual([press, `/cases/${filed.reference}?done=read`]);
    }
    expect(await eventsOf(filed.reference, 'message_read')).toHaveLength(1);
  });

  it.each(['a message', 'an addition', 'a file'])(
    'that came after the page was opened stay new, and the page says so: %s',
    async (what) => {
      const filed = await rooms().given.filed();
      await complainantWrites(filed, 'They came back.');
      const officer = await Colleague.signedIn(rooms());
      const seenSeq = seenIn((await officer.open(`/cases/${filed.reference}`)).text);
      if (what === 'a message') await complainantWrites(filed, 'One more thing.');
      if (what === 'a file') await sendFile(rooms(), filed, 'one more thing.jpg', Buffer.from('x'));
      if (what === 'an addition') await complainantAdds(filed, 'One more thing.');
      const late = await officer.post(`/cases/${filed.reference}/read`, { seenSeq });
      expect(late.headers['location']).toBe(`/cases/${filed.reference}?done=newer`);
      const page = await officer.open(`/cases/${filed.reference}?done=newer`);
      expect(page.text).toContain('Something more has come in since you opened this page.');
      expect(page.text).toContain('The complainant has written something new.');
      expect(page.text.toLowerCase()).toContain('one more thing.');
      expect(await eventsOf(filed.reference, 'message_read')).toEqual([]);
      const now = await officer.post(`/cases/${filed.reference}/read`, { seenSeq: seenIn(page.text) });
      expect(now.headers['location']).toBe(`/cases/${filed.reference}?done=read`);
    },
  );

  it('are all on the page whose button marks them, however many, and no older page has the button', async () => {
    const lastWeek = new Date(Date.now() - 7 * 24 * 3_600_000);
    const filed = await rooms().given.filed({ now: lastWeek });
    const path = `/cases/${filed.reference}`;
    const officer = await Colleague.signedIn(rooms());
    for (let count = 0; count < 27; count += 1) await complainantWrites(filed, `Old message ${count}.`, lastWeek);
    await officer.post(`${path}/read`, { seenSeq: seenIn((await officer.open(path)).text) });
    const older = /<a class="govuk-link" href="([^"]*)">Earlier messages/.exec((await officer.open(path)).text)?.[1] ?? '';
    for (let count = 0; count < 30; count += 1) await complainantWrites(filed, `New message ${count}.`);
    for (let count = 0; count < 12; count += 1) await complainantAdds(filed, `New addition ${count}.`);
    const numbers = (text: string, what: string) =>
      [...text.matchAll(new RegExp(`New ${what} (\\d+)\\.`, 'g'))].map(([, number]) => Number(number));
    const upTo = (length: number) => Array.from({ length }, (_, number) => number);

    const behind = await officer.open(older);
    expect(behind.text).toContain('The complainant has written something new.');
    expect(behind.text).toContain(`href="${path}">Newest messages`);
    expect([seenIn(behind.text), behind.text.includes(`action="${path}/read"`)]).toEqual(['', false]);
    expect(seenIn((await officer.open(`${path}?additions=earlier`)).text)).toBe('');
    expect(await eventsOf(filed.reference, 'message_read')).toHaveLength(27);

    const page = await officer.open(path);
    expect(numbers(page.text, 'message')).toEqual(upTo(30));
    expect(numbers(page.text, 'addition')).toEqual(upTo(12));
    expect(page.text).not.toContain('Old message');
    const answer = await officer.open(`/api/v1${path}?messageLimit=1`);
    expect([numbers(answer.text, 'message'), numbers(answer.text, 'addition')]).toEqual([upTo(30), upTo(12)]);

    const marked = await officer.post(`${path}/read`, { seenSeq: seenIn(page.text) });
    expect(marked.headers['location']).toBe(`${path}?done=read`);
    expect(await eventsOf(filed.reference, 'message_read')).toHaveLength(57);
    const after = await officer.open(path);
    expect([numbers(after.text, 'message').length, numbers(after.text, 'addition').length]).toEqual([25, 10]);
  });

  it('are not marked by a form that does not say what was seen', async () => {
    const filed = await rooms().given.filed();
    await complainantWrites(filed, 'They came back.');
    const officer = await Colleague.signedIn(rooms());
    await officer.open(`/cases/${filed.reference}`);
    const marked = await officer.post(`/cases/${filed.reference}/read`, { seenSeq: 'everything' });
    expect(marked.headers['location']).toBe(`/cases/${filed.reference}?done=newer`);
    expect((await rooms().given.track(filed.reference)).hasNews).toBe(true);
  });

  it('are not marked by a form that says more was seen than there is', async () => {
    const filed = await rooms().given.filed();
    await complainantWrites(filed, 'They came back.');
    const officer = await Colleague.signedIn(rooms());
    const seenSeq = Number(seenIn((await officer.open(`/cases/${filed.reference}`)).text));
    expect((await officer.post(`/cases/${filed.reference}/read`, { seenSeq: seenSeq + 1000 })).status).toBe(404);
    expect((await rooms().given.track(filed.reference)).hasNews).toBe(true);
    expect(await eventsOf(filed.reference, 'message_read')).toEqual([]);
  });
});
