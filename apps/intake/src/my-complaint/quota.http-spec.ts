import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { waitFor } from '@recourse/testing';
import request from 'supertest';
import { publicDoor, Visitor } from '../../test-support/public-door';

const door = publicDoor({ settings: { RECOURSE_CASE_MESSAGES: '20/40', RECOURSE_CASE_ADDITIONS: '20/20', RECOURSE_CASE_FILES: '10/100' } });

const server = (): Parameters<typeof request>[0] => door().app.getHttpServer();
const send = (receipt: string, body: string, key: string = randomUUID()) =>
  request(server())
    .post('/api/v1/complaint/messages')
    .set({ authorization: `Receipt ${receipt}`, 'idempotency-key': key })
    .send({ body });

async function returned(): Promise<{ visitor: Visitor; receipt: string }> {
  const visitor = new Visitor(door());
  await visitor.file('The guards came at six in the morning.');
  const { receipt } = await visitor.follow();
  await visitor.open('/return');
  await visitor.press({ number: receipt });
  await visitor.follow();
  return { visitor, receipt };
}

describe('when a complaint was brought as much as is taken in a day', () => {
  it('a program hears when to come again, and what it sent before is still confirmed', async () => {
    const { receipt } = await returned();
    const key = randomUUID();
    expect((await send(receipt, 'the first', key)).status).toBe(201);
    for (let count = 1; count < 20; count += 1) expect((await send(receipt, `${count}`)).status).toBe(201);
    const refused = await send(receipt, 'one more');
    expect([refused.status, refused.type]).toEqual([429, 'application/problem+json']);
    expect(refused.body).toMatchObject({ code: 'too_many_today', status: 429, title: expect.stringContaining('24 hours') as string });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(86_300);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(86_400);
    expect((await send(receipt, 'the first', key)).status).toBe(201);
  });

  it('a person reads so in words, with the hour, and everything typed is still there', async () => {
    const { visitor, receipt } = await returned();
    for (let count = 0; count < 20; count += 1) await send(receipt, `${count}`);
    await visitor.open('/my-complaint/message');
    await visitor.press({ text: 'They are at the door again.' });
    expect(visitor.status).toBe(429);
    expect(Number(visitor.headers['retry-after'])).toBeGreaterThan(86_300);
    expect(visitor.text).toContain('This was NOT sent');
    expect(visitor.text).toContain('In about 24 hours you can send it.');
    expect(visitor.text).toContain('If it cannot wait, send a new complaint with it, and name in it the reference');
    expect(visitor.valueOf('text')).toBe('They are at the door again.');
    await visitor.open('/my-complaint/message?lang=ar');
    await visitor.press({ text: 'عادوا.' });
    expect(visitor.text).toContain('يمكنك إرساله بعد نحو 24 ساعة');
    expect(visitor.text).toContain('وإذا كان الأمر لا يحتمل الانتظار فأرسل به شكوى جديدة');
    expect(visitor.valueOf('text')).toBe('عادوا.');
    // Another way stays open.
    await visitor.open('/my-complaint/add?lang=en');
    await visitor.press({ text: 'They are at the door again.' });
    expect(visitor.headers.location).toBe('/my-complaint?done=add');
  });

  it('a person hears when it is full for good what to do instead', async () => {
    const { visitor } = await returned();
    for (let count = 0; count < 20; count += 1) {
      await visitor.open('/my-complaint/add');
      await visitor.press({ text: `${count}` });
      expect(visitor.status).toBe(303);
    }
    await visitor.open('/my-complaint/add');
    await visitor.press({ text: 'One more.' });
    expect([visitor.status, visitor.headers['retry-after']]).toEqual([409, undefined]);
    expect(visitor.text).toContain('send a new complaint');
    expect(visitor.valueOf('text')).toBe('One more.');
  });

  it('of a file, too', async () => {
    const { visitor } = await returned();
    for (let count = 0; count < 10; count += 1) {
      await visitor.open('/my-complaint/file');
      await visitor.upload(`${count}.txt`, Buffer.from('x'));
      expect(visitor.status).toBe(303);
    }
    await visitor.open('/my-complaint/file');
    await visitor.upload('more.txt', Buffer.from('x'));
    expect(visitor.status).toBe(429);
    expect(visitor.text).toContain('This file was NOT stored');
    expect(visitor.text).toContain('In about 24 hours you can send it. If it cannot wait, send a new complaint');
  });

  it('hears that others are arriving, when a file is the third at the same time, and may try again soon', async () => {
    const { visitor, receipt } = await returned();
    const body = (word: string) => `--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${word}`;
    const headers = () => ({
      authorization: `Receipt ${receipt}`,
      'idempotency-key': randomUUID(),
      'content-type': 'multipart/form-data; boundary=x',
    });
    /** Whole or begun. */
    const inStore = async () =>
      (await readdir(door().evidenceDir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).length;
    const before = await inStore();
    const uploads = [1, 2].map(() => {
      const { hostname, port } = new URL(door().url);
      const upload = httpRequest({ hostname, port, method: 'POST', path: '/api/v1/complaint/files', headers: headers() });
      const answered = new Promise<number | undefined>((resolve) => upload.once('response', ({ statusCode }) => resolve(statusCode)));
      upload.write(body('the beginning'));
      return { upload, answered };
    });
    const third = () =>
      request(server())
        .post('/api/v1/complaint/files')
        .set(headers())
        .send(`${body('x')}\r\n--x--\r\n`);
    await waitFor('two files are arriving', async () => (await inStore()) === before + 2);
    const refused = await third();
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ code: 'too_many_at_once', title: expect.stringContaining('Two files') as string });
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    await visitor.open('/my-complaint/file');
    await visitor.upload('more.txt', Buffer.from('x'));
    expect([visitor.status, visitor.text.includes('two other files for this complaint are on their way')]).toEqual([429, true]);
    for (const { upload } of uploads) upload.end('\r\n--x--\r\n');
    expect(await Promise.all(uploads.map(({ answered }) => answered))).toEqual([201, 201]);
    expect((await third()).status).toBe(201);
  });
});
