import { GIVEN_COMPLAINT, GIVEN_PASSWORD } from '@recourse/testing';
import type request from 'supertest';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();
const NEW_PASSWORD = 'nine violet umbrellas in the rain';

function change(at: Colleague, newPassword: string, over: Readonly<Record<string, string>> = {}): Promise<request.Response> {
  return at.post('/account/password', { currentPassword: GIVEN_PASSWORD, newPassword, newPasswordAgain: newPassword, ...over });
}

describe('the account of whoever is signed in', () => {
  it('is not there for anybody else', async () => {
    for (const path of ['/account', '/account/password']) {
      const page = await new Colleague(rooms()).open(path);
      expect([page.status, page.headers['location']]).toEqual([303, `/sign-in?next=${encodeURIComponent(path)}`]);
    }
  });

  it('says who they are, in both languages, and leads to the password; for an administrator too', async () => {
    const officer = await Colleague.signedIn(rooms());
    const page = await officer.open('/account');
    for (const text of ['The officer', 'Complaints desk', 'href="/account/password"', 'aria-current="page">Your account']) {
      expect(page.text).toContain(text);
    }
    expect((await officer.open('/account?lang=ar')).text).toContain('حسابك');
    const form = await officer.open('/account/password?lang=ar');
    expect(form.text).toContain('كلمة مرورك الحالية');
    expect((await (await Colleague.signedIn(rooms(), 'administrator')).open('/account')).status).toBe(200);
  });
});

describe('changing one’s password', () => {
  it.each([
    ['nothing typed', { currentPassword: '', newPassword: '', newPasswordAgain: '' }, 'Type your current password.'],
    ['two that differ', { newPasswordAgain: 'another one altogether' }, 'The two new passwords are not the same.'],
    ['a short one', { newPassword: 'short', newPasswordAgain: 'short' }, 'fewer than 12 characters'],
    ['the same one', { newPassword: GIVEN_PASSWORD, newPasswordAgain: GIVEN_PASSWORD }, 'the password that you have already'],
    ['a wrong current one', { currentPassword: 'not the password' }, 'This is not your current password'],
  ])('is refused beside the field, and no password comes back: %s', async (_case, over, said) => {
    const officer = await Colleague.signedIn(rooms());
    await officer.open('/account/password');
    const answer = await change(officer, NEW_PASSWORD, over);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(said);
    expect(answer.text).not.toMatch(/<input[^>]*type="password"[^>]*value=/);
    expect((await officer.open('/account')).status).toBe(200);
  });

  it('keeps this browser signed in under a new session, ends the others, and the case still opens', async () => {
    const { reference } = await rooms().given.filed();
    const [here, elsewhere] = [await Colleague.signedIn(rooms()), await Colleague.signedIn(rooms())];
    await here.open('/account/password');
    const changed = await change(here, NEW_PASSWORD);
    expect([changed.status, changed.headers['location']]).toEqual([303, '/account?done=password']);
    expect(String(changed.headers['set-cookie'])).toContain('session=');
    expect((await here.open('/account?done=password')).text).toContain('Your password was changed.');
    expect((await here.open(`/cases/${reference}`)).text).toContain(GIVEN_COMPLAINT.narrative);
    expect((await elsewhere.open('/account')).status).toBe(303);
    const later = new Colleague(rooms());
    await later.open('/sign-in');
    expect((await later.post('/sign-in', { signInName: 'officer', password: GIVEN_PASSWORD })).status).toBe(422);
    await later.open('/sign-in');
    expect((await later.post('/sign-in', { signInName: 'officer', password: NEW_PASSWORD })).status).toBe(303);
  });

  it('in two browsers at once: one is done, the other is told that somebody was faster', async () => {
    const both = [await Colleague.signedIn(rooms(), 'director'), await Colleague.signedIn(rooms(), 'director')];
    for (const one of both) await one.open('/account/password');
    const answers = await Promise.all(both.map((one, index) => change(one, `${NEW_PASSWORD} ${String(index)}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(answers.find(({ status }) => status === 409)?.text).toContain('somewhere else at the same moment');
  });

  it('needs the form’s own token', async () => {
    const officer = await Colleague.signedIn(rooms(), 'other.officer');
    const answer = await officer.agent
      .post('/account/password')
      .type('form')
      .send({ currentPassword: GIVEN_PASSWORD, newPassword: NEW_PASSWORD, newPasswordAgain: NEW_PASSWORD });
    expect(answer.status).toBe(403);
  });
});
