import { randomUUID } from 'node:crypto';
import type { OpenAPIObject } from '@nestjs/swagger';
import { disagreements } from '@recourse/testing';
import request, { type Response, type Test } from 'supertest';
import { publicDoor } from '../../test-support/public-door';
import { openApiDocument } from './openapi-document';

const door = publicDoor({ settings: { RECOURSE_CASE_MESSAGES: '20/40', RECOURSE_CASE_ADDITIONS: '20/40', RECOURSE_CASE_FILES: '10/100' } });
const story = { language: 'fa', narrative: 'They came at six.' };

const server = (): Parameters<typeof request>[0] => door().app.getHttpServer();
const key = () => ({ 'idempotency-key': randomUUID() });
const post = (path: string, headers: Readonly<Record<string, string>> = {}) => request(server()).post(path).set(headers);
const get = (path: string, headers: Readonly<Record<string, string>> = {}) => request(server()).get(path).set(headers);

const complaints = '/api/v1/complaints';
const complaint = '/api/v1/complaint';
const messages = `${complaint}/messages`;
const additions = `${complaint}/additions`;
const files = `${complaint}/files`;
const elsewhere = { 'sec-fetch-site': 'cross-site' };
const large = JSON.stringify({ text: 'x'.repeat(2_200_000) });

let document: OpenAPIObject;
let mine: { readonly authorization: string };
beforeAll(async () => {
  document = await openApiDocument();
  mine = await newReceipt();
}, 60_000);

async function newReceipt(): Promise<{ readonly authorization: string }> {
  const { body } = await post(complaints, key()).send(story);
  return { authorization: `Receipt ${(body as { receipt: string }).receipt}` };
}

/** The same request until it is refused for that day. */
async function tooOften(send: (headers: Readonly<Record<string, string>>) => Test): Promise<Response> {
  const receipt = await newReceipt();
  for (let count = 0; count < 30; count += 1) {
    const answer = await send({ ...receipt, ...key() });
    if (answer.status !== 201) return answer;
  }
  throw new Error('never refused');
}

async function twice(send: (headers: Readonly<Record<string, string>>, text: string) => Test): Promise<Response> {
  const same = { ...mine, ...key() };
  await send(same, 'One.');
  return send(same, 'Another.');
}

const attach = (headers: Readonly<Record<string, string>>, content: string | Buffer = 'a picture') =>
  post(files, headers).attach('file', Buffer.from(content), { filename: 'a.jpg', contentType: 'image/jpeg' });

/** What `messages` and `additions` have in common: a text in a field. */
function textCalls(path: string, field: string): readonly Call[] {
  const send = (headers: Readonly<Record<string, string>>, text: string) => post(path, headers).send({ [field]: text });
  return [
    [`POST ${path}`, 201, undefined, async () => send({ ...mine, ...key() }, 'One.')],
    [
      `POST ${path}`,
      400,
      'bad_request',
      async () =>
        post(path, { ...mine, ...key() })
          .type('json')
          .send('{'),
    ],
    [`POST ${path}`, 400, 'body_invalid', async () => send({ ...mine, ...key() }, ' ')],
    [`POST ${path}`, 400, 'idempotency_key_missing', async () => send(mine, 'One.')],
    [`POST ${path}`, 400, 'key_not_a_uuid', async () => send({ ...mine, 'idempotency-key': '1' }, 'One.')],
    [`POST ${path}`, 401, 'receipt_missing', async () => send(key(), 'One.')],
    [`POST ${path}`, 401, 'receipt_unknown', async () => send({ ...key(), authorization: 'Receipt 1' }, 'One.')],
    [`POST ${path}`, 403, 'from_another_site', async () => send({ ...mine, ...key(), ...elsewhere }, 'One.')],
    [`POST ${path}`, 409, 'key_reused_with_other_body', async () => twice(send)],
    [
      `POST ${path}`,
      413,
      'too_large',
      async () =>
        post(path, { ...mine, ...key() })
          .type('json')
          .send(large),
    ],
    [
      `POST ${path}`,
      415,
      'wrong_type',
      async () =>
        post(path, { ...mine, ...key() })
          .type('text')
          .send('x'),
    ],
    [`POST ${path}`, 429, 'too_many_today', async () => tooOften((headers) => send(headers, 'Again.'))],
  ];
}

type Call = readonly [operation: string, status: number, code: string | undefined, ask: () => Promise<Response>];

const calls: readonly Call[] = [
  [`POST ${complaints}`, 201, undefined, async () => post(complaints, key()).send(story)],
  [`POST ${complaints}`, 400, 'bad_request', async () => post(complaints, key()).type('json').send('{')],
  [`POST ${complaints}`, 400, 'not_utf8', async () => post(complaints, key()).send({ ...story, narrative: 'a\ud800b' })],
  [`POST ${complaints}`, 400, 'body_invalid', async () => post(complaints, key()).send({ ...story, isUrgent: true })],
  [`POST ${complaints}`, 400, 'complaint_invalid', async () => post(complaints, key()).send({ ...story, name: 'Mina' })],
  [`POST ${complaints}`, 400, 'idempotency_key_missing', async () => post(complaints).send(story)],
  [`POST ${complaints}`, 400, 'key_not_a_uuid', async () => post(complaints, { 'idempotency-key': '1' }).send(story)],
  [`POST ${complaints}`, 403, 'from_another_site', async () => post(complaints, { ...key(), ...elsewhere }).send(story)],
  [
    `POST ${complaints}`,
    409,
    'key_reused_with_other_body',
    async () => {
      const same = key();
      await post(complaints, same).send(story);
      return post(complaints, same).send({ ...story, narrative: 'Another.' });
    },
  ],
  [`POST ${complaints}`, 413, 'too_large', async () => post(complaints, key()).type('json').send(large)],
  [`POST ${complaints}`, 415, 'wrong_type', async () => post(complaints, key()).type('text').send('x')],

  [`GET ${complaint}`, 200, undefined, async () => get(complaint, mine)],
  [`GET ${complaint}`, 400, 'body_invalid', async () => get(`${complaint}?zz=1`, mine)],
  [`GET ${complaint}`, 401, 'receipt_missing', async () => get(complaint)],
  [`GET ${complaint}`, 401, 'receipt_unknown', async () => get(complaint, { authorization: 'Receipt 1' })],

  [`GET ${messages}`, 200, undefined, async () => get(`${messages}?limit=1`, mine)],
  [`GET ${messages}`, 400, 'body_invalid', async () => get(`${messages}?limit=1000`, mine)],
  [`GET ${messages}`, 400, 'body_invalid', async () => get(`${messages}?zz=1`, mine)],
  [`GET ${messages}`, 401, 'receipt_missing', async () => get(messages)],
  ...textCalls(messages, 'body'),
  ...textCalls(additions, 'text'),

  [`POST ${files}`, 201, undefined, async () => attach({ ...mine, ...key() })],
  [`POST ${files}`, 400, 'file_missing', async () => post(files, { ...mine, ...key() }).field('note', 'x')],
  [
    `POST ${files}`,
    400,
    'body_invalid',
    async () => post(`${files}?zz=1`, { ...mine, ...key() }).attach('file', Buffer.from('x'), 'a.txt'),
  ],
  [`POST ${files}`, 400, 'empty', async () => attach({ ...mine, ...key() }, '')],
  [`POST ${files}`, 400, 'idempotency_key_missing', async () => attach(mine)],
  [`POST ${files}`, 401, 'receipt_missing', async () => attach(key())],
  [`POST ${files}`, 403, 'from_another_site', async () => attach({ ...mine, ...key(), ...elsewhere })],
  [`POST ${files}`, 409, 'key_reused_with_other_body', async () => twice((headers, text) => attach(headers, text))],
  [`POST ${files}`, 413, 'too_large', async () => attach({ ...mine, ...key() }, Buffer.alloc(26_300_000))],
  [
    `POST ${files}`,
    415,
    'wrong_type',
    async () =>
      post(files, { ...mine, ...key() })
        .type('application/octet-stream')
        .send('x'),
  ],
  [`POST ${files}`, 429, 'too_many_today', async () => tooOften((headers) => attach(headers))],
];

describe('the description of the intake API', () => {
  it.each(calls)('agrees with the answer: %s %d %s', async (operation, status, code, ask) => {
    const answer = await ask();
    expect([answer.status, (answer.body as { code?: string }).code]).toEqual([status, code]);
    const [method = '', path = ''] = operation.split(' ');
    const contentType = answer.headers['content-type'];
    expect(disagreements(document, { method, path, status, contentType, body: answer.body })).toEqual([]);
    if (status === 429) expect(answer.headers['retry-after']).toMatch(/^\d+$/);
  });

  it('names nothing that these answers do not show, but an outage and a full store', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations as Record<string, { responses: object }>).flatMap(([method, { responses }]) =>
        Object.keys(responses).map((status) => `${method.toUpperCase()} ${path} ${status}`),
      ),
    );
    const shown = new Set(calls.map(([operation, status]) => `${operation} ${status}`));
    const unshown = described.filter((one) => !shown.has(one));
    expect(unshown.filter((one) => !one.endsWith(' 503'))).toEqual([`POST ${files} 507`]);
    expect(unshown).toHaveLength(new Set(calls.map(([operation]) => operation)).size + 1);
  });

  it('names every code that these answers show', () => {
    const codes = (operation: string, status: number): string => {
      const [method = '', path = ''] = operation.split(' ');
      const operations = document.paths[path] as Record<string, { responses: Record<string, unknown> }>;
      return JSON.stringify(operations[method.toLowerCase()]?.responses[status]);
    };
    const refused = calls.filter(([, status]) => status >= 400);
    expect(refused.filter(([operation, status, code]) => !codes(operation, status).includes(`"${code}"`)).map(String)).toEqual([]);
  });
});

describe('an addition', () => {
  it('is taken once, however often it is sent, and stands with the complaint', async () => {
    const receipt = await newReceipt();
    const same = { ...receipt, ...key() };
    const [one, other] = [
      await post(additions, same).send({ text: 'They came back.' }),
      await post(additions, same).send({ text: 'They came back.' }),
    ];
    expect([one.status, other.status, one.body]).toEqual([201, 201, other.body]);
    const [row] = await door().owner.query<{ count: string }[]>('SELECT count(*) FROM intake_item WHERE id = $1', [
      (one.body as { id: string }).id,
    ]);
    expect(row?.count).toBe('1');
  });
});
