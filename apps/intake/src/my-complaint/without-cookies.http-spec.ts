import { sealToken } from '@recourse/vault';
import request from 'supertest';
import { publicDoor, Visitor } from '../../test-support/public-door';

const door = publicDoor();
const story = 'The guards came at six in the morning with two dogs.';

/** The forms of a page by the words on their button: where each posts to, and what it sends. */
function formOf({ html }: Visitor, button: string): { path: string; fields: Record<string, string> } {
  for (const [, attributes = '', content = ''] of html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
    const pressed = [...content.matchAll(/<button([^>]*)>([\s\S]*?)<\/button>/g)].find(([, , words = '']) => words.trim() === button);
    if (pressed === undefined) continue;
    const hidden = [...content.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [name, value]);
    const [, pressedAs = ''] = pressed;
    const go = pressedAs.includes('name="go"') ? { go: /value="([^"]*)"/.exec(pressedAs)?.[1] ?? '' } : {};
    return {
      path: /action="([^"]*)"/.exec(attributes)?.[1] ?? '',
      fields: { ...(Object.fromEntries(hidden) as Record<string, string>), ...go },
    };
  }
  throw new Error(`no button “${button}” on the page`);
}

async function press(visitor: Visitor, button: string, typed: Record<string, string> = {}): Promise<Visitor> {
  const { path, fields } = formOf(visitor, button);
  return visitor.post(path, { ...fields, ...typed });
}

async function filed(): Promise<{ receipt: string; reference: string }> {
  const writer = new Visitor(door());
  await writer.file(story);
  const { receipt, reference } = await writer.follow();
  return { receipt, reference };
}

/** A browser that keeps no cookies, with its complaint open. */
async function opened(language = 'en'): Promise<{ visitor: Visitor; receipt: string; reference: string }> {
  const { receipt, reference } = await filed();
  const visitor = new Visitor(door(), { keepsCookies: false });
  await visitor.open(`/return?lang=${language}`);
  await visitor.press({ number: receipt });
  return { visitor, receipt, reference };
}

/** No number and no token in any address on the page, nor in where the answer leads. */
function expectNothingInAddresses({ html, headers }: Visitor, receipt: string): void {
  const addresses = [...html.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, address = '']) => address);
  const sealed = [...html.matchAll(/name="(?:pass|door)" value="([^"]*)"/g)].map(([, value = '']) => value);
  expect(sealed.length).toBeGreaterThan(0);
  for (const address of [...addresses, headers.location ?? '']) {
    expect(address).not.toContain(receipt);
    for (const token of sealed) expect(address).not.toContain(token);
  }
  expect(html).not.toContain(receipt);
  // The language, which this browser forgets, and nothing else.
  for (const cookie of [headers['set-cookie'] ?? []].flat()) expect(cookie).toMatch(/^lang=(en|ar);/);
  expect(headers['cache-control']).toBe('no-store');
}

describe('coming back with cookies switched off', () => {
  it('says at once what that means, before the number is typed, in their language', async () => {
    const visitor = new Visitor(door(), { keepsCookies: false });
    await visitor.open('/return?lang=en');
    expect(visitor.status).toBe(200);
    expect(visitor.text).toContain('Your browser keeps no cookies for this site');
    expect(visitor.text).toContain('close the browser when you are finished');
    await visitor.open('/return?lang=ar');
    expect(visitor.html).toContain('<html lang="ar"');
    expect(visitor.text).toContain('متصفحك لا يحفظ ملفات الارتباط');
    expect(visitor.html).toContain('action="/return?lang=ar"');
  });

  it('shows the stage, the date and the messages, with nothing of it in an address', async () => {
    const { visitor, receipt, reference } = await opened();
    expect(visitor.status).toBe(200);
    expect(visitor.text).toContain('Your complaint');
    expect(visitor.text).toContain(reference);
    expect(visitor.text).toContain(story);
    expect(visitor.text).toMatch(/This should be done by \d+ \w+ \d{4}\./);
    expect(visitor.text).toContain('When you are finished, close the browser');
    expectNothingInAddresses(visitor, receipt);
    // Whatever needs a cookie is not offered.
    for (const path of ['/my-complaint/leave', '/my-complaint/file', '/my-complaint/message', '/my-complaint/steps']) {
      expect(visitor.html).not.toContain(`"${path}`);
    }
    expect(visitor.text).toContain('To send a file, you need a browser that keeps cookies');
  });

  it('writes a message and reads an answer, in Arabic', async () => {
    const { visitor, receipt, reference } = await opened('ar');
    await press(visitor, 'اكتب إلينا');
    expect(visitor.html).toContain('<html lang="ar"');
    expectNothingInAddresses(visitor, receipt);
    await press(visitor, 'إرسال', { text: 'عادوا أمس.' });
    expect(visitor.status).toBe(200);
    expect(visitor.text).toContain('وصلت رسالتك.');
    expect(visitor.html).toContain('<p dir="auto">عادوا أمس.</p>');
    expectNothingInAddresses(visitor, receipt);
    await door().answerAs(reference, 'We read it.');
    await press(visitor, 'اكتب إلينا');
    await press(visitor, 'العودة إلى شكواك');
    expect(visitor.text).toContain('We read it.');
    expect(visitor.text).toContain('لديك رسالة جديدة.');
  });

  it('adds to what happened, reads its own steps, and leads on to earlier messages', async () => {
    const { visitor } = await opened();
    await press(visitor, 'Add to what happened');
    await press(visitor, 'Add it', { text: 'One of the dogs was brown.' });
    expect(visitor.text).toContain('It is now part of your complaint.');
    for (let count = 0; count < 26; count += 1) {
      await press(visitor, 'Write to us');
      await press(visitor, 'Send', { text: `Message number ${count}.` });
    }
    expect(visitor.text).not.toContain('Message number 0.');
    await press(visitor, 'Earlier messages');
    expect(visitor.text).toContain('Message number 0.');
    await press(visitor, 'Newest messages');
    expect(visitor.text).toContain('Message number 25.');
    const steps = /name="place"[\s\S]*?<button[^>]*>([^<]*)/.exec(visitor.html)?.[1] ?? '';
    await press(visitor, steps);
    expect(visitor.html).toContain('aria-current="step"');
    await press(visitor, 'Back to your complaint');
    expect(visitor.text).toContain('Message number 25.');
  });

  it('sends once what the browser sends twice, and keeps what is refused', async () => {
    const { visitor } = await opened();
    await press(visitor, 'Write to us');
    const { path, fields } = formOf(visitor, 'Send');
    for (let twice = 0; twice < 2; twice += 1) {
      await visitor.post(path, { ...fields, text: 'Only once.' });
      expect([visitor.status, visitor.html.match(/Only once\./g)?.length]).toEqual([200, 1]);
    }
    await visitor.post(path, { ...fields, text: 'Another text.' });
    expect(visitor.status).toBe(409);
    expect(visitor.valueOf('text')).toBe('Another text.');
    await press(visitor, 'Send', { text: 'x'.repeat(30_001) });
    expect([visitor.status, visitor.text.includes('30,001 characters')]).toEqual([422, true]);
    await press(visitor, 'Send', { text: 'Another text.' });
    expect(visitor.text).toContain('Another text.');
  });

  it('keeps what was written when the time ran out, and asks for the number again without showing it', async () => {
    const { visitor, receipt } = await opened();
    await press(visitor, 'Write to us');
    const ended = sealToken(door().secret, 'receipt-pass|page', receipt, new Date(Date.now() - 1000));
    await press(visitor, 'Send', { text: 'I was still writing.', pass: ended });
    expect(visitor.status).toBe(401);
    expect(visitor.text).toContain('Please type your number again');
    expect(visitor.text).not.toContain(story);
    expect(visitor.valueOf('text')).toBe('I was still writing.');
    expect(visitor.html).not.toContain(receipt);
    await press(visitor, 'Open my complaint', { number: receipt, text: 'I was still writing.' });
    expect(visitor.valueOf('text')).toBe('I was still writing.');
    await press(visitor, 'Send', { text: 'I was still writing.' });
    expect(visitor.text).toContain('Your message has arrived.');
  });

  const minute = 60_000;
  it.each([
    ['comes back', 'ten minutes', 10 * minute, true],
    ['comes back', 'a little less than two hours', 119 * minute, true],
    ['does not come back', 'a little more than two hours', 121 * minute, false],
    ['does not come back', 'three days', 3 * 24 * 60 * minute, false],
  ])('what was written %s %s after the time of its page', async (_, __, ago, isKept) => {
    const typed = 'They know my name now.';
    const { visitor, receipt } = await opened();
    const over = (purpose: string, value: string) => sealToken(door().secret, purpose, value, new Date(Date.now() - ago));
    const expectKept = () => {
      expect([visitor.status, visitor.text.includes('Please type your number again')]).toEqual([401, true]);
      expect([visitor.html.includes(typed), visitor.text.includes('cannot be shown here any more')]).toEqual([isKept, !isKept]);
      expect(visitor.html.includes('name="goOnWith"')).toBe(isKept);
    };
    for (const [begin, send] of [
      ['Write to us', 'Send'],
      ['Add to what happened', 'Add it'],
    ] as const) {
      await press(visitor, begin);
      await press(visitor, send, { text: typed, pass: over('receipt-pass|page', receipt) });
      expectKept();
      // The page on which the number is typed carries it, too.
      const asked = { number: receipt, goOnWith: 'message', text: typed };
      await press(visitor, 'Open my complaint', { ...asked, door: over('return-door|page', '') });
      expectKept();
      await press(visitor, 'Open my complaint', { number: receipt });
    }
    // Where nothing was being written, nothing is missed.
    const { path, fields } = formOf(visitor, 'Write to us');
    await visitor.post(path, { ...fields, go: 'show', pass: over('receipt-pass|page', receipt) });
    expect([visitor.status, visitor.text.includes('cannot be shown here any more')]).toEqual([401, false]);
  });

  it.each([
    ['Write to us', 'Send'],
    ['Add to what happened', 'Add it'],
  ])('does not show again, once its time is over, what was sent: %s', async (begin, send) => {
    const { visitor, receipt } = await opened();
    await press(visitor, begin);
    const { path, fields } = formOf(visitor, send);
    await visitor.post(path, { ...fields, text: 'They know my name now.' });
    expect(visitor.status).toBe(200);
    const pass = sealToken(door().secret, 'receipt-pass|page', receipt, new Date(Date.now() - 1000));
    await visitor.post(path, { ...fields, pass, text: 'They know my name now.' });
    expect([visitor.status, visitor.html.includes('They know my name now.')]).toEqual([401, false]);
    expect(visitor.text).toContain('has arrived. It is in your complaint, and is not shown here again.');
    expect(visitor.html).not.toContain('name="goOnWith"');
    // Changed since, it is another text, and not sent.
    await visitor.post(path, { ...fields, pass, text: 'They know my name and my house.' });
    expect([visitor.status, visitor.valueOf('text')]).toEqual([401, 'They know my name and my house.']);
  });

  it('opens nothing for a page with a number that the browser sends again when its time is over', async () => {
    const { receipt } = await filed();
    const visitor = new Visitor(door(), { keepsCookies: false });
    await visitor.open('/return');
    const ended = sealToken(door().secret, 'return-door|page', '', new Date(Date.now() - 1000));
    await press(visitor, 'Open my complaint', { number: receipt, door: ended });
    expect([visitor.status, visitor.text.includes(story), visitor.html.includes(receipt)]).toEqual([401, false, false]);
  });

  it('says of a wrong number what it says to everybody, and keeps it', async () => {
    const visitor = new Visitor(door(), { keepsCookies: false });
    await visitor.open('/return');
    await visitor.press({ number: '0'.repeat(24) });
    expect([visitor.status, visitor.text.includes('We find no complaint with this number.')]).toEqual([422, true]);
    expect(visitor.valueOf('number')).toBe('0'.repeat(24));
    expect(visitor.html).toContain('name="door"');
  });

  it('leads whoever loads the address again to the number', async () => {
    const visitor = new Visitor(door(), { keepsCookies: false });
    await visitor.open('/my-complaint/without-cookies?lang=ar');
    expect(visitor.headers.location).toBe('/return?lang=ar');
  });

  it('belongs to the visit again once cookies are allowed', async () => {
    const { receipt } = await filed();
    const visitor = new Visitor(door());
    await visitor.open('/return');
    expect(visitor.text).not.toContain('keeps no cookies');
    await visitor.press({ number: receipt });
    expect(visitor.headers.location).toBe('/my-complaint');
  });
});

describe('a page of a complaint without cookies', () => {
  const send = (path: string, fields: object, headers: Record<string, string> = {}) =>
    request(door().app.getHttpServer()).post(path).set(headers).type('form').send(fields);

  it.each([
    ['nothing', () => ''],
    ['a number in place of it', (receipt: string) => receipt],
    [
      'what the cookie of another browser holds',
      (receipt: string) => sealToken(door().secret, 'receipt-session', receipt, new Date(Date.now() + 60_000)),
    ],
    [
      'one that was sealed under another secret',
      (receipt: string) => sealToken(Buffer.alloc(32, 9), 'receipt-pass|page', receipt, new Date(Date.now() + 60_000)),
    ],
  ])('is not given for %s', async (_, passOf) => {
    const { receipt } = await filed();
    const answer = await send('/my-complaint/without-cookies', { pass: passOf(receipt), go: 'show' });
    expect([answer.status, answer.text.includes(story)]).toEqual([403, false]);
  });

  it('does not take the place of a cookie, nor a cookie that of a pass', async () => {
    const { visitor } = await opened();
    const { fields } = formOf(visitor, 'Write to us');
    const asCookie = await request(door().app.getHttpServer())
      .get('/my-complaint')
      .set('cookie', `return=${fields['pass'] ?? ''}`);
    expect([asCookie.status, asCookie.headers['location']]).toEqual([303, '/return']);
  });

  it('is not taken from another site, and neither is a number', async () => {
    const { visitor, receipt } = await opened();
    const { path, fields } = formOf(visitor, 'Write to us');
    const other = { 'sec-fetch-site': 'cross-site' };
    expect((await send(path, { ...fields, go: 'send_message', text: 'Not mine.' }, other)).status).toBe(403);
    const asking = new Visitor(door(), { keepsCookies: false });
    await asking.open('/return');
    const number = await send('/return?lang=en', { ...asking.hiddenFields(), number: receipt }, other);
    expect([number.status, number.text.includes(story)]).toEqual([403, false]);
    // A number without a page of ours is not taken either.
    expect((await send('/return', { number: receipt })).status).toBe(403);
  });

  const unsaid = 'Your browser does not tell us how you came to this page.';
  /** A browser that says nothing in Sec-Fetch-Site opens a complaint and writes. */
  async function inOldBrowser(headers: Record<string, string>): Promise<readonly [status: number, shown: boolean, warned: boolean][]> {
    const { receipt } = await filed();
    const visitor = new Visitor(door(), { keepsCookies: false });
    await visitor.open('/return');
    const door1 = formOf(visitor, 'Open my complaint');
    const opening = await send(door1.path, { ...door1.fields, number: receipt }, headers);
    await visitor.press({ number: receipt });
    const { path, fields } = formOf(visitor, 'Write to us');
    const writing = await send(path, fields, headers);
    return [
      [opening.status, opening.text.includes(story), opening.text.includes(unsaid)],
      [writing.status, writing.text.includes('name="text"'), writing.text.includes(unsaid)],
    ];
  }

  it.each<[string, Record<string, string>]>([
    ['names itself in Origin', { origin: 'https://evil.example' }],
    ['hides its Origin and is named in Referer', { origin: 'null', referer: 'https://evil.example/trap' }],
    ['is named in Referer alone', { referer: 'http://evil.example/' }],
  ])('is not taken from another site that %s, in a browser without Sec-Fetch-Site', async (_, headers) => {
    for (const answer of await inOldBrowser(headers)) expect(answer).toEqual([403, false, false]);
  });

  it('is taken from a browser without Sec-Fetch-Site that names our own page', async () => {
    const { host } = new URL(door().url);
    for (const headers of [
      { host, origin: `http://${host}` },
      { host, origin: 'null', referer: `http://${host}/return?lang=en` },
      { host: 'intake:3000', origin: 'http://localhost:3000' },
    ]) {
      for (const answer of await inOldBrowser(headers)) expect(answer).toEqual([200, true, false]);
    }
  });

  it.each<[string, Record<string, string>]>([
    ['“null”', { origin: 'null' }],
    ['nothing', {}],
  ])('is taken where the browser says %s, with a word to whoever did not type the number', async (_, headers) => {
    for (const answer of await inOldBrowser(headers)) expect(answer).toEqual([200, true, true]);
  });

  it.each(['/return', '/my-complaint/without-cookies'])('takes nothing but a form: %s', async (path) => {
    const answer = await request(door().app.getHttpServer()).post(path).set('content-type', 'application/json').send('{"go":"show"}');
    expect(answer.status).toBe(415);
  });
});
