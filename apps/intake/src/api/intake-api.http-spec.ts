import { randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';
import { publicDoor } from '../../test-support/public-door';
import { openApiText } from './openapi-document';

const door = publicDoor();
const story = { language: 'fa', narrative: 'نگهبان‌ها ساعت شش صبح با دو سگ آمدند.' };

const server = (): Parameters<typeof request>[0] => door().app.getHttpServer();
const post = (path: string, headers: Record<string, string> = {}) => request(server()).post(`/api/v1${path}`).set(headers);
const file = (body: object, key: string = randomUUID()) => post('/complaints', { 'idempotency-key': key }).send(body);
const codeOf = (response: Response) => [response.status, (response.body as { code?: string }).code];

async function filed(): Promise<{ receipt: string; reference: string; authorization: string }> {
  const response = await file(story);
  const { receipt, reference } = response.body as { receipt: string; reference: string };
  return { receipt, reference, authorization: `Receipt ${receipt}` };
}

describe('POST /api/v1/complaints', () => {
  it('files the smallest complaint', async () => {
    const response = await file(story);
    expect(response.status).toBe(201);
    expect(response.body).toEqual({
      reference: expect.stringMatching(/^RC-/) as string,
      receipt: expect.stringMatching(/^\d{24}$/) as string,
    });
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it('takes everything that the form asks', async () => {
    const response = await file({
      ...story,
      answerLanguage: 'en',
      incidentOn: '2025-09-14',
      incidentWhen: 'at dawn',
      country: 'TZ',
      place: 'the mine',
      companyDescription: 'grey uniforms',
      harmed: 'group',
      affected: 'about thirty people',
      remedySought: 'an apology',
      danger: 'not_sure',
      safeToReply: 'not at night',
      kind: 'harm',
      anonymity: 'confidential',
      name: 'Mina',
      tellCompany: 'ask_first',
      contact: {
        email: 'mina@example.org',
        neutral: true,
        language: 'fa',
        quiet: { from: '18:00', until: '08:00', timeZone: 'Africa/Nairobi' },
      },
    });
    expect(response.status).toBe(201);
  });

  it('gives a repetition the same receipt, and refuses the same key for another body', async () => {
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3, 4].map(() => file(story, key)));
    expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.body]))).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(codeOf(await file({ ...story, narrative: 'Something else' }, key))).toEqual([409, 'key_reused_with_other_body']);
  });

  it.each([
    ['no key', {}, story, 400, 'idempotency_key_missing'],
    ['a key that can be guessed', { 'idempotency-key': '1' }, story, 400, 'key_not_a_uuid'],
    ['a key of zeros', { 'idempotency-key': '00000000-0000-0000-0000-000000000000' }, story, 400, 'key_not_a_uuid'],
    ['a key made of a time', { 'idempotency-key': 'c232ab00-9414-11ec-b3c8-9f6bdeced846' }, story, 400, 'key_not_a_uuid'],
  ])('refuses %s', async (_, headers: Record<string, string>, body, status, code) => {
    expect(codeOf(await post('/complaints', headers).send(body))).toEqual([status, code]);
  });

  it.each([
    ['an empty narrative', { narrative: ' \u200f ' }, 'narrative', 'matches'],
    ['too long a narrative', { narrative: 'ن'.repeat(30_001) }, 'narrative', 'maxLength'],
    ['an unknown field', { isUrgent: true }, 'isUrgent', 'unknown_field'],
    ['an unknown field further in', { contact: { email: 'a@example.org', neutral: true, phone: '1' } }, 'contact.phone', 'unknown_field'],
    ['a number for a text', { place: 7 }, 'place', 'isString'],
    ['an object for a text', { narrative: { $ne: '' } }, 'narrative', 'isString'],
    ['no language tag', { language: 'English, please' }, 'language', 'matches'],
    ['a country that is none', { country: 'ZZ' }, 'country', 'not_a_country'],
    ['the 31st of February', { incidentOn: '2026-02-31' }, 'incidentOn', 'not_a_date'],
    ['a day to come', { incidentOn: '2999-01-01' }, 'incidentOn', 'in_the_future'],
    ['a name without a word about anonymity', { name: 'Mina' }, 'name', 'name_though_anonymous'],
    ['a name of somebody anonymous', { name: 'Mina', anonymity: 'anonymous' }, 'name', 'name_though_anonymous'],
    ['no address', { contact: { email: 'mina', neutral: true } }, 'contact.email', 'isEmail'],
    ['a list for an object', { contact: [] }, 'contact', undefined],
  ])('refuses %s with the field that is wrong', async (_, wrong, field, code) => {
    const response = await file({ ...story, ...wrong });
    expect([response.status, response.type]).toEqual([400, 'application/problem+json']);
    const { errors } = response.body as { errors: { field: string; code: string; message: string }[] };
    const found = errors.find((error) => error.field.startsWith(field));
    expect(found).toBeDefined();
    if (code !== undefined) expect(found).toMatchObject({ field, code });
    expect(found?.message).toMatch(/\.$/);
  });

  it.each([
    ['malformed JSON', 'application/json', '{"language": "fa", ', 400, 'bad_request'],
    ['no object', 'application/json', '[]', 400, 'body_invalid'],
    ['a body of many levels', 'application/json', `{"contact":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400, 'body_invalid'],
    ['another content type', 'text/plain', 'hello', 415, 'wrong_type'],
    ['a form', 'application/x-www-form-urlencoded', 'language=fa&narrative=x', 415, 'wrong_type'],
    ['a body that is too large', 'application/json', JSON.stringify({ ...story, narrative: 'x'.repeat(2_200_000) }), 413, 'too_large'],
  ])('refuses %s as problem JSON', async (_, type, body, status, code) => {
    const response = await post('/complaints', { 'idempotency-key': randomUUID(), 'content-type': type }).send(body);
    expect(codeOf(response)).toEqual([status, code]);
    expect(response.type).toBe('application/problem+json');
  });

  it('refuses what another site makes a browser send', async () => {
    const response = await file(story).set({ 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' });
    expect(response.status).toBe(403);
  });

  it('says what is wrong in the language that was asked for', async () => {
    const response = await file({ ...story, language: 7 }).set('accept-language', 'ar');
    expect(JSON.stringify(response.body)).toContain('يجب');
  });
});

describe('a language that nobody speaks', () => {
  it.each([
    ['language', { ...story, language: 'zz' }],
    ['answerLanguage', { ...story, answerLanguage: 'zz-Latn' }],
    ['contact.language', { ...story, contact: { email: 'mina@example.org', neutral: true, language: 'xx' } }],
  ])('is refused in words as %s, and nothing is stored', async (field, body) => {
    const count = async () => (await door().owner.query<{ count: string }[]>('SELECT count(*) FROM case_file'))[0]?.count;
    const before = await count();
    const refused = await file(body);
    expect(codeOf(refused)).toEqual([400, 'complaint_invalid']);
    const { errors } = refused.body as { errors: { field: string; code: string; message: string }[] };
    expect(errors).toEqual([{ field, code: 'not_a_language', message: expect.stringContaining('There is no such language.') as string }]);
    expect(await count()).toBe(before);
  });
});

describe('/api/v1/complaint', () => {
  it('says where the complaint stands, in every language of the procedure', async () => {
    const { authorization, reference } = await filed();
    const response = await request(server()).get('/api/v1/complaint').set({ authorization });
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({
      reference,
      language: 'fa',
      messages: 0,
      takesMessages: true,
      tracks: [{ procedure: 'remedy', stage: 'received', closed: false, paused: false, nextDueAt: expect.any(String) as string }],
    });
    const { tracks } = response.body as { tracks: { stageWording: object }[] };
    expect(Object.keys(tracks[0]?.stageWording ?? {})).toEqual(expect.arrayContaining(['en', 'ar']));
  });

  it('takes the receipt as people write it', async () => {
    const { receipt } = await filed();
    const spaced = (receipt.match(/\d{4}/g) ?? []).join(' ');
    expect((await request(server()).get('/api/v1/complaint').set('authorization', `receipt ${spaced}`)).status).toBe(200);
  });

  it('gives one answer for every receipt that opens nothing', async () => {
    const { receipt } = await filed();
    const slip = `${receipt.slice(0, 23)}${String((Number(receipt[23]) + 1) % 10)}`;
    const answers = await Promise.all(
      ['0'.repeat(24), slip, '12', 'hello'].map((code) =>
        request(server()).get('/api/v1/complaint').set('authorization', `Receipt ${code}`),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.body]))).size).toBe(1);
    expect(codeOf(answers[0] as Response)).toEqual([401, 'receipt_unknown']);
  });

  it('asks for the receipt, and reads no cookie instead', async () => {
    expect(codeOf(await request(server()).get('/api/v1/complaint').set('cookie', 'return=x'))).toEqual([401, 'receipt_missing']);
  });

  it('takes a number in the digits of any script', async () => {
    const { authorization } = await filed();
    const arabic = authorization.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));
    // As a program writes a header that is not ASCII: byte by byte.
    const bytes = Buffer.from(arabic, 'utf8').toString('latin1');
    const response = await request(server()).get('/api/v1/complaint').set({ authorization: bytes });
    expect(response.status).toBe(200);
  });

  it('takes a message once, however often it is sent', async () => {
    const { authorization } = await filed();
    const headers = { authorization, 'idempotency-key': randomUUID() };
    const [one, other] = [
      await post('/complaint/messages', headers).send({ body: 'سلام' }),
      await post('/complaint/messages', headers).send({ body: 'سلام' }),
    ];
    expect([one.status, other.status, one.body]).toEqual([201, 201, other.body]);
    expect(codeOf(await post('/complaint/messages', headers).send({ body: 'Another one.' }))).toEqual([409, 'key_reused_with_other_body']);
    const read = await request(server()).get('/api/v1/complaint/messages').set({ authorization });
    expect(read.body).toMatchObject({ messages: [{ direction: 'from_complainant', body: 'سلام' }] });
  });

  it('gives messages a page at a time', async () => {
    const { authorization } = await filed();
    for (const body of ['one', 'two', 'three']) {
      await post('/complaint/messages', { authorization, 'idempotency-key': randomUUID() }).send({ body });
    }
    const read = (query: object) => request(server()).get('/api/v1/complaint/messages').query(query).set({ authorization });
    const bodiesOf = (response: Response) => (response.body as { messages: { body: string }[] }).messages.map(({ body }) => body);
    const newest = await read({ limit: 2 });
    expect(bodiesOf(newest)).toEqual(['two', 'three']);
    const { earlier: before } = newest.body as { earlier: string };
    const last = await read({ limit: 2, before });
    expect(last.body).toEqual({ messages: [expect.objectContaining({ body: 'one' })] });
    expect(bodiesOf(await read({}))).toEqual(['one', 'two', 'three']);
    expect(codeOf(await read({ limit: 101 }))).toEqual([400, 'body_invalid']);
    expect((await request(server()).get('/api/v1/complaint').set({ authorization })).body).toMatchObject({ messages: 3 });
  });

  it('refuses an empty message and an unknown field', async () => {
    const { authorization } = await filed();
    const headers = { authorization, 'idempotency-key': randomUUID() };
    expect(codeOf(await post('/complaint/messages', headers).send({ body: '' }))).toEqual([400, 'body_invalid']);
    expect(codeOf(await post('/complaint/messages', headers).send({ body: 'x', to: 'the director' }))).toEqual([400, 'body_invalid']);
  });

  it('takes a file once', async () => {
    const { authorization } = await filed();
    const headers = { authorization, 'idempotency-key': randomUUID() };
    const send = () =>
      post('/complaint/files', headers).attach('file', Buffer.from('a picture'), { filename: 'عکس.jpg', contentType: 'image/jpeg' });
    const [one, other] = [await send(), await send()];
    expect([one.status, other.status, one.body]).toEqual([201, 201, other.body]);
    const another = await post('/complaint/files', headers).attach('file', Buffer.from('another'), 'عکس.jpg');
    expect(codeOf(another)).toEqual([409, 'key_reused_with_other_body']);
  });

  it.each([
    ['without a file', (headers: Record<string, string>) => post('/complaint/files', headers).field('note', 'x'), 400, 'file_missing'],
    [
      'that is no multipart',
      (headers: Record<string, string>) => post('/complaint/files', headers).type('application/octet-stream').send('x'),
      415,
      'wrong_type',
    ],
    [
      'with an empty file',
      (headers: Record<string, string>) => post('/complaint/files', headers).attach('file', Buffer.alloc(0), 'a.txt'),
      400,
      'empty',
    ],
  ])('refuses a body %s', async (_, send, status, code) => {
    const { authorization } = await filed();
    expect(codeOf(await send({ authorization, 'idempotency-key': randomUUID() }))).toEqual([status, code]);
  });

  it('reads no byte of a file without a receipt', async () => {
    const response = await post('/complaint/files', { 'idempotency-key': randomUUID() }).attach('file', Buffer.from('x'), 'a.txt');
    expect(codeOf(response)).toEqual([401, 'receipt_missing']);
  });
});

describe('the description of the API', () => {
  it('is served, and names every address of the contract', async () => {
    const response = await request(server()).get('/api/openapi.json');
    const { paths, components } = response.body as {
      paths: Record<string, object>;
      components: { schemas: Record<string, { required?: string[] }> };
    };
    expect(Object.entries(paths).map(([path, methods]) => [path, Object.keys(methods).sort()])).toEqual([
      ['/api/v1/complaints', ['post']],
      ['/api/v1/complaint', ['get']],
      ['/api/v1/complaint/messages', ['get', 'post']],
      ['/api/v1/complaint/additions', ['post']],
      ['/api/v1/complaint/files', ['post']],
    ]);
    expect(components.schemas['Complaint']?.required).toEqual(['language', 'narrative']);
  });

  it('is made the same way each time', async () => {
    expect(await openApiText()).toBe(await openApiText());
  });
});

describe('an address that does not exist', () => {
  it('is answered with problem JSON below /api', async () => {
    expect(codeOf(await request(server()).get('/api/v1/cases'))).toEqual([404, 'not_found']);
  });
});
