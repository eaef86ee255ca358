import { randomBytes, randomUUID } from 'node:crypto';
import { newReference } from '@recourse/domain';
import type { OpenAPIObject } from '@nestjs/swagger';
import { disagreements, GIVEN_PASSWORD, type GivenCase } from '@recourse/testing';
import request from 'supertest';
import { peopleCalls, withoutBody, type Call } from '../../test-support/people-calls';
import { sendFile, staffRooms } from '../../test-support/staff-rooms';
import type { CaseAnswer } from './answers/case.answer';
import type { ProcedureRulesAnswer, PublishedProceduresAnswer } from './answers/procedure.answer';
import { openApiDocument } from './open-api-document';

const rooms = staffRooms();
type Agent = ReturnType<typeof request.agent>;

let document: OpenAPIObject;
let nobody: Agent;
let officer: Agent;
let supervisor: Agent;
let administrator: Agent;
/** With a message, a file, an addition: whatever a case can show. */
let full: GivenCase;
let closed: GivenCase;

beforeAll(async () => {
  document = await openApiDocument();
  nobody = request.agent(rooms().app.getHttpServer());
  officer = await signedIn('officer');
  supervisor = await signedIn('supervisor');
  administrator = await signedIn('administrator');
  full = await rooms().given.caseIn('company_engaged');
  await sendFile(rooms(), full, 'badge.jpg', Buffer.from('x'));
  closed = await rooms().given.caseIn('closed');
}, 60_000);

async function signedIn(signInName: string): Promise<Agent> {
  const agent = request.agent(rooms().app.getHttpServer());
  const entered = await agent.post('/api/v1/session').send({ signInName, password: GIVEN_PASSWORD });
  if (entered.status !== 201) throw new Error(`${signInName} cannot sign in`);
  return agent;
}

const session = '/api/v1/session';
const cases = '/api/v1/cases';
const board = '/api/v1/board';
const one = `${cases}/{reference}`;
const key = (): [string, string] => ['idempotency-key', randomUUID()];
const at = (path: string, reference: string, action = 'acknowledge'): string =>
  path.replace('{reference}', reference).replace('{action}', action);
const nobodys = (): string => newReference(randomBytes(16));
const large = { body: 'x'.repeat(3 * 1024 * 1024) };
const seen = async (filed: GivenCase) => ({ track: filed.trackId, seenRevision: (await rooms().given.track(filed.reference)).revision });

const act = `${one}/actions/{action}`;
const messages = `${one}/messages`;
const assignment = `${one}/assignment`;
const read = `${one}/read`;
const approvals = `${one}/approvals/{approval}`;
const NO_REQUEST = '00000000-0000-7000-8000-000000000000';
const atApproval = (reference: string, approval = NO_REQUEST): string => at(approvals, reference).replace('{approval}', approval);

const evidence = `${one}/files/{file}`;
const procedures = '/api/v1/procedures';
const procedure = `${procedures}/{code}/{version}`;

/** Where a program gets the file of a case, or looks for it in another one. */
async function ofFile(filed: GivenCase, reference = filed.reference): Promise<string> {
  const { body } = await officer.get(at(one, filed.reference));
  return `${at(one, reference)}/files/${(body as CaseAnswer).files[0]!.id}`;
}

/** An officer asks for a case to be closed: the case, and the address of the request. */
async function asked(by: Agent): Promise<{ readonly filed: GivenCase; readonly path: string }> {
  const filed = await rooms().given.caseIn('admissible');
  const words = { reason: 'Nobody knows.', message: 'We could not find out.', outcome: 'unable_to_determine' };
  const { body } = await by.post(at(act, filed.reference, 'close_without_remedy')).send({ ...(await seen(filed)), ...words });
  return { filed, path: atApproval(filed.reference, (body as { approval: string }).approval) };
}

const calls: readonly Call[] = [
  [`POST ${session}`, 201, undefined, async () => nobodyElse().post(session).send({ signInName: 'director', password: GIVEN_PASSWORD })],
  [`POST ${session}`, 400, 'bad_request', async () => nobody.post(session).type('json').send('{')],
  [`POST ${session}`, 400, 'body_invalid', async () => nobody.post(session).send({ signInName: 'director' })],
  [`POST ${session}`, 401, 'sign_in_failed', async () => nobody.post(session).send({ signInName: 'nobody', password: 'wrong' })],
  [`POST ${session}`, 413, 'too_large', async () => nobody.post(session).send(large)],
  [`POST ${session}`, 415, 'wrong_type', async () => nobody.post(session).type('text').send('x')],
  [`GET ${session}`, 200, undefined, async () => officer.get(session)],
  [`GET ${session}`, 400, 'body_invalid', async () => officer.get(`${session}?zz=1`)],
  [`GET ${session}`, 401, 'sign_in_first', async () => nobody.get(session)],
  [`DELETE ${session}`, 204, undefined, async () => (await signedIn('director')).delete(session)],
  [`DELETE ${session}`, 401, 'sign_in_first', async () => nobody.delete(session)],

  [`GET ${cases}`, 200, undefined, async () => officer.get(`${cases}?limit=1`)],
  [`GET ${cases}`, 200, undefined, async () => officer.get(`${cases}?show=closed`)],
  [`GET ${cases}`, 400, 'body_invalid', async () => officer.get(`${cases}?limit=1000`)],
  [`GET ${cases}`, 401, 'sign_in_first', async () => nobody.get(cases)],
  [`GET ${cases}`, 403, 'forbidden', async () => administrator.get(cases)],

  [`GET ${board}`, 200, undefined, async () => supervisor.get(board)],
  [`GET ${board}`, 200, undefined, async () => supervisor.get(`${board}?show=unheld&limit=1`)],
  [
    `GET ${board}`,
    200,
    undefined,
    async () => {
      await asked(officer);
      await rooms().given.owner.query(`UPDATE approval_request SET answer_due_at = now() - interval '1 day' WHERE state = 'waiting'`);
      return supervisor.get(`${board}?show=approvals`);
    },
  ],
  [
    `GET ${board}`,
    200,
    undefined,
    async () => {
      await rooms().given.caseIn('waiting_for_information');
      await rooms().given.owner.query(`UPDATE deadline SET paused_at = now() - interval '40 days' WHERE state = 'paused'`);
      return supervisor.get(`${board}?show=paused`);
    },
  ],
  [`GET ${board}`, 400, 'body_invalid', async () => supervisor.get(`${board}?show=everything`)],
  [`GET ${board}`, 401, 'sign_in_first', async () => nobody.get(board)],
  [`GET ${board}`, 403, 'forbidden', async () => officer.get(board)],
  [`GET ${board}`, 403, 'forbidden', async () => administrator.get(board)],

  [`GET ${one}`, 200, undefined, async () => officer.get(at(one, full.reference))],
  [`GET ${one}`, 200, undefined, async () => officer.get(at(one, closed.reference))],
  [`GET ${one}`, 200, undefined, async () => officer.get(at(`${one}?messageLimit=1`, full.reference))],
  [`GET ${one}`, 200, undefined, async () => officer.get(at(`${one}?timelineBefore=3`, full.reference))],
  [`GET ${one}`, 400, 'body_invalid', async () => officer.get(at(`${one}?timelineBefore=0`, full.reference))],
  [`GET ${one}`, 400, 'body_invalid', async () => officer.get(at(`${one}?messageLimit=101`, full.reference))],
  [`GET ${one}`, 401, 'sign_in_first', async () => nobody.get(at(one, full.reference))],
  [`GET ${one}`, 403, 'forbidden', async () => administrator.get(at(one, full.reference))],
  [`GET ${one}`, 404, 'not_found', async () => officer.get(at(one, nobodys()))],

  [
    `POST ${act}`,
    200,
    undefined,
    async () => {
      const filed = await rooms().given.filed();
      return officer.post(at(act, filed.reference)).send(await seen(filed));
    },
  ],
  [`POST ${act}`, 400, 'body_invalid', async () => officer.post(at(act, full.reference)).send({ track: 'x' })],
  [`POST ${act}`, 401, 'sign_in_first', async () => nobody.post(at(act, full.reference)).send(await seen(full))],
  [`POST ${act}`, 403, 'forbidden', async () => administrator.post(at(act, full.reference)).send(await seen(full))],
  [`POST ${act}`, 404, 'not_found', async () => officer.post(at(act, nobodys())).send(await seen(full))],
  [`POST ${act}`, 409, 'stale', async () => officer.post(at(act, full.reference)).send({ ...(await seen(full)), seenRevision: 1 })],
  [`POST ${act}`, 409, 'wrong_stage', async () => officer.post(at(act, full.reference)).send(await seen(full))],
  [`POST ${act}`, 409, 'unknown_action', async () => officer.post(at(act, full.reference, 'burn')).send(await seen(full))],
  [`POST ${act}`, 409, 'closed', async () => officer.post(at(act, closed.reference)).send(await seen(closed))],
  [
    `POST ${act}`,
    409,
    'role_not_allowed',
    async () => {
      const agreed = await rooms().given.caseIn('agreed');
      return officer.post(at(act, agreed.reference, 'close_with_remedy')).send(await seen(agreed));
    },
  ],
  [
    `POST ${act}`,
    409,
    'guard_failed',
    async () => {
      const admissible = await rooms().given.caseIn('admissible');
      return officer.post(at(act, admissible.reference, 'engage_company')).send(await seen(admissible));
    },
  ],
  [`POST ${act}`, 413, 'too_large', async () => officer.post(at(act, full.reference)).send(large)],
  [`POST ${act}`, 415, 'wrong_type', async () => officer.post(at(act, full.reference)).type('text').send('x')],
  [
    `POST ${act}`,
    422,
    'input_invalid',
    async () => {
      const screened = await rooms().given.caseIn('screening');
      return officer.post(at(act, screened.reference, 'declare_admissible')).send(await seen(screened));
    },
  ],

  [
    `POST ${messages}`,
    201,
    undefined,
    async () =>
      officer
        .post(at(messages, full.reference))
        .set(...key())
        .send({ body: 'We read it.' }),
  ],
  [`POST ${messages}`, 400, 'idempotency_key_missing', async () => officer.post(at(messages, full.reference)).send({ body: 'x' })],
  [
    `POST ${messages}`,
    400,
    'body_invalid',
    async () =>
      officer
        .post(at(messages, full.reference))
        .set(...key())
        .send({ text: 'x' }),
  ],
  [`POST ${messages}`, 401, 'sign_in_first', async () => nobody.post(at(messages, full.reference)).send({ body: 'x' })],
  [`POST ${messages}`, 403, 'forbidden', async () => administrator.post(at(messages, full.reference)).send({ body: 'x' })],
  [
    `POST ${messages}`,
    404,
    'not_found',
    async () =>
      officer
        .post(at(messages, nobodys()))
        .set(...key())
        .send({ body: 'x' }),
  ],
  [
    `POST ${messages}`,
    409,
    'key_reused_with_other_body',
    async () => {
      const again = key();
      await officer
        .post(at(messages, full.reference))
        .set(...again)
        .send({ body: 'One.' });
      return officer
        .post(at(messages, full.reference))
        .set(...again)
        .send({ body: 'Another.' });
    },
  ],
  [`POST ${messages}`, 413, 'too_large', async () => officer.post(at(messages, full.reference)).send(large)],
  [`POST ${messages}`, 415, 'wrong_type', async () => officer.post(at(messages, full.reference)).type('text').send('x')],
  [
    `POST ${messages}`,
    422,
    'text_invalid',
    async () =>
      officer
        .post(at(messages, full.reference))
        .set(...key())
        .send({ body: ' ' }),
  ],
  [
    `POST ${messages}`,
    422,
    'key_not_a_uuid',
    async () => officer.post(at(messages, full.reference)).set('idempotency-key', '1').send({ body: 'x' }),
  ],

  [
    `POST ${assignment}`,
    200,
    undefined,
    async () => {
      const { staffId } = rooms().given.institution.officer;
      return supervisor.post(at(assignment, full.reference)).send({ ...(await seen(full)), assigneeId: staffId });
    },
  ],
  [`POST ${assignment}`, 400, 'body_invalid', async () => officer.post(at(assignment, full.reference)).send({ assigneeId: 'me' })],
  [`POST ${assignment}`, 401, 'sign_in_first', async () => nobody.post(at(assignment, full.reference)).send(await seen(full))],
  [`POST ${assignment}`, 403, 'forbidden', async () => administrator.post(at(assignment, full.reference)).send(await seen(full))],
  [`POST ${assignment}`, 404, 'not_found', async () => officer.post(at(assignment, nobodys())).send(await seen(full))],
  [
    `POST ${assignment}`,
    409,
    'stale',
    async () => officer.post(at(assignment, full.reference)).send({ track: full.trackId, seenRevision: 1 }),
  ],
  [
    `POST ${assignment}`,
    409,
    'not_allowed',
    async () => {
      const { staffId } = rooms().given.institution.otherOfficer;
      return officer.post(at(assignment, full.reference)).send({ ...(await seen(full)), assigneeId: staffId });
    },
  ],
  [
    `POST ${assignment}`,
    409,
    'assignee_not_on_team',
    async () => {
      const { staffId } = rooms().given.institution.administrator;
      return supervisor.post(at(assignment, full.reference)).send({ ...(await seen(full)), assigneeId: staffId });
    },
  ],
  [`POST ${assignment}`, 409, 'closed', async () => supervisor.post(at(assignment, closed.reference)).send(await seen(closed))],
  [`POST ${assignment}`, 413, 'too_large', async () => officer.post(at(assignment, full.reference)).send(large)],
  [`POST ${assignment}`, 415, 'wrong_type', async () => officer.post(at(assignment, full.reference)).type('text').send('x')],

  [`POST ${read}`, 400, 'body_invalid', async () => officer.post(at(`${read}?seen=x`, full.reference))],
  [`POST ${read}`, 401, 'sign_in_first', async () => nobody.post(at(read, full.reference))],
  [`POST ${read}`, 403, 'forbidden', async () => administrator.post(at(read, full.reference))],
  [`POST ${read}`, 404, 'not_found', async () => officer.post(at(read, nobodys()))],
  [`POST ${read}`, 404, 'not_found', async () => officer.post(at(`${read}?seen=999999999`, full.reference))],
  [`POST ${read}`, 409, 'stale', async () => officer.post(at(`${read}?seen=1`, full.reference))],
  [`POST ${approvals}`, 200, undefined, async () => supervisor.post((await asked(officer)).path).send({ answer: 'agree' })],
  [`POST ${approvals}`, 400, 'bad_request', async () => officer.post(atApproval(full.reference)).type('json').send('{')],
  [`POST ${approvals}`, 400, 'body_invalid', async () => officer.post(atApproval(full.reference)).send({ answer: 'perhaps' })],
  [`POST ${approvals}`, 401, 'sign_in_first', async () => nobody.post(atApproval(full.reference)).send({ answer: 'agree' })],
  [`POST ${approvals}`, 403, 'forbidden', async () => administrator.post(atApproval(full.reference)).send({ answer: 'agree' })],
  [`POST ${approvals}`, 404, 'not_found', async () => officer.post(atApproval(full.reference)).send({ answer: 'agree' })],
  [`POST ${approvals}`, 409, 'same_person', async () => supervisor.post((await asked(supervisor)).path).send({ answer: 'agree' })],
  [`POST ${approvals}`, 409, 'role_not_allowed', async () => officer.post((await asked(supervisor)).path).send({ answer: 'agree' })],
  [
    `POST ${approvals}`,
    409,
    'answered',
    async () => {
      const { path } = await asked(officer);
      await officer.post(path).send({ answer: 'take_back' });
      return supervisor.post(path).send({ answer: 'agree' });
    },
  ],
  [`POST ${approvals}`, 413, 'too_large', async () => officer.post(atApproval(full.reference)).send(large)],
  [`POST ${approvals}`, 415, 'wrong_type', async () => officer.post(atApproval(full.reference)).type('text').send('x')],
  [`POST ${approvals}`, 422, 'reason_invalid', async () => supervisor.post((await asked(officer)).path).send({ answer: 'decline' })],
  [
    `POST ${act}`,
    409,
    'awaiting_approval',
    async () => {
      const { filed } = await asked(officer);
      const words = { reason: 'x', message: 'x', outcome: 'merged' };
      return officer.post(at(act, filed.reference, 'close_without_remedy')).send({ ...(await seen(filed)), ...words });
    },
  ],
  [`GET ${one}`, 200, undefined, async () => supervisor.get(at(one, (await asked(officer)).filed.reference))],

  [`POST ${read}`, 204, undefined, async () => officer.post(at(read, full.reference))],
  [`POST ${read}`, 204, undefined, async () => officer.post(at(read, full.reference)).send({})],
  [
    `POST ${read}`,
    204,
    undefined,
    async () => {
      const older = await officer.get(at(`${one}?messagesBefore=none`, full.reference));
      return officer.post(`${at(read, full.reference)}?seen=${encodeURIComponent((older.body as CaseAnswer).seen)}`);
    },
  ],
  ...withoutBody(`POST ${read}`, () => officer.post(at(read, full.reference))),
  ...withoutBody(`DELETE ${session}`, () => officer.delete(session)),

  [`GET ${evidence}`, 200, undefined, async () => officer.get(await ofFile(full))],
  [`GET ${evidence}`, 400, 'body_invalid', async () => officer.get(`${await ofFile(full)}?zz=1`)],
  [`GET ${evidence}`, 401, 'sign_in_first', async () => nobody.get(await ofFile(full))],
  [`GET ${evidence}`, 403, 'forbidden', async () => administrator.get(await ofFile(full))],
  [`GET ${evidence}`, 404, 'not_found', async () => officer.get(await ofFile(full, closed.reference))],
  [`GET ${evidence}`, 404, 'not_found', async () => officer.get(`${at(one, full.reference)}/files/${NO_REQUEST}`)],

  [`GET ${procedures}`, 200, undefined, async () => officer.get(procedures)],
  [`GET ${procedures}`, 200, undefined, async () => administrator.get(procedures)],
  [`GET ${procedures}`, 400, 'body_invalid', async () => officer.get(`${procedures}?zz=1`)],
  [`GET ${procedures}`, 401, 'sign_in_first', async () => nobody.get(procedures)],
  [`GET ${procedure}`, 200, undefined, async () => administrator.get(`${procedures}/remedy/1`)],
  [`GET ${procedure}`, 400, 'body_invalid', async () => officer.get(`${procedures}/remedy/1?zz=1`)],
  [`GET ${procedure}`, 401, 'sign_in_first', async () => nobody.get(`${procedures}/remedy/1`)],
  [`GET ${procedure}`, 404, 'not_found', async () => officer.get(`${procedures}/remedy/999`)],
  [`GET ${procedure}`, 404, 'not_found', async () => officer.get(`${procedures}/remedy/0x1`)],

  ...peopleCalls(rooms, () => ({ nobody, officer, supervisor, administrator, signedIn })),
];

/** Signing in again with an agent that is signed in would end nothing, but the agents above stay who they are. */
const nobodyElse = (): Agent => request.agent(rooms().app.getHttpServer());

describe('the description of the staff API', () => {
  it.each(calls)('agrees with the answer: %s %d %s', async (operation, status, code, ask) => {
    const answer = await ask();
    expect([answer.status, (answer.body as { code?: string }).code]).toEqual([status, code]);
    const [method = '', path = ''] = operation.split(' ');
    const contentType = answer.headers['content-type'];
    expect(disagreements(document, { method, path, status, contentType, body: answer.body })).toEqual([]);
  });

  it('names nothing that these answers do not show, but an outage', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations as Record<string, { responses: object }>).flatMap(([method, { responses }]) =>
        Object.keys(responses).map((status) => `${method.toUpperCase()} ${path} ${status}`),
      ),
    );
    const shown = new Set(calls.map(([operation, status]) => `${operation} ${status}`));
    expect(described.filter((one) => !one.endsWith(' 503') && !shown.has(one))).toEqual([]);
    expect(described.filter((one) => one.endsWith(' 503'))).toHaveLength(new Set(calls.map(([operation]) => operation)).size);
  });

  it('names every code that these answers show', () => {
    const codes = (operation: string, status: number): string[] => {
      const [method = '', path = ''] = operation.split(' ');
      const responses = (document.paths[path] as Record<string, { responses: Record<string, unknown> }>)[method.toLowerCase()]?.responses;
      return [...JSON.stringify(responses?.[status]).matchAll(/"enum":\[([^\]]*)\]/g)].flatMap(([, list = '']) =>
        list.split(',').map((one) => one.slice(1, -1)),
      );
    };
    const refused = calls.filter(([, status]) => status >= 400);
    const unnamed = refused.filter(([operation, status, code]) => !codes(operation, status).includes(code ?? ''));
    expect(unnamed.map(([operation, status, code]) => `${operation} ${status} ${code}`)).toEqual([]);
  });

  it('is served to whoever asks', async () => {
    const { status, body } = await nobody.get('/api/openapi.json');
    expect([status, (body as OpenAPIObject).openapi]).toEqual([200, '3.0.0']);
  });
});

describe('a file of a case, for a program', () => {
  it('is what was sent, as a download, and opening it is in the record', async () => {
    const opened = async () => {
      const [row] = await rooms().given.owner.query<{ count: string }[]>(
        `SELECT count(*) FROM case_event WHERE type = 'sealed_content_opened'`,
      );
      return Number(row?.count);
    };
    const path = await ofFile(full);
    const before = await opened();
    const { status, headers, body } = await officer.get(path);
    expect([status, (body as Buffer).toString()]).toEqual([200, 'x']);
    expect(headers['content-disposition']).toBe('attachment; filename=badge.jpg');
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(await opened()).toBe(before + 1);
  });
});

describe('the published rules, for a program', () => {
  it('are all there', async () => {
    const { items } = (await officer.get(procedures)).body as PublishedProceduresAnswer;
    expect(items).toContainEqual(expect.objectContaining({ procedure: 'remedy', version: 1 }));
    const { rules } = (await officer.get(`${procedures}/remedy/1`)).body as ProcedureRulesAnswer;
    expect(rules).toMatchObject({ version: 1, initial: 'received' });
    expect(rules.actions.map(({ code }) => code)).toContain('acknowledge');
  });
});

describe('comparing an answer with the description', () => {
  const compared = (body: unknown): string[] =>
    disagreements(document, { method: 'GET', path: session, status: 200, contentType: 'application/json', body });
  const whole = { signInName: 'a', displayName: 'A', role: 'officer', teams: [] };

  it.each([
    ['nothing', whole, []],
    ['something missing', { ...whole, role: undefined }, ['$.role is no text']],
    ['something more', { ...whole, password: 'x' }, ['$.password is not described']],
    ['another word', { ...whole, role: 'king' }, ['$.role is none of officer, supervisor, director, administrator: king']],
    ['another type', { ...whole, teams: [{ id: 'x', code: 't', name: 'T', teamRole: 'lead' }] }, ['$.teams[0].id is no uuid: x']],
  ])('finds %s', (_, body, expected) => {
    expect(compared(body)).toEqual(expected);
  });
});
