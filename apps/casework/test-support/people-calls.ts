import type request from 'supertest';
import { GIVEN_PASSWORD } from '@recourse/testing';
import type { StaffRooms } from './staff-rooms';

type Agent = ReturnType<typeof request.agent>;

/** Operation, status and code that it must be answered with (a team has a code of its own), and how to get that. */
export type Call = readonly [operation: string, status: number, code: string | undefined, ask: () => Promise<request.Response>];

/** Who asks. */
export interface Callers {
  readonly nobody: Agent;
  readonly officer: Agent;
  readonly supervisor: Agent;
  readonly administrator: Agent;
  /** Signs in anew. */
  signedIn(signInName: string): Promise<Agent>;
}

const team = '/api/v1/teams/{team}';
const member = `${team}/members/{member}`;
const keys = `${team}/case-keys`;
const password = '/api/v1/account/password';
const list = '/api/v1/set-aside';
const retry = `${list}/{work}/{id}`;
const NO_ONE = '00000000-0000-7000-8000-000000000000';
const large = { teamRole: 'x'.repeat(3 * 1024 * 1024) };
const passwords = ['the first new password', 'the second new password', 'the third new password'] as const;

/** The calls of what is about people: accounts, teams, and what an administrator looks after. Use `by` and `rooms` inside of tests alone. */
export function peopleCalls(rooms: () => StaffRooms, by: () => Callers): readonly Call[] {
  return [
    ...accountCalls(by),
    ...passwordCalls(by),
    ...takeOffCalls(rooms, by),
    ...putOnCalls(rooms, by),
    ...keyCalls(by),
    ...setAsideCalls(rooms, by),
    ...bodiless(by),
  ];
}

const accounts = '/api/v1/accounts';

function accountCalls(by: () => Callers): readonly Call[] {
  return [
    [
      `GET ${accounts}`,
      200,
      undefined,
      async () => {
        for (let attempt = 0; attempt < 5; attempt += 1) {
          await by()
            .nobody.post('/api/v1/session')
            .send({ signInName: 'supervisor', password: `wrong ${String(attempt)}` });
        }
        return by().administrator.get(accounts);
      },
    ],
    [`GET ${accounts}`, 400, 'body_invalid', async () => by().administrator.get(`${accounts}?zz=1`)],
    [`GET ${accounts}`, 401, 'sign_in_first', async () => by().nobody.get(accounts)],
    [`GET ${accounts}`, 403, 'forbidden', async () => by().officer.get(accounts)],
  ];
}

function bodiless(by: () => Callers): readonly Call[] {
  return [
    ...withoutBody(`DELETE ${member}`, () => by().supervisor.delete(of(NO_ONE))),
    ...withoutBody(`POST ${keys}`, () => by().supervisor.post(keys.replace('{team}', 'desk'))),
    ...withoutBody(`POST ${retry}`, () => by().administrator.post(retry.replace('{work}', 'clock').replace('{id}', NO_ONE))),
  ];
}

/** JSON in another encoding than UTF-8. */
function inLatin1(asked: request.Test): request.Test {
  return asked
    .type('json')
    .serialize((sent: Buffer) => sent as unknown as string)
    .send(Buffer.from('{"foo":"é"}', 'latin1'));
}

/** What an operation that reads no body answers when one is sent. */
export function withoutBody(operation: string, ask: () => request.Test): readonly Call[] {
  return [
    [operation, 400, 'bad_request', async () => ask().type('json').send('{')],
    [operation, 400, 'not_utf8', async () => inLatin1(ask())],
    [operation, 400, 'body_invalid', async () => ask().send({ foo: 1 })],
    [operation, 400, 'body_invalid', async () => ask().send([])],
    [operation, 413, 'too_large', async () => ask().send(large)],
    [operation, 415, 'wrong_type', async () => ask().type('form').send('foo=1')],
  ];
}

const of = (staffId: string, code = 'desk'): string => member.replace('{team}', code).replace('{member}', staffId);

function change(agent: Agent, currentPassword: string, newPassword: string): request.Test {
  return agent.put(password).send({ currentPassword, newPassword });
}

function passwordCalls(by: () => Callers): readonly Call[] {
  return [
    [`PUT ${password}`, 200, undefined, async () => change(await by().signedIn('other.officer'), GIVEN_PASSWORD, passwords[0])],
    [`PUT ${password}`, 400, 'bad_request', async () => by().officer.put(password).type('json').send('{')],
    [`PUT ${password}`, 400, 'body_invalid', async () => by().officer.put(password).send({ newPassword: passwords[0] })],
    [`PUT ${password}`, 401, 'sign_in_first', async () => change(by().nobody, GIVEN_PASSWORD, passwords[0])],
    [
      `PUT ${password}`,
      409,
      'overtaken',
      async () => {
        const agent = await by().signedIn('director');
        const [one, other] = await Promise.all([change(agent, GIVEN_PASSWORD, passwords[1]), change(agent, GIVEN_PASSWORD, passwords[2])]);
        return one.status === 409 ? one : other;
      },
    ],
    [`PUT ${password}`, 413, 'too_large', async () => by().officer.put(password).send(large)],
    [`PUT ${password}`, 415, 'wrong_type', async () => by().officer.put(password).type('text').send('x')],
    [`PUT ${password}`, 422, 'current_password_wrong', async () => change(by().officer, 'not the password', passwords[0])],
    [`PUT ${password}`, 422, 'password_too_short', async () => change(by().officer, GIVEN_PASSWORD, 'short')],
    [`PUT ${password}`, 422, 'password_unchanged', async () => change(by().officer, GIVEN_PASSWORD, GIVEN_PASSWORD)],
  ];
}

function takeOffCalls(rooms: () => StaffRooms, by: () => Callers): readonly Call[] {
  const director = () => rooms().given.institution.director.staffId;
  return [
    [`GET ${team}`, 200, 'desk', async () => by().officer.get('/api/v1/teams/desk')],
    [`GET ${team}`, 400, 'body_invalid', async () => by().officer.get('/api/v1/teams/desk?zz=1')],
    [`GET ${team}`, 401, 'sign_in_first', async () => by().nobody.get('/api/v1/teams/desk')],
    [`GET ${team}`, 403, 'forbidden', async () => by().administrator.get('/api/v1/teams/desk')],
    [`GET ${team}`, 404, 'not_found', async () => by().officer.get('/api/v1/teams/no_such_team')],

    [`DELETE ${member}`, 401, 'sign_in_first', async () => by().nobody.delete(of(director()))],
    [`DELETE ${member}`, 403, 'forbidden', async () => by().administrator.delete(of(director()))],
    [`DELETE ${member}`, 404, 'not_found', async () => by().supervisor.delete(of(director(), 'no_such_team'))],
    [`DELETE ${member}`, 409, 'not_allowed', async () => by().officer.delete(of(director()))],
    [`DELETE ${member}`, 409, 'not_on_team', async () => by().supervisor.delete(of('x'))],
    [`DELETE ${member}`, 409, 'yourself', async () => by().supervisor.delete(of(rooms().given.institution.supervisor.staffId))],
    [`DELETE ${member}`, 200, undefined, async () => by().supervisor.delete(of(director()))],
    [`GET ${team}`, 200, 'desk', async () => by().supervisor.get('/api/v1/teams/desk')],
  ];
}

function putOnCalls(rooms: () => StaffRooms, by: () => Callers): readonly Call[] {
  const director = () => rooms().given.institution.director.staffId;
  return [
    [`PUT ${member}`, 400, 'bad_request', async () => by().supervisor.put(of(director())).type('json').send('{')],
    [`PUT ${member}`, 400, 'body_invalid', async () => by().supervisor.put(of(director())).send({ teamRole: 'king' })],
    [`PUT ${member}`, 401, 'sign_in_first', async () => by().nobody.put(of(director())).send({})],
    [`PUT ${member}`, 403, 'forbidden', async () => by().administrator.put(of(director())).send({})],
    [`PUT ${member}`, 404, 'not_found', async () => by().supervisor.put(of(director(), 'no_such_team')).send({})],
    [`PUT ${member}`, 404, 'no_such_person', async () => by().supervisor.put(of(NO_ONE)).send({})],
    [`PUT ${member}`, 404, 'no_such_person', async () => by().supervisor.put(of('x')).send({})],
    [`PUT ${member}`, 409, 'not_allowed', async () => by().officer.put(of(director())).send({})],
    [`PUT ${member}`, 409, 'sees_no_case', async () => by().supervisor.put(of(rooms().given.institution.administrator.staffId)).send({})],
    [
      `PUT ${member}`,
      409,
      'account_closed',
      async () => {
        const { owner } = rooms().given;
        await owner.query('UPDATE staff_member SET active = false WHERE id = $1', [director()]);
        const refused = await by().supervisor.put(of(director())).send({});
        await owner.query('UPDATE staff_member SET active = true WHERE id = $1', [director()]);
        return refused;
      },
    ],
    [`PUT ${member}`, 413, 'too_large', async () => by().supervisor.put(of(director())).send(large)],
    [`PUT ${member}`, 415, 'wrong_type', async () => by().supervisor.put(of(director())).type('text').send('x')],
    [`PUT ${member}`, 200, undefined, async () => by().supervisor.put(of(director())).send({ teamRole: 'lead' })],
    [`PUT ${member}`, 200, undefined, async () => by().supervisor.put(of(director())).send({})],
  ];
}

function keyCalls(by: () => Callers): readonly Call[] {
  return [
    [`POST ${keys}`, 200, undefined, async () => by().officer.post('/api/v1/teams/desk/case-keys')],
    [`POST ${keys}`, 401, 'sign_in_first', async () => by().nobody.post('/api/v1/teams/desk/case-keys')],
    [`POST ${keys}`, 403, 'forbidden', async () => by().administrator.post('/api/v1/teams/desk/case-keys')],
    [`POST ${keys}`, 404, 'not_found', async () => by().officer.post('/api/v1/teams/no_such_team/case-keys')],
  ];
}

function setAsideCalls(rooms: () => StaffRooms, by: () => Callers): readonly Call[] {
  return [
    [
      `POST ${retry}`,
      204,
      undefined,
      async () => {
        const { trackId } = await rooms().given.filed();
        const [rows] = await rooms().given.owner.query<[{ id: string }[], number]>(
          `UPDATE deadline SET set_aside_at = now(), failure_count = 5 WHERE track_id = $1 AND kind = 'acknowledge' RETURNING id`,
          [trackId],
        );
        return by().administrator.post(`${list}/clock/${rows[0]?.id ?? ''}`);
      },
    ],
    [`POST ${retry}`, 401, 'sign_in_first', async () => by().nobody.post(`${list}/clock/${NO_ONE}`)],
    [`POST ${retry}`, 403, 'forbidden', async () => by().supervisor.post(`${list}/clock/${NO_ONE}`)],
    [`POST ${retry}`, 404, 'not_found', async () => by().administrator.post(`${list}/case/${NO_ONE}`)],
    [`POST ${retry}`, 409, 'not_set_aside', async () => by().administrator.post(`${list}/case_key/${NO_ONE}`)],
    [
      `GET ${list}`,
      200,
      undefined,
      async () => {
        await rooms().given.owner.query(
          `UPDATE case_key_grant SET set_aside_at = now() WHERE id IN (SELECT id FROM case_key_grant WHERE holder_kind = 'team' LIMIT 2)`,
        );
        return by().administrator.get(`${list}?limit=1`);
      },
    ],
    [`GET ${list}`, 400, 'body_invalid', async () => by().administrator.get(`${list}?limit=1000`)],
    [`GET ${list}`, 401, 'sign_in_first', async () => by().nobody.get(list)],
    [`GET ${list}`, 403, 'forbidden', async () => by().officer.get(list)],
  ];
}
