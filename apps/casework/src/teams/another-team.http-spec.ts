import { RouteCheck } from '@recourse/web';
import type request from 'supertest';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

/** How each route with a team in its address is asked. A new route without a line here fails the last test. */
const asked: Readonly<Record<string, (at: Colleague, path: string) => Promise<request.Response>>> = {
  'GET /teams/:team': (at, path) => at.open(path),
  'GET /teams/:team/members/:member/take-off': (at, path) => at.open(path),
  'POST /teams/:team/members/:member/take-off': (at, path) => at.post(path, {}),
  'GET /teams/:team/members/add': (at, path) => at.open(path),
  'POST /teams/:team/members/add': (at, path) => at.post(path, { signInName: 'officer', teamRole: 'member' }),
  'GET /teams/:team/members/:member/put-back': (at, path) => at.open(path),
  'POST /teams/:team/members/:member/put-back': (at, path) => at.post(path, { teamRole: 'member' }),
  'POST /teams/:team/case-keys': (at, path) => at.post(path, {}),
  'GET /api/v1/teams/:team': async (at, path) => at.agent.get(path),
  'DELETE /api/v1/teams/:team/members/:member': async (at, path) => at.agent.delete(path),
  'PUT /api/v1/teams/:team/members/:member': async (at, path) => at.agent.put(path).send({}),
  'POST /api/v1/teams/:team/case-keys': async (at, path) => at.agent.post(path),
};

const addressOf = (route: string, team: string): string =>
  (route.split(' ')[1] ?? '').replace(':team', team).replace(':member', rooms().given.institution.officer.staffId);

/** All that an answer tells, without what is new in every answer. */
function told({ status, headers, text }: request.Response, team: string): object {
  const changing = ['date', 'etag', 'content-security-policy', 'set-cookie', 'keep-alive'];
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !changing.includes(name))),
    text: text
      .replace(/nonce="[^"]*"/g, 'nonce')
      .replace(/value="[\w-]{20,}"/g, 'token')
      .replaceAll(team, 'team'),
  };
}

const state = () =>
  rooms().given.owner.query<
    object[]
  >(`SELECT (SELECT json_agg(m ORDER BY m) FROM (SELECT staff_id, team_role FROM team_member) m) AS members,
    (SELECT count(*)::int FROM staff_event) AS events, (SELECT json_agg(encode(public_key, 'hex') ORDER BY id) FROM team) AS keys`);

describe('somebody of another team', () => {
  it('is told the same as of a team that does not exist, on every route, and changes nothing', async () => {
    await rooms().given.stranger();
    const stranger = await Colleague.signedIn(rooms(), 'stranger');
    void stranger.agent.set('accept-encoding', 'identity');
    const before = await state();
    for (const [route, ask] of Object.entries(asked)) {
      await stranger.open('/cases');
      const theirs = await ask(stranger, addressOf(route, 'desk'));
      await stranger.open('/cases');
      // As long as the other, so that the length tells nothing here.
      const nobodys = await ask(stranger, addressOf(route, 'dusk'));
      expect([route, theirs.status]).toEqual([route, 404]);
      expect(told(theirs, 'desk')).toEqual(told(nobodys, 'dusk'));
    }
    expect(await state()).toEqual(before);
  });
});

describe('an administrator', () => {
  it('is sent away before anybody looks whether the team exists', async () => {
    const administrator = await Colleague.signedIn(rooms(), 'administrator');
    for (const [route, ask] of Object.entries(asked)) {
      await administrator.open('/account');
      expect([route, (await ask(administrator, addressOf(route, 'desk'))).status]).toEqual([route, 403]);
    }
  });
});

describe('what another site makes a browser send', () => {
  it('is refused on every route that changes something: a form without its token, a request that says where it comes from', async () => {
    const lead = await Colleague.signedIn(rooms(), 'supervisor');
    const before = await state();
    for (const route of [...Object.keys(asked), 'PUT /api/v1/account/password', 'POST /account/password']) {
      const [method = ''] = route.split(' ');
      const path = addressOf(route, 'desk');
      if (method === 'GET') continue;
      const ask = (): request.Test => lead.agent[method.toLowerCase() as 'post' | 'put' | 'delete'](path);
      if (!path.startsWith('/api/')) {
        expect([route, (await ask().type('form').send({ teamRole: 'member' })).status]).toEqual([route, 403]);
        continue;
      }
      expect([route, (await ask().set('sec-fetch-site', 'cross-site').send({})).status]).toEqual([route, 403]);
      expect([route, (await ask().set('origin', 'https://elsewhere.example').send({})).status]).toEqual([route, 403]);
    }
    expect(await state()).toEqual(before);
  });
});

describe('somebody who is taken off while they work', () => {
  it('does nothing more with the pages that they have open, neither at once nor after signing in again', async () => {
    const { given } = rooms();
    const filed = await given.filed();
    const revision = (await given.track(filed.reference)).revision;
    const act = `/cases/${filed.reference}/tracks/${filed.trackId}/actions/acknowledge`;
    const officer = await Colleague.signedIn(rooms());
    const program = rooms().given.institution.officer;
    expect((await officer.open(act)).status).toBe(200);
    const lead = await Colleague.signedIn(rooms(), 'supervisor');
    const path = addressOf('POST /teams/:team/members/:member/take-off', 'desk');
    await lead.open(path);
    // Double click: both arrive before either is answered.
    const both = await Promise.all([lead.post(path, {}), lead.post(path, {})]);
    expect(both.map(({ headers }) => headers['location']).sort()).toEqual(['/teams/desk?done=gone', '/teams/desk?done=taken_off']);
    const pressed = await officer.post(act, { seenRevision: revision });
    expect(pressed.status).toBe(401);
    const again = await Colleague.signedIn(rooms());
    await again.open('/account');
    expect((await again.post(act, { seenRevision: revision })).status).toBe(404);
    expect((await again.agent.get('/api/v1/teams/desk')).status).toBe(404);
    expect((await given.track(filed.reference)).revision).toBe(revision);
    const events = await given.owner.query<unknown[]>(`SELECT FROM staff_event WHERE type = 'left_team' AND staff_id = $1`, [
      program.staffId,
    ]);
    expect(events).toHaveLength(1);
  });

  it('cannot leave the team without a lead who can open its cases: the last one stays', async () => {
    const { director, otherOfficer, supervisor } = rooms().given.institution;
    const lead = await Colleague.signedIn(rooms(), 'supervisor');
    const takeOff = async (staffId: string) => {
      const path = `/teams/desk/members/${staffId}/take-off`;
      await lead.open(path);
      return (await lead.post(path, {})).headers['location'];
    };
    for (const one of [director, otherOfficer]) expect(await takeOff(one.staffId)).toBe('/teams/desk?done=taken_off');
    const path = `/teams/desk/members/${supervisor.staffId}/take-off`;
    await lead.open(path);
    const refused = await lead.post(path, {});
    expect([refused.status, refused.text.includes('Nobody else holds the key of the team')]).toEqual([409, true]);
    expect((await lead.open('/teams/desk')).status).toBe(200);
  });
});

describe('the routes of this test', () => {
  it('are all that have a team in their address', () => {
    const routes = rooms().app.get(RouteCheck).routes();
    const ofTeams = routes.filter(({ path }) => path.includes(':team')).map(({ method, path }) => `${method} ${path}`);
    expect(ofTeams.sort()).toEqual(Object.keys(asked).sort());
  });
});
