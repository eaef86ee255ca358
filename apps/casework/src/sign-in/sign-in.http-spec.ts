import { GIVEN_PASSWORD } from '@recourse/testing';
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
});
