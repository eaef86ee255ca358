import { sealToken } from '@recourse/vault';
import { publicDoor, Visitor } from '../../test-support/public-door';
import { IntakeSecrets } from '../intake-secrets';
import { DraftSealer } from './draft';

const door = publicDoor();
const story = 'The guards came at six in the morning with two dogs.';

async function count(table: string): Promise<number> {
  const [row] = await door().owner.query<{ count: string }[]>(`SELECT count(*) FROM ${table}`);
  return Number(row?.count);
}

describe('the form', () => {
  it('takes a complaint with nothing but a story, and shows its receipt once', async () => {
    const visitor = new Visitor(door());
    const before = await count('case_file');
    await visitor.file(story);
    expect(visitor.status).toBe(303);
    expect(visitor.headers.location).toBe('/receipt');
    await visitor.follow();
    expect(visitor.receipt).toMatch(/^\d{24}$/);
    expect(visitor.text).toContain('We have your complaint');
    expect(await count('case_file')).toBe(before + 1);
    const { receipt } = visitor;
    expect((await visitor.open('/receipt')).receipt).toBe(receipt);
    await visitor.press();
    await visitor.follow();
    expect(visitor.text).toContain('Your number is no longer shown here We have your complaint.');
    expect((await visitor.open('/receipt')).text).toContain('There is no number to show here');
  });

  it('saves the number as a note, a group a line, so that no editor turns their order round', async () => {
    const visitor = new Visitor(door());
    await visitor.file(story);
    const { receipt } = await visitor.follow();
    await visitor.open('/receipt/note.txt');
    expect(visitor.html).toBe((receipt.match(/\d{4}/g) ?? []).map((group) => `${group}\r\n`).join(''));
  });

  it('keeps the receipt out of addresses and sealed in its cookie', async () => {
    const visitor = new Visitor(door());
    await visitor.file(story);
    const cookies = [visitor.headers['set-cookie']].flat().join('\n');
    await visitor.follow();
    expect(visitor.receipt).toHaveLength(24);
    expect(cookies).toContain('HttpOnly');
    expect(cookies).not.toContain(visitor.receipt.slice(0, 8));
    expect(cookies).not.toMatch(/Max-Age|Expires/i);
  });

  it('has one address for all its questions, and no page of it may be kept', async () => {
    const visitor = new Visitor(door());
    await visitor.open('/complaint');
    for (const fields of [{}, {}, { narrative: story }, {}]) {
      expect(visitor.html).toContain('<form method="post" action="/complaint"');
      expect(visitor.headers['cache-control']).toBe('no-store');
      await visitor.press({ ...fields, go: 'continue' });
    }
  });

  it('stores nothing before it is sent', async () => {
    const before = await count('case_file');
    const visitor = new Visitor(door());
    await visitor.open('/complaint');
    await visitor.press({ go: 'continue' });
    await visitor.press({ go: 'continue' });
    await visitor.press({ narrative: story, go: 'check' });
    expect(visitor.text).toContain('Nothing has been sent yet');
    expect(visitor.html).not.toMatch(/<input[^>]*guards/);
    expect(await count('case_file')).toBe(before);
  });

  it('makes one complaint of a double click', async () => {
    const visitor = new Visitor(door());
    await visitor.answer('what_happened', { narrative: story, go: 'check' });
    const before = await count('case_file');
    const [one, other] = [visitor.hiddenFields(), visitor.hiddenFields()];
    const twins = await Promise.all(
      [one, other].map((fields) => visitor.post('/complaint', { ...fields, go: 'send' }).then(() => visitor.headers.location)),
    );
    expect(twins).toEqual(['/receipt', '/receipt']);
    const { receipt } = await visitor.follow();
    expect(await count('case_file')).toBe(before + 1);
    await visitor.post('/complaint', { ...one, go: 'send' });
    expect((await visitor.follow()).receipt).toBe(receipt);
    expect(await count('case_file')).toBe(before + 1);
  });

  it('says that it was sent already when somebody goes back, changes it and sends it again', async () => {
    const visitor = new Visitor(door());
    await visitor.answer('what_happened', { narrative: story, go: 'check' });
    const draft = visitor.hiddenFields();
    await visitor.press({ go: 'send' });
    const { receipt } = await visitor.follow();
    await visitor.post('/complaint', { ...draft, go: 'change:remedy' });
    await visitor.press({ remedySought: 'That it stops', go: 'continue' });
    await visitor.press({ go: 'send' });
    expect(visitor.status).toBe(409);
    expect(visitor.text).toContain('You have already sent this complaint');
    expect(visitor.text).toContain('That it stops');
    await visitor.press({ go: 'send_new' });
    expect((await visitor.follow()).receipt).not.toBe(receipt);
  });

  it('speaks Arabic from right to left', async () => {
    const visitor = new Visitor(door());
    await visitor.open('/before-you-start?lang=ar');
    await visitor.file('جاء الحراس في السادسة صباحاً ومعهم كلبان.');
    await visitor.follow();
    expect(visitor.html).toContain('<html lang="ar" dir="rtl"');
    expect(visitor.text).toContain('وصلتنا شكواك');
    const [row] = await door().owner.query<{ language: string }[]>('SELECT language FROM case_file ORDER BY received_at DESC LIMIT 1');
    expect(row?.language).toBe('ar');
  });

  it('explains the way out, which is on every page', async () => {
    const visitor = new Visitor(door());
    for (const path of ['/before-you-start', '/return']) {
      expect((await visitor.open(path)).text).toMatch(
        /dark button .* at the top of each page|At the top of each page there is a dark button/,
      );
    }
  });
});

describe('what cannot be taken', () => {
  it('is a language that nobody speaks: it is said, and the story is kept', async () => {
    const visitor = new Visitor(door());
    await visitor.answer('what_happened', { narrative: 'They came at six.', language: 'zz' });
    expect(visitor.status).toBe(422);
    expect(visitor.text).toContain('Choose the language from the list.');
    expect(visitor.valueOf('narrative')).toBe('They came at six.');
  });

  async function at(question: string, fields: Record<string, string>): Promise<Visitor> {
    return new Visitor(door()).answer(question, fields);
  }

  it('says that a story is needed', async () => {
    const visitor = await at('what_happened', { narrative: '   \n\t' });
    expect(visitor.status).toBe(422);
    expect(visitor.text).toContain('Tell us what happened. A few words are enough.');
    expect(visitor.html).toContain('href="#narrative"');
  });

  it.each(['a', 'ش', '🪨'])('gives 100,000 characters back, said with both numbers: %s', async (character) => {
    const narrative = character.repeat(100_000);
    const visitor = await at('what_happened', { narrative });
    expect(visitor.status).toBe(422);
    expect(visitor.text).toContain('Your text has 100,000 characters. We can take 30,000 at once.');
    expect(visitor.valueOf('narrative')).toBe(narrative);
  });

  it('cleans control and bidirectional characters without a word', async () => {
    const visitor = await at('what_happened', { narrative: 'They \u0000said\u202E \u2066nothing\u2069.\r\nThen they left.\u0007' });
    await visitor.press({ go: 'back' });
    expect(visitor.valueOf('narrative')).toBe('They said nothing.\nThen they left.');
  });

  it.each([
    ['31', '2', '2026', 'There is no such day in the calendar.'],
    ['1', '1', String(new Date().getFullYear() + 2), 'This date is in the future.'],
    ['1', '13', '2026', 'The month must be a number from 1 to 12.'],
  ])('says what is wrong with %s.%s.%s and keeps it', async (dateDay, dateMonth, dateYear, sentence) => {
    const visitor = await at('when', { dateDay, dateMonth, dateYear, inWords: 'at dawn' });
    expect(visitor.status).toBe(422);
    expect(visitor.text).toContain(sentence);
    expect([visitor.valueOf('dateDay'), visitor.valueOf('dateMonth'), visitor.valueOf('inWords')]).toEqual([dateDay, dateMonth, 'at dawn']);
  });

  it('understands the digits of other scripts', async () => {
    expect((await at('when', { dateDay: '١٤', dateMonth: '٩', dateYear: '٢٠٢٥' })).status).toBe(200);
  });

  it('refuses a field that the question does not have', async () => {
    const visitor = await at('remedy', { remedySought: 'An apology', isAdmin: 'yes' });
    expect(visitor.status).toBe(422);
    expect(visitor.valueOf('remedySought')).toBe('An apology');
  });

  it('keeps all answers of a page that was open for too long', async () => {
    const sealer = new DraftSealer(new IntakeSecrets(door().secret, 24, 30));
    const draft = { ...sealer.start(), answers: { what_happened: { narrative: story } } };
    const visitor = new Visitor(door());
    await visitor.open('/complaint');
    await visitor.answer('remedy', {
      draft: sealer.seal(draft, visitor.place, new Date(Date.now() - 25 * 3_600_000)),
      remedySought: 'An apology',
    });
    expect(visitor.status).toBe(422);
    expect(visitor.text).toContain('This page was open for a long time. Your answers are still here.');
    expect(visitor.valueOf('remedySought')).toBe('An apology');
    await visitor.press({ go: 'check' });
    expect(visitor.text).toContain(story);
    expect(visitor.text).toContain('An apology');
  });

  it.each([
    ['of another key', () => sealToken(Buffer.alloc(32, 9), 'complaint-draft|page', 'x', new Date(Date.now() + 1000))],
    ['of another purpose', () => sealToken(door().secret, 'receipt-page', 'x', new Date(Date.now() + 1000))],
    ['that is missing', () => ''],
    ['that is nonsense', () => '%00…'],
  ])('keeps what was typed on a page with a draft %s', async (_, draft) => {
    const visitor = await at('what_happened', { draft: draft(), narrative: story });
    expect(visitor.status).toBe(422);
    expect(visitor.text).toContain('We can no longer read your earlier answers');
    expect(visitor.valueOf('narrative')).toBe(story);
    await visitor.press({ narrative: story, go: 'check' });
    expect(visitor.text).toContain('Check your answers');
  });

  describe('without its token', () => {
    it.each([
      ['missing', ''],
      ['that of another visit', 'A'.repeat(86)],
    ])('(%s) a page of this visit is shown again with what was typed, and not taken', async (_, _csrf) => {
      const before = await count('case_file');
      const visitor = new Visitor(door());
      await visitor.open('/complaint');
      await visitor.press({ safeToReply: 'Never by telephone', go: 'continue' });
      await visitor.press({ go: 'continue' });
      await visitor.post('/complaint', { ...visitor.hiddenFields(), _csrf, narrative: story, go: 'check' });
      expect(visitor.status).toBe(422);
      expect(visitor.text).toContain('nothing was sent. What you wrote is still here');
      expect(visitor.valueOf('narrative')).toBe(story);
      await visitor.press({ narrative: story, go: 'check' });
      expect(visitor.text).toContain('Never by telephone');
      await visitor.post('/complaint', { ...visitor.hiddenFields(), _csrf, go: 'send' });
      expect([visitor.status, visitor.text.includes(story)]).toEqual([422, true]);
      expect(await count('case_file')).toBe(before);
      await visitor.press({ go: 'send' });
      expect(visitor.headers.location).toBe('/receipt');
    });

    it('a page of another visit repeats nothing, and says where the text may be', async () => {
      const [visitor, other] = [new Visitor(door()), new Visitor(door())];
      await visitor.open('/complaint');
      await other.open('/complaint');
      await visitor.post('/complaint', { ...other.hiddenFields(), step: 'what_happened', narrative: story, go: 'check' });
      expect(visitor.status).toBe(403);
      expect(visitor.text).toContain('This was not taken');
      expect(visitor.text).toContain('press the Back button of your browser');
      expect(visitor.html).not.toContain(story);
    });

    it.each(['cross-site', 'same-site'])('a page that is sent %s repeats nothing, whatever draft it brings', async (site) => {
      const visitor = new Visitor(door());
      await visitor.open('/complaint');
      const fields = { ...visitor.hiddenFields(), _csrf: '', step: 'what_happened', narrative: story, go: 'continue' };
      await visitor.post('/complaint', fields, { 'sec-fetch-site': site });
      expect([visitor.status, visitor.html.includes(story)]).toEqual([403, false]);
    });
  });

  it('says that a body is too large, and how to get the text back', async () => {
    const visitor = await at('what_happened', { narrative: 'ش'.repeat(400_000) });
    expect(visitor.status).toBe(413);
    expect(visitor.text).toContain('Press the Back button of your browser');
  });
});
