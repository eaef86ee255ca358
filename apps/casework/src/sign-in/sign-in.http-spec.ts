import { randomUUID } from 'node:crypto';
import type { Server, ServerResponse } from 'node:http';
import { AdmitStaff, ReadSession } from '@recourse/cases';
import { GIVEN_PASSWORD, waitFor } from '@recourse/testing';
import request from 'supertest';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

describe('the door of the staff', () => {
  it('is shut: a page leads to the sign-in, the API answers 401', async () => {
    const nobody = new Colleague(rooms());
    const page = await nobody.open('/cases');
    expect([page.status, page.headers['location']]).toEqual([303, '/sign-in?next=%2Fcases']);
    expect((await nobody.agent.get('/api/v1/cases')).status).toBe(401);
  });

  it('says the same of an unknown name and a wrong password, and never shows the password again', async () => {
    const nobody = new Colleague(rooms());
    await nobody.open('/sign-in');
    const wrong = await nobody.post('/sign-in', { signInName: 'officer', password: 'not the password' });
    const unknown = await nobody.post('/sign-in', { signInName: 'nobody', password: 'not the password' });
    for (const answer of [wrong, unknown]) {
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('do not go together');
      // Said with the field that has to be filled in again, too: a screen reader begins there.
      expect(/<input[^>]*type="password"[^>]*>/.exec(answer.text)?.[0]).toMatch(/aria-describedby="[^"]*\bsignInName-error\b/);
      expect(answer.text).toContain('id="signInName-error"');
      expect(answer.text).not.toContain('not the password');
    }
  });

  it('lets in, offers the other language, and is shut again after signing out', async () => {
    const officer = await Colleague.signedIn(rooms());
    const page = await officer.open('/cases');
    expect(page.status).toBe(200);
    expect(page.text).toContain('href="?lang=ar"');
    expect((await officer.post('/sign-out', {})).headers['location']).toBe('/sign-in');
    expect((await officer.open('/cases')).status).toBe(303);
  });

  it('stays open to who follows a link in a mail: the cookies of the session and the visit come along', async () => {
    const officer = new Colleague(rooms());
    const page = await officer.open('/sign-in');
    const entered = await officer.post('/sign-in', { signInName: 'officer', password: GIVEN_PASSWORD });
    const cookies = [page, entered].flatMap(({ headers }) => headers['set-cookie'] ?? []);
    expect(cookies.filter((line) => /^(session|visit)=/.test(line)).map((line) => line.replace(/=[^;]*/, ''))).toEqual([
      'visit; Path=/; HttpOnly; SameSite=Lax',
      'session; Path=/; HttpOnly; SameSite=Lax',
      'visit; Path=/; HttpOnly; SameSite=Lax',
    ]);
  });

  it('takes nothing that another site sends, and what is being written in another tab still goes out', async () => {
    const officer = await Colleague.signedIn(rooms());
    const { reference } = await rooms().given.filed();
    const page = await officer.open(`/cases/${reference}`);
    // A browser sends it without our cookies.
    const forged = await request(rooms().app.getHttpServer()).post('/sign-in').type('form').send({ signInName: 'officer' });
    expect([forged.status, forged.headers['set-cookie']]).toEqual([403, undefined]);
    const clientKey = /name="clientKey" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
    const sent = await officer.post(`/cases/${reference}/messages`, { body: 'Half an hour of writing.', clientKey });
    expect(sent.headers['location']).toBe(`/cases/${reference}?done=message#messages`);
  });

  it('keeps a stranger who guesses out, and lets the owner in elsewhere and on a device that is known', async () => {
    const known = await Colleague.signedIn(rooms(), 'other.officer');
    const { headers } = await enterAs(known, '198.51.100.7');
    const device = (headers['set-cookie'] as unknown as string[]).find((line) => line.startsWith('device='));
    expect(device).toMatch(/; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(decodeURIComponent(device ?? '')).not.toContain('officer');
    const stranger = new Colleague(rooms());
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await enterAs(stranger, '198.51.100.7', 'wrong')).status).toBe(422);
    expect((await enterAs(stranger, '198.51.100.7')).status).toBe(422);
    // Only the last address counts: what stands before it the sender wrote.
    expect((await enterAs(stranger, '203.0.113.1, 198.51.100.7')).status).toBe(422);
    expect((await enterAs(known, '198.51.100.7')).status).toBe(303);
    expect((await enterAs(new Colleague(rooms()), '203.0.113.1')).status).toBe(303);
    const page = (await known.open('/account')).text;
    expect(page).toContain('Somebody tried: 5 attempts failed in a row');
    expect(page).toContain('on a device where you had signed in before. 5 attempts had failed before.');
    expect(page).toContain('on a device that was not known.');
    // What stands in the way may be that the account as a whole is guessed at: nobody is told that it is because of where they are.
    const refused = (await enterAs(stranger, '198.51.100.7')).text;
    expect(refused).toContain('it can take an hour on a device where you have not signed in before');
    expect(refused).not.toContain('from where you are');
    await new AdmitStaff(rooms().given.owner).run({ signInName: 'other.officer', now: new Date() });
    expect((await enterAs(stranger, '198.51.100.7')).status).toBe(303);
    expect((await known.open('/account')).text).toContain('The operator of this server forgot the attempts that had failed');
  }, 30_000);

  it('tells an administrator who came in and where somebody tried, and nobody else', async () => {
    const administrator = await Colleague.signedIn(rooms(), 'administrator');
    const page = await administrator.open('/accounts');
    expect(page.status).toBe(200);
    const line = page.text.split('<tr').find((row) => row.includes('other.officer')) ?? '';
    expect(line.match(/<time /g)).toHaveLength(2);
    const officer = await Colleague.signedIn(rooms());
    expect([(await officer.open('/accounts')).status, page.text.includes('href="/accounts"')]).toEqual([403, true]);
    expect((await officer.open('/account')).text).not.toContain('href="/accounts"');
  });
});

describe('a session that is over', () => {
  const idle = (): Promise<unknown> => rooms().given.owner.query(`UPDATE staff_session SET idle_at = now() - interval '1 second'`);
  const kept = (page: string): string => /name="kept" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const TEXT = 'Half an hour of writing, <b>kept</b>.';

  /** Somebody who sends a letter when their session is over. */
  async function late(): Promise<{ officer: Colleague; answer: request.Response; reference: string; clientKey: string }> {
    const officer = await Colleague.signedIn(rooms());
    const { reference } = await rooms().given.filed();
    const page = await officer.open(`/cases/${reference}`);
    const clientKey = /name="clientKey" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
    await idle();
    const answer = await officer.post(`/cases/${reference}/messages`, { body: TEXT, clientKey });
    return { officer, answer, reference, clientKey };
  }

  it('says why in words, and leads back to the page', async () => {
    const officer = await Colleague.signedIn(rooms());
    await idle();
    const sent = await officer.open('/board');
    expect([sent.status, sent.headers['location']]).toEqual([303, '/sign-in?next=%2Fboard&over=yes']);
    // The other tabs can still have kept what they send; what nobody knows any more is forgotten.
    expect(String(sent.headers['set-cookie'])).not.toContain('session=');
    await rooms().given.owner.query('DELETE FROM staff_session');
    expect(String((await officer.open('/board')).headers['set-cookie'])).toMatch(/session=; Max-Age=0/);
    const page = (await officer.open('/sign-in?next=%2Fboard&over=yes')).text;
    expect(page).toContain('nothing was asked for during 30 minutes, or you had signed in 10 hours ago');
    expect(page).toContain('name="next" value="/board"');
  });

  it('keeps a letter until its writer has signed in again, and sends it when they say so', async () => {
    const { officer, answer, reference } = await late();
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('it is shown to nobody');
    expect(answer.text).not.toContain('Half an hour');
    officer.keep(answer);
    // A slip of the keyboard loses nothing.
    const wrong = await officer.post('/sign-in', { signInName: 'officer', password: 'wrong', kept: kept(answer.text) });
    expect([wrong.status, kept(wrong.text)]).toEqual([422, kept(answer.text)]);
    const entered = await officer.post('/sign-in', { signInName: 'officer', password: GIVEN_PASSWORD, kept: kept(wrong.text) });
    expect(entered.status).toBe(200);
    expect(entered.text).toContain(`This message to the complainant of case ${reference} came`);
    expect(entered.text).toContain('Half an hour of writing, &lt;b&gt;kept&lt;/b&gt;.');
    expect(entered.text).toContain(`action="/cases/${reference}/messages"`);
    expect((await officer.open(`/cases/${reference}`)).text).not.toContain('Half an hour of writing');
    officer.keep(entered);
    const fields: { clientKey?: string } = Object.fromEntries(
      [...entered.text.matchAll(/type="hidden" name="(body|clientKey)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    const sent = await officer.post(`/cases/${reference}/messages`, { clientKey: String(fields.clientKey), body: TEXT });
    expect(sent.headers['location']).toBe(`/cases/${reference}?done=message#messages`);
    expect((await officer.open(`/cases/${reference}`)).text).toContain('Half an hour of writing');
  });

  it('keeps a letter that is sent after another tab was told that the session is over', async () => {
    const officer = await Colleague.signedIn(rooms());
    const { reference } = await rooms().given.filed();
    const page = await officer.open(`/cases/${reference}`);
    const clientKey = /name="clientKey" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
    await idle();
    for (const path of ['/cases', `/cases/${reference}`]) expect((await officer.agent.get(path)).status).toBe(303);
    const answer = await officer.post(`/cases/${reference}/messages`, { body: TEXT, clientKey });
    expect([answer.status, kept(answer.text)]).toEqual([401, expect.stringMatching(/.{100}/) as string]);
    officer.keep(answer);
    const entered = await officer.post('/sign-in', { signInName: 'officer', password: GIVEN_PASSWORD, kept: kept(answer.text) });
    expect(entered.text).toContain('Half an hour of writing');
  });

  it('leads an action back to its form, with every choice, and does nothing until it is sent from there', async () => {
    const { reference, trackId } = await rooms().given.caseIn('admissible');
    const officer = await Colleague.signedIn(rooms());
    const before = await rooms().given.track(reference);
    const path = `/cases/${reference}/tracks/${trackId}/actions/close_without_remedy`;
    await officer.open(path);
    await idle();
    const fields = { seenRevision: before.revision, outcome: 'unable_to_determine', reason: TEXT, message: 'A letter.' };
    const answer = await officer.post(path, fields);
    officer.keep(answer);
    const entered = await officer.post('/sign-in', { signInName: 'officer', password: GIVEN_PASSWORD, kept: kept(answer.text) });
    expect(entered.text).toContain(`an action in case ${reference}`);
    expect(entered.text).toContain('name="lookOver" value="yes"');
    expect(entered.text).not.toContain('Send it now');
    officer.keep(entered);
    const form = await officer.post(path, { lookOver: 'yes', ...fields });
    expect(form.status).toBe(200);
    expect(form.text).toMatch(/<input[^>]*value="unable_to_determine"[^>]* checked/);
    expect(form.text).toContain('Half an hour of writing');
    expect(await rooms().given.track(reference)).toEqual(before);
    const moved = await officer.post(path, { lookOver: 'yes', ...fields, seenRevision: before.revision - 1 });
    expect([moved.status, moved.text.includes('A letter.')]).toEqual([409, true]);
    officer.keep(form);
    expect((await officer.post(path, fields)).headers['location']).toBe(`/cases/${reference}?done=asked`);
  });

  it('gives it to nobody else, and not for ever', async () => {
    const { officer, answer } = await late();
    officer.keep(answer);
    const other = await officer.post('/sign-in', { signInName: 'director', password: GIVEN_PASSWORD, kept: kept(answer.text) });
    expect([other.status, other.text]).toEqual([303, expect.not.stringContaining('Half an hour') as string]);
    const changed = kept(answer.text).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    await officer.open('/sign-in');
    expect((await officer.post('/sign-in', { signInName: 'officer', password: GIVEN_PASSWORD, kept: changed })).status).toBe(303);
  });

  it('keeps neither a password nor what another site sent', async () => {
    const officer = await Colleague.signedIn(rooms());
    await officer.open('/account/password');
    await idle();
    const password = await officer.post('/account/password', {
      currentPassword: GIVEN_PASSWORD,
      newPassword: 'a new pass phrase',
      newPasswordAgain: 'x',
    });
    expect([password.status, kept(password.text), password.text.includes('pass phrase')]).toEqual([401, '', false]);
    const lured = await Colleague.signedIn(rooms());
    await idle();
    const forged = await lured.agent.post('/cases/RC-00000-00000/messages').type('form').send({ body: 'forged words here' });
    expect([forged.status, kept(forged.text)]).toEqual([401, '']);
  });
});

describe('a page that somebody else left open', () => {
  /** The officer writes; the browser is signed out, and somebody signs in. Then it sends the page again. */
  async function sentAgain(signInName: string): Promise<{ text: string; status: number }> {
    const desk = await Colleague.signedIn(rooms());
    const { reference } = await rooms().given.filed();
    const page = await desk.open(`/cases/${reference}`);
    const [, name = '', token = ''] = /name="(_csrf)" value="([^"]*)"/.exec(page.text) ?? [];
    expect((await desk.post('/sign-out', {})).status).toBe(303);
    await desk.open('/sign-in');
    expect((await desk.post('/sign-in', { signInName, password: GIVEN_PASSWORD })).status).toBe(303);
    return desk.post(`/cases/${reference}/messages`, { [name]: token, body: 'The officer wrote this.', clientKey: 'x' });
  }

  /** The officer writes and signs out; whoever is there then presses Back and sends the page, with nobody signed in. */
  async function sentByNobody(
    fields: Readonly<Record<string, string>> = {},
  ): Promise<{ desk: Colleague; answer: request.Response; kept: string }> {
    const desk = await Colleague.signedIn(rooms());
    const { reference } = await rooms().given.filed();
    const page = await desk.open(`/cases/${reference}`);
    const token = /name="_csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
    await desk.post('/sign-out', {});
    const written = { _csrf: token, body: 'The officer wrote this.', clientKey: 'x', ...fields };
    const answer = await desk.post(`/cases/${reference}/messages`, written);
    desk.keep(await desk.agent.get('/sign-in'));
    return { desk, answer, kept: /name="kept" value="([^"]+)"/.exec(answer.text)?.[1] ?? '' };
  }

  it('shows nothing of it while nobody is signed in, and keeps it for whoever wrote it', async () => {
    const { desk, answer, kept } = await sentByNobody();
    expect([answer.status, answer.text.includes('The officer wrote this.')]).toEqual([401, false]);
    expect(answer.text).toContain('It is kept for you');
    const entered = await desk.post('/sign-in', { signInName: 'officer', password: GIVEN_PASSWORD, kept });
    expect([entered.status, entered.text.includes('The officer wrote this.')]).toEqual([200, true]);
  });

  it('is not shown to who signs in instead of its writer', async () => {
    const { desk, kept } = await sentByNobody();
    const entered = await desk.post('/sign-in', { signInName: 'other.officer', password: GIVEN_PASSWORD, kept });
    expect([kept.length > 100, entered.status, entered.text.includes('The officer wrote this.')]).toEqual([true, 303, false]);
  });

  it.each([
    ['without a token', { _csrf: '' }],
    ['that cannot be kept whole', { password: 'secret words' }],
  ])('%s is not kept, and who wrote it is told where it still is', async (_, fields) => {
    const { answer, kept } = await sentByNobody(fields);
    expect([answer.status, kept, answer.text.includes('The officer wrote this.')]).toEqual([401, '', false]);
    expect(answer.text).toContain('press the Back button of your browser');
  });

  it('shows what was written on it to whoever wrote it', async () => {
    const { status, text } = await sentAgain('officer');
    expect([status, text.includes('The officer wrote this.'), text.includes('Nothing was sent yet')]).toEqual([403, true, true]);
  });

  it('shows nothing of it to anybody else', async () => {
    const { status, text } = await sentAgain('other.officer');
    expect([status, text.includes('The officer wrote this.')]).toEqual([403, false]);
    expect(text).toContain('This page was opened by somebody else who had signed in here');
  });

  it('that was shown after the sign-in belongs to whoever signed in', async () => {
    const officer = await Colleague.signedIn(rooms());
    const { reference } = await rooms().given.filed();
    await officer.open(`/cases/${reference}`);
    await rooms().given.owner.query(`UPDATE staff_session SET idle_at = now() - interval '1 second'`);
    const answer = await officer.post(`/cases/${reference}/messages`, { body: 'The officer wrote this.' });
    const kept = /name="kept" value="([^"]+)"/.exec(answer.text)?.[1] ?? '';
    officer.keep(answer);
    const entered = await officer.post('/sign-in', { signInName: 'officer', password: GIVEN_PASSWORD, kept });
    const [, token = ''] = /name="_csrf" value="([^"]*)"/.exec(entered.text) ?? [];
    await officer.open('/sign-in');
    await officer.post('/sign-in', { signInName: 'officer', password: GIVEN_PASSWORD });
    const late = await officer.post(`/cases/${reference}/messages`, { _csrf: token, body: 'The officer wrote this.' });
    expect([late.status, late.text.includes('The officer wrote this.')]).toEqual([403, true]);
  });
});

describe('the key of whoever came', () => {
  it.each([
    ['is refused for want of a token', 403, (officer: Colleague) => officer.post('/account/password', { _csrf: 'none' })],
    ['is for nobody in that role', 403, (officer: Colleague) => officer.open('/accounts')],
    ['is answered', 200, (officer: Colleague) => officer.open('/account')],
  ])('is overwritten when a request %s', async (_, status, ask) => {
    const officer = await Colleague.signedIn(rooms());
    const reading = jest.spyOn(rooms().app.get(ReadSession, { strict: false }), 'run');
    try {
      expect((await ask(officer)).status).toBe(status);
      const [session] = await Promise.all(reading.mock.results.map(({ value }) => value as ReturnType<ReadSession['run']>));
      expect(session).toMatchObject({ ok: true });
      await waitFor('the key is overwritten', () => session?.ok === true && session.actor.keyPair.secretKey.every((byte) => byte === 0));
    } finally {
      reading.mockRestore();
    }
  });

  it.each([
    ['reads a case', (officer: Colleague, reference: string) => officer.agent.get(`/cases/${reference}`)],
    [
      'writes',
      (officer: Colleague, reference: string) =>
        officer.letter(`/cases/${reference}/messages`, { body: 'Good day.', clientKey: randomUUID() }),
    ],
  ])('is not taken for damaged when a browser that %s leaves in the middle, and is overwritten all the same', async (doing, ask) => {
    const { app, given } = rooms();
    const officer = await Colleague.signedIn(rooms());
    const { reference } = await given.filed();
    await officer.open(`/cases/${reference}`);
    const reading = jest.spyOn(app.get(ReadSession, { strict: false }), 'run');
    const holding = given.owner.createQueryRunner();
    await holding.startTransaction();
    await holding.query('LOCK TABLE case_key_grant IN ACCESS EXCLUSIVE MODE');
    const server: Server = app.getHttpServer();
    const left = new Promise((resolve) => server.once('request', (_, res: ServerResponse) => res.once('close', resolve)));
    try {
      const asked = ask(officer, reference);
      asked.catch(() => undefined);
      await waitFor('the handler is at work', async () => {
        const waiting = "SELECT FROM pg_locks WHERE NOT granted AND relation = 'case_key_grant'::regclass";
        return (await given.owner.query<object[]>(waiting)).length > 0;
      });
      asked.abort();
      await left;
    } finally {
      await holding.rollbackTransaction();
      await holding.release();
    }
    const session = await (reading.mock.results[0]?.value as ReturnType<ReadSession['run']>);
    reading.mockRestore();
    await waitFor('the key is overwritten', () => session.ok && session.actor.keyPair.secretKey.every((byte) => byte === 0));
    expect(await given.owner.query<object[]>('SELECT FROM team_key_aside')).toEqual([]);
    expect(await given.owner.query<object[]>("SELECT FROM staff_event WHERE type = 'team_key_set_aside'")).toEqual([]);
    expect((await officer.open(`/cases/${reference}`)).text).toContain(doing === 'writes' ? 'Good day.' : reference);
  });
});

/** Posts the form of the sign-in as a proxy passes it on. */
async function enterAs(colleague: Colleague, forwardedFor: string, password = GIVEN_PASSWORD): Promise<request.Response> {
  await colleague.open('/sign-in');
  return colleague.post('/sign-in', { signInName: 'other.officer', password }, { 'x-forwarded-for': forwardedFor });
}
