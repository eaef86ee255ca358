import { readdir } from 'node:fs/promises';
import { sealToken } from '@recourse/vault';
import { publicDoor, Visitor } from '../../test-support/public-door';

const door = publicDoor();
const story = 'The guards came at six in the morning with two dogs.';

async function filed(): Promise<{ visitor: Visitor; receipt: string }> {
  const visitor = new Visitor(door());
  await visitor.file(story);
  const { receipt } = await visitor.follow();
  return { visitor: new Visitor(door()), receipt };
}

async function returned(): Promise<{ visitor: Visitor; receipt: string }> {
  const { visitor, receipt } = await filed();
  await visitor.open('/return');
  await visitor.press({ number: receipt });
  await visitor.follow();
  return { visitor, receipt };
}

describe('coming back with a receipt', () => {
  it.each([
    ['as it was shown', (receipt: string) => (receipt.match(/\d{4}/g) ?? []).join(' ')],
    ['with dashes', (receipt: string) => (receipt.match(/\d{4}/g) ?? []).join('-')],
    ['in Arabic digits', (receipt: string) => receipt.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))],
    ['in Devanagari digits', (receipt: string) => receipt.replace(/\d/g, (digit) => String.fromCodePoint(0x966 + Number(digit)))],
  ])('opens the complaint: %s', async (_, written) => {
    const { visitor, receipt } = await filed();
    await visitor.open('/return');
    await visitor.press({ number: written(receipt) });
    expect([visitor.status, visitor.headers.location]).toEqual([303, '/my-complaint']);
    await visitor.follow();
    expect(visitor.text).toContain('Your complaint');
    expect(visitor.text).toContain(story);
    expect(visitor.text).toMatch(/This should be done by \d+ \w+ \d{4}\./);
  });

  it('says the same of a slip and of a number that opens nothing, and keeps what was typed', async () => {
    const { visitor, receipt } = await filed();
    const slip = receipt.slice(0, 23) + String((Number(receipt[23]) + 1) % 10);
    // A number with a right check digit that nobody was given: Damm's digit of 23 zeros is 0.
    const answers = [];
    for (const number of [slip, '0'.repeat(24)]) {
      await visitor.open('/return');
      await visitor.press({ number });
      answers.push({ status: visitor.status, text: visitor.text, typed: visitor.valueOf('number') === number });
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 422, typed: true });
    expect(answers[0]?.text).toContain('We find no complaint with this number.');
  });

  it('counts the digits', async () => {
    const visitor = new Visitor(door());
    await visitor.open('/return');
    await visitor.press({ number: '1234 5678' });
    expect(visitor.text).toContain('We count 8 digits. Your number has 24.');
  });

  it('closes the complaint on this device', async () => {
    const { visitor } = await returned();
    await visitor.press();
    await visitor.follow();
    expect(visitor.text).toContain('no longer shown on this device');
    expect((await visitor.open('/my-complaint')).headers.location).toBe('/return');
  });

  it('forgets everything when somebody leaves quickly: "Back" leads to nothing', async () => {
    const { visitor } = await returned();
    const button = /<a class="[^"]*govuk-exit-this-page__button[^"]*" href="([^"]*)"/.exec(visitor.html)?.[1] ?? '';
    await visitor.open(button);
    expect(visitor.status).toBe(303);
    expect(visitor.headers.location).toMatch(/^https:\/\/www\.timeanddate\.com/);
    for (const path of ['/my-complaint', '/my-complaint/message']) expect((await visitor.open(path)).headers.location).toBe('/return');
    expect((await visitor.open('/receipt')).receipt).toBe('');
  });

  it('shows nothing without a receipt', async () => {
    for (const path of ['/my-complaint', '/my-complaint/message', '/my-complaint/add', '/my-complaint/file']) {
      expect((await new Visitor(door()).open(path)).headers.location).toBe('/return');
    }
  });
});

describe('hiding a complaint', () => {
  it('says that we go on working on it, but of one that is closed', async () => {
    const { visitor } = await returned();
    await visitor.open('/my-complaint');
    expect(visitor.text).toContain('the next person does not see it. We go on working on it.');
    await door().owner.query('UPDATE track SET closed_at = now() WHERE case_id = (SELECT id FROM case_file WHERE reference = $1)', [
      visitor.reference,
    ]);
    await visitor.open('/my-complaint');
    expect(visitor.text).toContain('the next person does not see it.');
    expect(visitor.text).not.toContain('We go on working on it.');
  });
});

describe('an answer of the staff', () => {
  it('is new on the first page after the number was typed, in its own direction, and then is not new any more', async () => {
    const { visitor, receipt } = await returned();
    await door().answerAs(visitor.reference, 'شكراً لك.\n\nDid anybody see a doctor?');
    const again = new Visitor(door());
    await again.open('/return');
    await again.press({ number: receipt });
    await again.follow();
    expect(again.text).toContain('There is a new message for you.');
    expect(again.text).toContain('Example Association wrote');
    expect(again.html).toContain('<p dir="auto">شكراً لك.</p><p dir="auto">Did anybody see a doctor?</p>');
    await again.open('/my-complaint');
    expect(again.text).not.toContain('There is a new message for you.');
    expect(again.text).toContain('Did anybody see a doctor?');
  });
});

describe('a long conversation', () => {
  it('is shown the newest first, and leads on to what came before and back', async () => {
    const { visitor } = await returned();
    for (let count = 0; count < 27; count += 1) {
      await visitor.open('/my-complaint/message');
      await visitor.press({ text: `Message number ${count}.` });
    }
    for (let count = 0; count < 12; count += 1) {
      await visitor.open('/my-complaint/add');
      await visitor.press({ text: `Addition number ${count}.` });
    }
    const linkTo = (words: string) => /href="([^"]*)"/.exec(new RegExp(`<a [^>]*>${words}`).exec(visitor.html)?.[0] ?? '')?.[1] ?? '';
    await visitor.open('/my-complaint');
    expect(visitor.text).toMatch(/Message number 26\..*Message number 2\./);
    expect(visitor.text).not.toContain('Message number 1.');
    expect(visitor.text).toContain(story);
    expect(visitor.text).not.toContain('Addition number 1.');
    const earlierAdditions = linkTo('What you added earlier');
    await visitor.open(linkTo('Earlier messages'));
    expect(visitor.text).toMatch(/Message number 1\..*Message number 0\./);
    expect(visitor.text).not.toContain('Message number 2.');
    expect(visitor.text).not.toContain('Earlier messages');
    expect(linkTo('Newest messages')).toBe('/my-complaint#messages');
    await visitor.open(earlierAdditions);
    expect(visitor.text).toContain('Addition number 1.');
    expect(visitor.text).not.toContain('Addition number 2.');
    expect(visitor.text).toContain(story);
    expect(linkTo('What you added last')).toBe('/my-complaint#told');
  });
});

describe('an answer that was followed by many messages of one’s own', () => {
  it.each([true, false])('is led to, although it is on a page before (cookies: %s)', async (keepsCookies) => {
    const { visitor: writer, receipt } = await returned();
    await door().answerAs(writer.reference, 'Did anybody see a doctor?');
    for (let count = 0; count < 25; count += 1) {
      await writer.open('/my-complaint/message');
      await writer.press({ text: `Message number ${count}.` });
    }
    const visitor = new Visitor(door(), { keepsCookies });
    await visitor.open('/return');
    await visitor.press({ number: receipt });
    if (keepsCookies) await visitor.follow();
    expect(visitor.text).toContain('There is a new message for you.');
    expect(visitor.text).not.toContain('Did anybody see a doctor?');
    const link = /href="([^"]*)">There is a new message/.exec(visitor.html)?.[1] ?? '';
    if (!keepsCookies) expect(visitor.html).toMatch(/<button[^>]*value="show">There is a new message/);
    const { pass = '', messages = '' } = visitor.hiddenFields();
    await (keepsCookies ? visitor.open(link) : visitor.post('/my-complaint/without-cookies', { pass, messages, go: 'show' }));
    expect(visitor.text).toContain('Did anybody see a doctor?');
    expect(visitor.text).toContain('New');
  });
});

describe('writing', () => {
  it('sends a message and shows it', async () => {
    const { visitor } = await returned();
    await visitor.open('/my-complaint/message');
    await visitor.press({ text: 'عادوا أمس.' });
    expect(visitor.headers.location).toBe('/my-complaint?done=message');
    await visitor.follow();
    expect(visitor.text).toContain('Your message has arrived.');
    expect(visitor.html).toContain('<p dir="auto">عادوا أمس.</p>');
  });

  it('still says so in the other language, and repeats nothing else of the address', async () => {
    const { visitor, receipt } = await returned();
    await visitor.open(`/my-complaint?done=message&number=${receipt}`);
    expect(visitor.html).toContain('href="?done=message&amp;lang=ar"');
    expect(visitor.html).not.toContain(receipt);
    await visitor.open('/my-complaint?done=message&lang=ar');
    expect(visitor.text).toContain('وصلت رسالتك.');
  });

  it('makes one message of a double click', async () => {
    const { visitor } = await returned();
    await visitor.open('/my-complaint/message');
    const fields = { ...visitor.hiddenFields(), text: 'Only once.' };
    await visitor.post('/my-complaint/message', fields);
    await visitor.post('/my-complaint/message', fields);
    await visitor.follow();
    expect(visitor.html.match(/Only once\./g)).toHaveLength(1);
  });

  it.each(['message', 'add'])(
    'does not say that a second text has arrived which came under the key of the first, and keeps it: %s',
    async (what) => {
      const { visitor } = await returned();
      await visitor.open(`/my-complaint/${what}`);
      const fields = { ...visitor.hiddenFields(), text: 'The first text.' };
      await visitor.post(`/my-complaint/${what}`, fields);
      await visitor.post(`/my-complaint/${what}`, { ...fields, text: 'The second text.' });
      expect(visitor.status).toBe(409);
      expect(visitor.text).toContain('This one has NOT been sent.');
      expect(visitor.valueOf('text')).toBe('The second text.');
      await visitor.press();
      await visitor.follow();
      expect(visitor.text).toContain('The first text.');
      expect(visitor.text).toContain('The second text.');
    },
  );

  it('adds to the complaint', async () => {
    const { visitor } = await returned();
    await visitor.open('/my-complaint/add');
    await visitor.press({ text: 'One of the dogs was brown.' });
    await visitor.follow();
    expect(visitor.text).toContain('It is now part of your complaint.');
    expect(visitor.text).toContain('One of the dogs was brown.');
  });

  it.each(['message', 'add'])('says what is missing or too much, and keeps it: %s', async (what) => {
    const { visitor } = await returned();
    await visitor.open(`/my-complaint/${what}`);
    await visitor.press({ text: ' ' });
    expect([visitor.status, visitor.text.includes('first.')]).toEqual([422, true]);
    const text = 'ن'.repeat(30_001);
    await visitor.press({ text });
    expect(visitor.status).toBe(422);
    expect(visitor.text).toContain('Your text has 30,001 characters.');
    expect(visitor.valueOf('text')).toBe(text);
  });

  it('takes what was written along when the time ran out meanwhile', async () => {
    const { visitor, receipt } = await returned();
    await visitor.open('/my-complaint/message');
    const ended = sealToken(door().secret, 'receipt-session', receipt, new Date(Date.now() - 1000));
    await visitor.withCookie('return', ended).press({ text: 'I was still writing.' });
    expect(visitor.status).toBe(401);
    expect(visitor.text).toContain('Please type your number again');
    expect(visitor.valueOf('text')).toBe('I was still writing.');
    await visitor.press({ number: receipt, text: 'I was still writing.' });
    expect(visitor.text).toContain('Write to us');
    expect(visitor.valueOf('text')).toBe('I was still writing.');
    await visitor.press({ text: 'I was still writing.' });
    expect((await visitor.follow()).text).toContain('I was still writing.');
  });
});

describe('sending a file', () => {
  it('stores it sealed and names it', async () => {
    const { visitor } = await returned();
    await visitor.open('/my-complaint/file');
    await visitor.upload('صورة.jpg', Buffer.from('not really a picture'));
    expect(visitor.headers.location).toBe('/my-complaint?done=file');
    await visitor.follow();
    expect(visitor.text).toContain('Your file has arrived.');
    expect(visitor.html).toContain('<bdi>صورة.jpg</bdi>');
    expect((await readdir(door().evidenceDir, { recursive: true })).join()).not.toContain('jpg');
  });

  it.each([
    ['no file', '', Buffer.alloc(0), 422, 'Choose a file first.'],
    ['an empty file', 'empty.txt', Buffer.alloc(0), 422, 'This file is empty.'],
    ['a file that is too large', 'film.mp4', Buffer.alloc(26 * 1024 * 1024 + 1), 413, 'This file is larger than 26 MB.'],
    ['a name that is too long', `${'n'.repeat(300)}.txt`, Buffer.from('x'), 422, 'The name of this file is too long.'],
  ])('says what to do about %s', async (_, name, content, status, sentence) => {
    const { visitor } = await returned();
    await visitor.open('/my-complaint/file');
    await visitor.upload(name, content);
    expect(visitor.status).toBe(status);
    expect(visitor.text).toContain(sentence);
  });

  it('does not say that a second file has arrived which came under the key of the first', async () => {
    const { visitor } = await returned();
    const page = await visitor.open('/my-complaint/file');
    const { html } = page;
    await visitor.upload('one.txt', Buffer.from('one'));
    visitor.html = html;
    await visitor.upload('two.txt', Buffer.from('two'));
    expect(visitor.status).toBe(409);
    expect(visitor.text).toContain('This one was NOT stored.');
    await visitor.upload('two.txt', Buffer.from('two'));
    expect((await visitor.follow()).text).toContain('two.txt');
  });

  it('does not take a file that another site sent', async () => {
    const { visitor } = await returned();
    await visitor.open('/my-complaint/file');
    visitor.html = visitor.html.replace(/name="_csrf" value="[^"]*"/, 'name="_csrf" value="x"');
    await visitor.upload('a.txt', Buffer.from('x'));
    expect(visitor.status).toBe(403);
    expect((await visitor.open('/my-complaint')).text).not.toContain('a.txt');
  });
});
