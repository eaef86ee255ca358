import request from 'supertest';
import { publicDoor, Visitor } from '../../test-support/public-door';
import { IntakeSecrets } from '../intake-secrets';
import { DraftSealer } from './draft';

const door = publicDoor();
const story = 'The guards came at six in the morning with two dogs.';

/** A browser that keeps no cookies. */
function forgetful(): Visitor {
  return new Visitor(door(), { keepsCookies: false });
}

async function started(language = 'en'): Promise<Visitor> {
  const visitor = forgetful();
  await visitor.open(`/complaint?cookies=none&lang=${language}`);
  return visitor;
}

describe('with cookies switched off', () => {
  it('somebody is told so before anything is asked, and may go on', async () => {
    const visitor = forgetful();
    await visitor.open('/complaint?lang=ar');
    expect(visitor.status).toBe(200);
    expect(visitor.html).toContain('<html lang="ar"');
    await visitor.open('/complaint?lang=en');
    expect(visitor.text).toContain('Your browser keeps no cookies for this site');
    expect(visitor.text).toContain('You can complain all the same.');
    expect(visitor.html).toContain('href="/complaint?cookies=none&amp;lang=en"');
  });

  it('somebody files without going round in a circle, in their language, and reads the number at once', async () => {
    const visitor = await started('ar');
    await visitor.press({ go: 'continue' });
    await visitor.press({ go: 'continue' });
    await visitor.press({ narrative: story, go: 'check' });
    expect(visitor.html).toContain('<html lang="ar"');
    await visitor.press({ go: 'send' });
    expect(visitor.status).toBe(200);
    expect(visitor.html).toContain('<html lang="ar"');
    expect(visitor.receipt).toMatch(/^\d{24}$/);
    // What cannot be promised is not promised: there is nothing to press that would hide it.
    expect(visitor.html).not.toContain('/receipt/kept');
    expect(visitor.html).not.toContain('/receipt/note.txt');
  });

  it('a number that is shown opens the complaint in a browser that keeps cookies', async () => {
    const visitor = await started();
    await visitor.press({ go: 'continue' });
    await visitor.press({ go: 'continue' });
    await visitor.press({ narrative: story, go: 'check' });
    const { receipt } = await visitor.press({ go: 'send' });
    expect(visitor.text).toContain('close the browser');
    const returning = new Visitor(door());
    await returning.open('/return');
    await returning.press({ number: receipt });
    expect((await returning.follow()).text).toContain(story);
  });

  it('a complaint that is sent twice has one number', async () => {
    const visitor = await started();
    await visitor.press({ go: 'continue' });
    await visitor.press({ go: 'continue' });
    await visitor.press({ narrative: story, go: 'check' });
    const { receipt } = await visitor.press({ go: 'send' });
    expect((await visitor.sendAgain(visitor.history.at(-1)!)).receipt).toBe(receipt);
  });

  it.each([
    ['is shown again', 'the day after', 47, true],
    ['is not shown any more', 'days later', 49, false],
  ])('a page that the browser sends again %s %s, and neither story nor number with it', async (_, __, hours, isShown) => {
    const drafts = new DraftSealer(new IntakeSecrets(door().secret, 24, 30));
    const aged = (draft = '') => {
      const opened = drafts.open(draft, { kind: 'page' }, new Date());
      if (!('draft' in opened)) throw new Error('the page holds no draft');
      return drafts.seal(opened.draft, { kind: 'page' }, new Date(Date.now() - hours * 3_600_000));
    };
    const visitor = await started();
    await visitor.press({ go: 'continue' });
    await visitor.press({ go: 'continue' });
    await visitor.press({ narrative: story, go: 'check' });
    const { receipt } = await visitor.press({ go: 'send' });
    expect(visitor.history).toHaveLength(4);
    for (const { path, fields } of visitor.history.slice(2)) {
      await visitor.post(path, { ...fields, draft: aged(fields['draft']) });
      expect([visitor.status, visitor.html.includes(story)]).toEqual([422, isShown]);
      expect([visitor.receipt, visitor.html.includes(receipt)]).toEqual(['', false]);
      expect(visitor.text.includes('This page was open for days')).toBe(!isShown);
    }
  });

  it.each([
    ['another site names itself', { origin: 'https://evil.example' }],
    ['another site hides behind “null”, and its address is told', { origin: 'null', referer: 'https://evil.example/trap' }],
  ])('a page is not taken in a browser without Sec-Fetch-Site when %s', async (_, headers) => {
    const visitor = await started();
    await visitor.post('/complaint', { ...visitor.hiddenFields(), narrative: story }, headers);
    expect([visitor.status, visitor.html.includes(story)]).toEqual([403, false]);
  });

  it('what is wrong with a page is said, and what was typed is kept', async () => {
    const visitor = await started();
    await visitor.press({ safeToReply: 'Never by telephone', go: 'continue' });
    await visitor.press({ go: 'continue' });
    await visitor.press({ narrative: ' ', go: 'continue' });
    expect([visitor.status, visitor.text.includes('A few words are enough.')]).toEqual([422, true]);
    await visitor.press({ narrative: story, go: 'check' });
    expect(visitor.text).toContain('Never by telephone');
    expect(visitor.text).toContain(story);
  });

  it('whoever allows them in between goes on, and then belongs to the visit', async () => {
    const visitor = await started();
    await visitor.press({ safeToReply: 'Never by telephone', go: 'continue' });
    const keeping = new Visitor(door());
    await keeping.open('/complaint');
    const { _csrf = '' } = keeping.hiddenFields();
    await keeping.post('/complaint', { ...visitor.hiddenFields(), _csrf, go: 'check', step: 'what_happened', narrative: story });
    expect(keeping.text).toContain('Never by telephone');
    await keeping.press({ go: 'send' });
    expect(keeping.headers.location).toBe('/receipt');
  });

  it('a page that another site sends is not taken', async () => {
    const visitor = await started();
    const answer = await request(door().app.getHttpServer())
      .post('/complaint')
      .set('sec-fetch-site', 'cross-site')
      .type('form')
      .send({ ...visitor.hiddenFields(), narrative: story });
    expect([answer.status, answer.text.includes(story)]).toEqual([403, false]);
  });

  it('a page of a visit is not taken either: it may be that somebody left', async () => {
    const keeping = new Visitor(door());
    await keeping.answer('what_happened', { narrative: story, go: 'check' });
    const visitor = forgetful();
    await visitor.post('/complaint', { ...keeping.hiddenFields(), go: 'send' });
    expect([visitor.status, visitor.html.includes(story)]).toEqual([403, false]);
  });

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])('the form takes nothing in %s', async (type) => {
    const answer = await request(door().app.getHttpServer()).post('/complaint').set('content-type', type).send('{"a":1}');
    expect(answer.status).toBe(415);
  });
});
