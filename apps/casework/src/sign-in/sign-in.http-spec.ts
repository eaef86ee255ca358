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
});
