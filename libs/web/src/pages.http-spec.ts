import type { NestExpressApplication } from '@nestjs/platform-express';
import { TrainingClock } from '@recourse/clock';
import request from 'supertest';
import { DemoController, openForm, StaffController, startDemo } from '../test-support/demo-app';

describe('pages', () => {
  let app: NestExpressApplication;
  const http = () => request(app.getHttpServer());
  beforeAll(async () => {
    app = await startDemo([DemoController]);
  });
  afterAll(() => app.close());

  describe('language', () => {
    it.each([
      ['/', 'ar-EG, en;q=0.5', 'lang="ar" dir="rtl"'],
      ['/?lang=ar', 'en', 'lang="ar" dir="rtl"'],
      ['/?lang=xx', 'ar', 'lang="ar" dir="rtl"'],
      ['/?lang=xx', 'fr', 'lang="en" dir="ltr"'],
      ['/?lang=en&lang=ar', 'ar', 'lang="ar" dir="rtl"'],
    ])('of %s for %s is %s', async (path, accepts, expected) => {
      const { text } = await http().get(path).set('accept-language', accepts);
      expect(text).toContain(`<html ${expected}`);
    });

    it('once chosen stays for the visit, in a session cookie', async () => {
      const chosen = await http().get('/?lang=ar');
      const cookies = chosen.headers['set-cookie'] as unknown as string[];
      expect(cookies).toContain('__Host-lang=ar; Path=/; HttpOnly; Secure; SameSite=Lax');
      const later = await http().get('/').set('cookie', '__Host-lang=ar').set('accept-language', 'en');
      expect(later.text).toContain('<html lang="ar"');
    });
  });

  describe('forms', () => {
    it('are taken with their token', async () => {
      const { cookie, token } = await openForm(app);
      await http().post('/').set('cookie', cookie).type('form').send({ _csrf: token, story: 'x' }).expect(303);
    });

    it('come back with what was typed and what is wrong', async () => {
      const { cookie, token } = await openForm(app);
      const { status, text } = await http()
        .post('/')
        .set('cookie', cookie)
        .type('form')
        .send({ _csrf: token, story: `</textarea>${'x'.repeat(1000)}` });
      expect(status).toBe(422);
      expect(text).toContain('<title>Error: ');
      expect(text).toContain('<a href="#story">This is too long. Shorten it.</a>');
      expect(text).toContain(`&lt;/textarea&gt;${'x'.repeat(1000)}`);
    });

    it('come back whole when 100,000 characters were typed, in any script', async () => {
      const { cookie, token } = await openForm(app);
      for (const character of ['a', 'ع', '字', '😀']) {
        const { status, text } = await http()
          .post('/')
          .set('cookie', cookie)
          .type('form')
          .send({ _csrf: token, story: character.repeat(100_000) });
        expect(status).toBe(422);
        expect(text).toContain(character.repeat(100_000));
      }
    });

    it('that are exactly as long as a field can be filled may have been cut by the browser: said, and kept', async () => {
      const { cookie, token } = await openForm(app);
      const send = (story: string) => http().post('/').set('cookie', cookie).type('form').send({ _csrf: token, story });
      expect((await http().get('/').set('cookie', cookie)).text).toContain('maxlength="201000"');
      const line = 'x'.repeat(100_499);
      const full = await send(`${line}\r\n${line}y`);
      expect(full.status).toBe(422);
      expect(full.text).toContain('This field holds 201,000 characters, and it is full: the end of your text may be missing.');
      expect(full.text).toContain(`${line}y</textarea>`);
      for (const other of [`${line}\r\n${line}`, `${line}\r\n${line}yz`]) {
        expect((await send(other)).text).not.toContain('may be missing');
      }
    });

    it('of a visit that is over show nothing to whoever sends the page again', async () => {
      const { status, text } = await http().post('/?x=1').type('form').send({ _csrf: 'old', story: 'They came at night & left' });
      expect(status).toBe(403);
      expect(text).toContain('This was not taken');
      expect(text).not.toContain('They came');
      expect(text).not.toContain('<form');
    });

    it('that another web site sent are neither taken nor offered again', async () => {
      const staff = await startDemo([DemoController], { showsLostForms: true });
      const sent = request(staff.getHttpServer()).post('/').set('sec-fetch-site', 'cross-site').type('form');
      expect((await sent.send({ story: 'forged story' })).text).not.toContain('forged story');
      await staff.close();
    });

    it('with a password are not written into a page', async () => {
      const staff = await startDemo([DemoController], { showsLostForms: true });
      const { text } = await request(staff.getHttpServer()).post('/').type('form').send({ name: 'Amina O', password: 'hunter 2' });
      expect(text).toContain('Amina O');
      expect(text).not.toContain('hunter');
      expect(text).not.toContain('<form');
      await staff.close();
    });

    it('of staff are shown to be copied, never offered again', async () => {
      const staff = await startDemo([DemoController], { showsLostForms: true });
      const { text } = await request(staff.getHttpServer()).post('/').type('form').send({ story: 'A long note' });
      expect(text).toContain('<p dir="auto">A long note</p>');
      expect(text).not.toContain('<form');
      await staff.close();
    });

    it.each([
      ['Thai', 'ผู้รักษาความปลอดภัยมาตอนหกโมงเช้า'],
      ['Chinese', '我们已经收到您的投诉'],
      ['one word', 'Retaliation'],
    ])('of staff are shown whatever they are written in, but not while nobody is signed in: %s', async (_, story) => {
      const staff = await startDemo([DemoController, StaffController], { showsLostForms: true });
      const { cookie, token } = await openForm(staff);
      const post = (path: string, _csrf: string) =>
        request(staff.getHttpServer())
          .post(path)
          .set('cookie', cookie)
          .type('form')
          .send({ _csrf, story, step: 'whereItIs', pin: 'hunter' });
      const refused = [
        await post('/', 'wrong'),
        await post('/staff/notes', token),
        await post('/conflict', token),
        await post('/broken', token),
      ];
      expect(refused.map(({ status }) => status)).toEqual([403, 401, 409, 500]);
      // Nobody is signed in at the second: what somebody wrote there is not for whoever sends it again.
      expect(refused.map(({ text }) => text.includes(`<p dir="auto">${story}</p>`))).toEqual([true, false, true, true]);
      for (const { text } of refused) {
        expect(text).not.toContain('whereItIs');
        expect(text).not.toContain('hunter');
      }
      await staff.close();
    });

    it('that cannot be stored are kept and say so', async () => {
      const { cookie, token } = await openForm(app);
      const { status, text, headers } = await http()
        .post('/down')
        .set('cookie', cookie)
        .type('form')
        .send({ _csrf: token, story: 'My story' });
      expect(status).toBe(503);
      expect(headers['retry-after']).toBe('30');
      expect(text).toContain('Not stored, please try again');
      expect(text).toContain('<input type="hidden" name="story" value="My story">');
    });

    it('too large are refused with what to do', async () => {
      const { status, text } = await http()
        .post('/')
        .type('form')
        .send({ story: 'x'.repeat(2 * 1024 * 1024) });
      expect(status).toBe(413);
      expect(text).toContain('This is too much at once');
      expect(text).toContain('it cannot be shown here. Press the Back button');
      expect(text).not.toContain('should still be there');
    });

    it.each(['text/plain', 'application/json', 'multipart/form-data; boundary=x'])('in %s are refused', async (type) => {
      const { status, text } = await http().post('/').set('content-type', type).send('{"a":1}');
      expect(status).toBe(415);
      expect(text).toContain('We could not read what was sent');
    });

    it('in a stream are left to the handler that says so', async () => {
      await http().post('/files').set('content-type', 'multipart/form-data; boundary=x').send('--x--').expect(204);
    });
  });

  describe('errors', () => {
    it('show nothing of themselves, and a number to ask about', async () => {
      const { status, text } = await http().get('/cases/RC-12345');
      expect(status).toBe(500);
      expect(text).toMatch(/give this number: [0-9a-f]{8}/);
      expect(text).not.toContain('secret');
      expect(text).toContain('We cannot show this page');
      expect(text).not.toMatch(/stored|we cannot say/i);
    });

    it('in the middle of storing leave open what was stored', async () => {
      const { cookie, token } = await openForm(app);
      const { status, text } = await http().post('/broken').set('cookie', cookie).type('form').send({ _csrf: token, story: 'x' });
      expect(status).toBe(500);
      expect(text).toContain('We cannot say whether everything was stored');
    });

    describe('about keys that do not open', () => {
      let staff: NestExpressApplication;
      beforeAll(async () => (staff = await startDemo([DemoController], { isSealedShut: () => true })));
      afterAll(() => staff.close());

      it('say so to whoever wants to read', async () => {
        const { status, text } = await request(staff.getHttpServer()).get('/cases/RC-12345');
        expect(status).toBe(500);
        expect(text).toContain('This case does not open');
        expect(text).toMatch(/give this number: [0-9a-f]{8}/);
      });

      it('leave open what was stored where something was to be', async () => {
        const { cookie, token } = await openForm(staff);
        const post = request(staff.getHttpServer()).post('/broken').set('cookie', cookie).type('form');
        expect((await post.send({ _csrf: token, story: 'x' })).text).toContain('We cannot say whether everything was stored');
      });

      it('do not hide an outage', async () => {
        expect((await request(staff.getHttpServer()).get('/cases/down')).text).toContain('We cannot show this just now');
      });
    });

    it('of the database being down say so, and nothing about storing to somebody who only reads', async () => {
      const { status, text } = await http().get('/cases/down');
      expect(status).toBe(503);
      expect(text).toContain('We cannot show this just now');
      expect(text).not.toContain('stored');
    });

    it('are said in the language of the reader', async () => {
      const { text } = await http().get('/nowhere').set('accept-language', 'ar').expect(404);
      expect(text).toContain('dir="rtl"');
      expect(text).toContain('لا يوجد شيء هنا');
    });

    it('do not repeat the address', async () => {
      for (const path of ['/nowhere-%3Cscript%3E', '//nowhere-.example/']) {
        const { text } = await http().get(path).expect(404);
        expect(text).not.toContain('nowhere-');
      }
    });

    it('of a broken address are calm', async () => {
      await http().get('/cases/%E0%A4%A').expect(400).expect('content-type', /html/);
    });
  });

  it('compresses pages for slow lines', async () => {
    const { headers } = await http().get('/').set('accept-encoding', 'gzip, br');
    expect(headers['content-encoding']).toBe('br');
  });
});

describe('a training workspace', () => {
  const machine = Date.parse('2026-11-24T09:00:00Z');
  const clock = (pace: number) =>
    new TrainingClock({ pace, startedAt: new Date(machine), shows: new Date('2027-02-01T12:05:00Z') }, () => machine);

  it.each([
    [1_440, 'en', '/', 'Training: here one day passes in a minute. Nothing here is real.', 'The time here: 1 February 2027 at 13:05.'],
    [1_440, 'en', '/nowhere', 'Training: here one day passes in a minute.', 'The time here: 1 February 2027 at 13:05.'],
    [8_640, 'en', '/', 'here one day passes in 10 seconds.', '13:05'],
    [1_440, 'ar', '/', 'يمرّ هنا يوم كامل في دقيقة واحدة. لا شيء هنا حقيقي.', '1 فبراير 2027'],
  ])('at %i times the pace says so in %s on %s, with the time there', async (pace, language, path, sentence, time) => {
    const app = await startDemo([DemoController], { clock: clock(pace) });
    const { text } = await request(app.getHttpServer()).get(path).set('accept-language', language);
    await app.close();
    expect(text).toContain(sentence);
    expect(text).toContain(time);
  });

  it('is nothing that a page of real cases speaks of', async () => {
    const app = await startDemo([DemoController]);
    const { text } = await request(app.getHttpServer()).get('/');
    await app.close();
    expect(text).not.toContain('rc-training');
  });
});
