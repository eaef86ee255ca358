import { randomBytes, randomUUID } from 'node:crypto';
import { newReference } from '@recourse/domain';
import { findCaseByReference, listEvents } from '@recourse/persistence';
import type { GivenCase } from '@recourse/testing';
import { RouteCheck } from '@recourse/web';
import type request from 'supertest';
import { Colleague, sendFile, staffRooms } from '../test-support/staff-rooms';

const rooms = staffRooms();

/** How each route with a case in its address is asked. A new route without a line here fails the last test. */
const asked: Readonly<Record<string, (at: Colleague, path: string) => Promise<request.Response>>> = {
  'GET /cases/:reference': (at, path) => at.open(path),
  'GET /cases/:reference/messages': (at, path) => at.open(path),
  'POST /cases/:reference/messages': (at, path) => at.post(path, { body: 'We read it.', clientKey: randomUUID() }),
  'POST /cases/:reference/read': (at, path) => at.post(path, { seenSeq: 99 }),
  'GET /cases/:reference/tracks/:track/actions/:action': (at, path) => at.open(path),
  'POST /cases/:reference/tracks/:track/actions/:action': (at, path) => at.post(path, { seenRevision: 1 }),
  'GET /cases/:reference/tracks/:track/assign': (at, path) => at.open(path),
  'POST /cases/:reference/tracks/:track/assign': (at, path) => at.post(path, { seenRevision: 1, assigneeId: '' }),
  'GET /cases/:reference/files/:file': (at, path) => at.open(path),
  'POST /cases/:reference/approvals/:approval': (at, path) => at.post(path, { answer: 'agree' }),
  'POST /api/v1/cases/:reference/approvals/:approval': async (at, path) => at.agent.post(path).send({ answer: 'agree' }),
  'GET /api/v1/cases/:reference': async (at, path) => at.agent.get(path),
  'GET /api/v1/cases/:reference/files/:file': async (at, path) => at.agent.get(path),
  'POST /api/v1/cases/:reference/actions/:action': async (at, path) => at.agent.post(path).send({ track: track(), seenRevision: 1 }),
  'POST /api/v1/cases/:reference/messages': async (at, path) =>
    at.agent.post(path).set('idempotency-key', randomUUID()).send({ body: 'We read it.' }),
  'POST /api/v1/cases/:reference/assignment': async (at, path) => at.agent.post(path).send({ track: track(), seenRevision: 1 }),
  'POST /api/v1/cases/:reference/read': async (at, path) => at.agent.post(path).send({}),
};

let filed: GivenCase;
let fileId: string;
let approvalId: string;
let before: { readonly events: readonly string[]; readonly track: object };
const track = (): string => filed.trackId;
const nobodysCase = (): string => newReference(randomBytes(16));

/** The address of a route, for a case. */
function addressOf(route: string, reference: string): string {
  return (route.split(' ')[1] ?? '')
    .replace(':reference', reference)
    .replace(':track', filed.trackId)
    .replace(':action', 'acknowledge')
    .replace(':approval', approvalId)
    .replace(':file', fileId);
}

/** Signs in. Answers come uncompressed, so that their length tells what their text does and not how well a nonce could be packed. */
async function signedIn(signInName: string): Promise<Colleague> {
  const colleague = await Colleague.signedIn(rooms(), signInName);
  void colleague.agent.set('accept-encoding', 'identity');
  return colleague;
}

/** All that an answer tells, without what is new in every answer. */
function told({ status, headers, text }: request.Response): object {
  const changing = ['date', 'etag', 'content-security-policy', 'set-cookie', 'keep-alive'];
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !changing.includes(name))),
    text: text.replace(/nonce="[^"]*"/g, 'nonce').replace(/value="[\w-]{20,}"/g, 'token'),
  };
}

let stranger: Colleague;
beforeAll(async () => {
  const { given } = rooms();
  await given.stranger();
  filed = await given.caseIn('screening');
  fileId = (await sendFile(rooms(), filed, 'badge.jpg', Buffer.from('x'))).split('/').at(-1) ?? '';
  const officer = await signedIn('officer');
  const { revision } = await given.track(filed.reference);
  const words = { reason: 'Nobody knows.', message: 'We could not find out.', outcome: 'unable_to_determine' };
  const asking = await officer.agent
    .post(`/api/v1/cases/${filed.reference}/actions/close_without_remedy`)
    .send({ track: filed.trackId, seenRevision: revision, ...words });
  approvalId = (asking.body as { approval: string }).approval;
  const file = await findCaseByReference(given.owner.manager, filed.reference);
  const events = await listEvents(given.owner.manager, file?.id ?? '');
  before = { events: events.map(({ type }) => type), track: await given.track(filed.reference) };
  stranger = await signedIn('stranger');
}, 60_000);

describe("somebody on another team, who asks for a team's case", () => {
  it.each(Object.keys(asked))('is told the same as of a case that does not exist: %s', async (route) => {
    const ask = asked[route];
    if (!ask) throw new Error('no such route');
    // The page before gives the token, the same for both.
    await stranger.open('/cases');
    const theirs = await ask(stranger, addressOf(route, filed.reference));
    await stranger.open('/cases');
    const nobodys = await ask(stranger, addressOf(route, nobodysCase()));
    if (route === 'GET /cases/:reference/messages') {
      // Answers without looking: it leads back to the page of the case, which answers as above.
      expect([theirs.status, nobodys.status]).toEqual([303, 303]);
      return;
    }
    expect(theirs.status).toBe(404);
    expect(told(theirs)).toEqual(told(nobodys));
  });

  it('sees it in no list and in no count', async () => {
    const page = await stranger.open('/cases?show=all');
    expect(page.text).not.toContain(filed.reference);
    expect(page.text).toContain('There is no open case.');
    const listed = await stranger.agent.get('/api/v1/cases');
    expect(listed.body).toEqual({ items: [], counts: { new: 0, mine: 0, due: 0, late: 0, all: 0, closed: 0 } });
  });

  it('has changed nothing, and left no trace in its record', async () => {
    const { given } = rooms();
    const file = await findCaseByReference(given.owner.manager, filed.reference);
    const events = await listEvents(given.owner.manager, file?.id ?? '');
    expect(events.map(({ type }) => type)).toEqual(before.events);
    expect(await given.track(filed.reference)).toEqual(before.track);
  });

  it('meets all of this on a route that the team itself passes', async () => {
    const officer = await Colleague.signedIn(rooms());
    expect((await officer.open(addressOf('GET /cases/:reference', filed.reference))).status).toBe(200);
    expect((await officer.open(addressOf('GET /cases/:reference/tracks/:track/actions/:action', filed.reference))).status).toBe(200);
    expect((await officer.open(addressOf('GET /cases/:reference/tracks/:track/assign', filed.reference))).status).toBe(200);
    expect((await officer.agent.get(addressOf('GET /cases/:reference/files/:file', filed.reference))).status).toBe(200);
  });
});

describe('an administrator, who is on no team', () => {
  it('is sent away from every case before anybody looks whether it exists', async () => {
    const administrator = await signedIn('administrator');
    const theirs = await administrator.open(`/cases/${filed.reference}`);
    const nobodys = await administrator.open(`/cases/${nobodysCase()}`);
    expect(theirs.status).toBe(403);
    expect(told(theirs)).toEqual(told(nobodys));
  });
});

describe('the routes of this test', () => {
  it('are all that have a case in their address', () => {
    const routes = rooms().app.get(RouteCheck).routes();
    const ofCases = routes.filter(({ path }) => path.includes(':reference')).map(({ method, path }) => `${method} ${path}`);
    expect(ofCases.sort()).toEqual(Object.keys(asked).sort());
  });
});
