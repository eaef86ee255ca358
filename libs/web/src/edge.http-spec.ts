import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DemoController, SilentController, StaffController, startDemo } from '../test-support/demo-app';

describe('the edge', () => {
  let app: NestExpressApplication;
  const http = () => request(app.getHttpServer());
  beforeAll(async () => {
    app = await startDemo([DemoController, StaffController]);
  });
  afterAll(() => app.close());

  describe('a slow line', () => {
    it('has two hours for one request, and a minute for its headers', () => {
      const server = app.getHttpServer();
      const slowUploadMs = (26_000_000 / 4_000) * 1000;
      expect(server.requestTimeout).toBeGreaterThan(slowUploadMs);
      expect(server.headersTimeout).toBe(60_000);
    });

    it('is cut when nothing comes any more', async () => {
      const impatient = await startDemo([DemoController], { longestSilenceMs: 200 });
      const { port } = impatient.getHttpServer().address() as AddressInfo;
      const socket = connect(port, '127.0.0.1');
      socket.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\nonly this');
      await once(socket.resume(), 'close');
      await impatient.close();
    });
  });

  describe('headers', () => {
    it('let nothing in, nothing out and nothing be kept', async () => {
      const { headers } = await http().get('/');
      const csp = String(headers['content-security-policy']);
      expect(
        csp
          .replace(/'nonce-[^']+'/, "'nonce'")
          .split(';')
          .sort(),
      ).toEqual([
        "base-uri 'none'",
        "default-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self'",
        "script-src 'nonce'",
        "style-src 'self'",
        'upgrade-insecure-requests',
      ]);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer,same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'strict-transport-security': 'max-age=63072000',
        'permissions-policy': expect.stringContaining('geolocation=()') as string,
      });
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('etag');
    });

    it('give each answer its own nonce, the one in the page', async () => {
      const [first, second] = [await http().get('/'), await http().get('/')];
      const nonce = /nonce-([^']+)'/.exec(String(first.headers['content-security-policy']))![1]!;
      expect(first.text).toContain(`nonce="${nonce}"`);
      expect(second.text).not.toContain(nonce);
    });

    it('keep an idle connection longer than proxies do, so that no request meets one that is being closed', async () => {
      const { headers } = await http().get('/').set('connection', 'keep-alive');
      expect(Number(/timeout=(\d+)/.exec(headers['keep-alive'] ?? '')?.[1])).toBeGreaterThan(60);
    });

    it('are there on every refusal too', async () => {
      for (const path of ['/nowhere', '/cases/x', '/health/live', '/assets/nothing.css']) {
        const { headers } = await http().get(path);
        expect(headers['cache-control']).toBe('no-store');
        expect(headers['content-security-policy']).toContain("default-src 'none'");
      }
    });

    it('promise https only where there is https', async () => {
      const plain = await startDemo([DemoController], { publicUrl: 'http://localhost:3000' });
      const { headers } = await request(plain.getHttpServer()).get('/');
      expect(headers).not.toHaveProperty('strict-transport-security');
      expect(String(headers['set-cookie'])).toMatch(/^visit=[\w-]+; Path=\/; HttpOnly; SameSite=Lax$/);
      await plain.close();
    });
  });

  describe('a form', () => {
    const post = (body: Buffer) =>
      http()
        .post('/')
        .set('content-type', 'application/x-www-form-urlencoded')
        .serialize((sent: Buffer) => sent as unknown as string)
        .send(body);

    it.each([
      ['of other bytes than UTF-8', Buffer.concat([Buffer.from('story='), Buffer.from([0xcc, 0xc7, 0xc1])])],
      ['of other bytes than UTF-8, percent-encoded', Buffer.from('story=%ff%fe')],
      ['with half a surrogate pair', Buffer.from('story=%ed%a0%80')],
      ['cut in a letter', Buffer.from('story=%d8')],
    ])('%s is refused with a page, before letters are lost', async (_, body) => {
      const { status, text } = await post(body);
      expect([status, text.includes('not written in UTF-8')]).toEqual([400, true]);
    });

    it('in UTF-8 comes as far as its token', async () => {
      expect((await post(Buffer.from('story=%D8%AC+100%25+جاء'))).status).toBe(403);
    });
  });

  describe('JSON', () => {
    const post = (body: string | object) => http().post('/api/v1/stories').set('content-type', 'application/json').send(body);

    it('is taken without a token', async () => {
      await post({ story: 'x' }).expect(201, { story: 'x' });
    });

    it('that is wrong is refused field by field', async () => {
      const { body, headers } = await post({ story: 'x'.repeat(11), extra: 1 }).expect(400);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(body).toEqual({
        type: 'about:blank',
        title: 'Some fields of the body are wrong. Nothing was stored.',
        status: 400,
        code: 'body_invalid',
        errors: [
          { field: 'extra', code: 'unknown_field', message: 'This field is not known.' },
          { field: 'story', code: 'maxLength', message: 'This is too long. Shorten it.' },
        ],
      });
    });

    it('that is malformed is refused without repeating it', async () => {
      const { body, text } = await post('{"story": "my secret').expect(400);
      expect(body).toMatchObject({ status: 400, code: 'bad_request' });
      expect(text).not.toContain('secret');
    });

    it.each([
      ['in Windows-1256', Buffer.concat([Buffer.from('{"story":"'), Buffer.from([0xcc, 0xc7, 0xc1, 0xe6, 0xc7]), Buffer.from('"}')]), ''],
      ['with half a surrogate pair', Buffer.from(String.raw`{"story":"a\ud800b"}`), ''],
      ['with half a surrogate pair in a name', Buffer.from(String.raw`{"story":"a","\udc00":"b"}`), ''],
      ['that says it is in UTF-16', Buffer.from('{"story":"a"}', 'utf16le'), '; charset=utf-16le'],
    ])('%s is refused before letters are lost', async (_, bytes, charset) => {
      const asked = http().post('/api/v1/stories').set('content-type', `application/json${charset}`);
      const { body, headers } = await asked
        .serialize((sent: Buffer) => sent as unknown as string)
        .send(bytes)
        .expect(400);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(body).toMatchObject({ code: 'not_utf8', title: expect.stringContaining('not written in UTF-8') as string });
    });

    it('keeps every letter that UTF-8 has, and pairs of surrogates', async () => {
      const written = String.raw`{"story":"ج\ud83d\ude00"}`;
      await http()
        .post('/api/v1/stories')
        .set('content-type', 'application/json; charset=UTF-8')
        .send(written)
        .expect(201, { story: 'ج😀' });
    });

    it('too large is 413, another type 415, an unknown path 404, all as problems', async () => {
      expect((await post({ story: 'x'.repeat(2 * 1024 * 1024) })).body).toMatchObject({ status: 413, code: 'too_large' });
      expect((await http().post('/api/v1/stories').type('form').send({ story: 'x' })).body).toMatchObject({
        status: 415,
        code: 'wrong_type',
      });
      expect((await http().get('/api/v1/nothing')).body).toMatchObject({ status: 404, code: 'not_found' });
    });

    it('is refused by code, in the language asked for', async () => {
      expect((await post({ story: 'taken' }).expect(409)).body).toMatchObject({ code: 'story_taken' });
      const { body } = await http().get('/api/x').set('accept-language', 'ar');
      expect(body).toMatchObject({ title: 'لا يوجد شيء كهذا، أو لا يحق لك الاطلاع عليه.' });
    });

    it.each([
      ['sec-fetch-site', 'cross-site'],
      ['sec-fetch-site', 'same-site'],
      ['origin', 'https://evil.example'],
      ['origin', 'null'],
    ])('sent by another web site (%s: %s) is refused', async (header, value) => {
      const { status, body } = await post({ story: 'x' }).set(header, value);
      expect([status, body]).toMatchObject([
        403,
        { code: 'from_another_site', title: expect.stringContaining('another web site') as string },
      ]);
    });

    it('sent by our own page is taken', async () => {
      await post({ story: 'x' }).set('sec-fetch-site', 'same-origin').expect(201);
    });
  });

  describe('doors', () => {
    it('open to who may come, send others to sign in, refuse the rest', async () => {
      await http().get('/staff').set('x-who', 'desk').expect(200);
      await http().get('/staff?a=1').expect(303).expect('location', '/sign-in?next=%2Fstaff%3Fa%3D1');
      await http().get('/staff').set('x-who', 'nobody').expect(403);
    });

    it('show nothing of what somebody wrote whose session ended, and say where it is', async () => {
      const { status, text } = await http().post('/staff/notes').type('form').send({ note: 'Three pages of text' });
      expect(status).toBe(401);
      expect(text).not.toContain('Three pages of text');
      expect(text).toContain('press the Back button of your browser');
      expect(text).toContain('href="/sign-in"');
    });

    it('that nobody labelled keep the process from starting', async () => {
      await expect(startDemo([DemoController, SilentController])).rejects.toThrow('GET /silent/route (SilentController.show)');
    });
  });

  describe('health', () => {
    it('says what is missing, not where it is', async () => {
      await http().get('/health/live').expect(200, { status: 'ok' });
      const { body, text } = await http().get('/health/ready').expect(503);
      expect(body).toEqual({
        status: 'unavailable',
        checks: { database: 'ok', queue: 'unavailable', doors: 'degraded' },
        without: { doors: ['back_door'] },
      });
      expect(text).not.toContain('secret-host');
    });

    it('counts by pattern, never by case, and tells neighbours only', async () => {
      await http().get('/cases/RC-7K2MQ');
      const { text } = await http().get('/metrics').expect(200);
      expect(text).toContain('route="/cases/:reference",status="500"');
      expect(text).not.toContain('RC-7K2MQ');
      await http().get('/metrics').set('x-forwarded-for', '203.0.113.9').expect(404);
    });
  });
});
