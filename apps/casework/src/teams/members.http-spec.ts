import { TakeOffTeam } from '@recourse/cases';
import { GIVEN_COMPLAINT } from '@recourse/testing';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();
const putBackPath = (staffId: string): string => `/teams/desk/members/${staffId}/put-back`;

async function takenOff(): Promise<string> {
  const { officer, supervisor: actor } = rooms().given.institution;
  const teamId = actor.teams[0]?.id ?? '';
  await new TakeOffTeam(rooms().given.casework).run({ actor, teamId, staffId: officer.staffId, now: new Date('2026-03-02T09:00:00Z') });
  return officer.staffId;
}

describe('putting somebody back on a team', () => {
  it('is offered to who leads it, asks first, then does it; pressing twice does no harm, and they open its cases', async () => {
    const filed = await rooms().given.filed();
    const staffId = await takenOff();
    const lead = await Colleague.signedIn(rooms(), 'supervisor');
    const page = await lead.open('/teams/desk');
    for (const text of ['People who were on the team', putBackPath(staffId), '2 March 2026']) expect(page.text).toContain(text);
    expect((await lead.open('/teams/desk?lang=ar')).text).toContain('من كانوا في الفريق');
    await lead.open('/teams/desk?lang=en');
    const asked = await lead.open(putBackPath(staffId));
    expect(asked.text).toContain('You hand them the key of the team.');
    const wrong = await lead.post(putBackPath(staffId), { teamRole: 'king' });
    expect([wrong.status, wrong.text.includes('Choose what they shall be on the team.')]).toEqual([422, true]);
    const [done, again] = await Promise.all([
      lead.post(putBackPath(staffId), { teamRole: 'member' }),
      lead.post(putBackPath(staffId), { teamRole: 'member' }),
    ]);
    expect([done, again].map(({ headers }) => headers['location']).sort()).toEqual([
      '/teams/desk?done=on_it_already',
      '/teams/desk?done=put_on',
    ]);
    expect((await lead.open('/teams/desk?done=put_on')).text).toContain('They are on the team, and are told by mail.');
    expect((await lead.open('/teams/desk')).text).not.toContain('People who were on the team');
    const back = await Colleague.signedIn(rooms());
    expect((await back.open(`/cases/${filed.reference}`)).text).toContain(GIVEN_COMPLAINT.narrative);
  });

  it('is not there for somebody who never was on it, nor for a name that is no id', async () => {
    const { administrator } = rooms().given.institution;
    const lead = await Colleague.signedIn(rooms(), 'supervisor');
    for (const id of [administrator.staffId, 'x']) {
      expect((await lead.open(putBackPath(id))).status).toBe(404);
      await lead.open('/teams/desk');
      expect((await lead.post(putBackPath(id), { teamRole: 'member' })).status).toBe(404);
    }
  });

  it('is refused to a member, with the reason', async () => {
    const staffId = await takenOff();
    const member = await Colleague.signedIn(rooms(), 'other.officer');
    const page = await member.open('/teams/desk');
    expect(page.text).not.toContain('put-back');
    expect(page.text).not.toContain('/members/add');
    const refused = await member.post(putBackPath(staffId), { teamRole: 'member' });
    expect([refused.status, refused.text.includes('Only the lead of the team')]).toEqual([409, true]);
    expect((await member.open('/teams/desk/members/add')).text).toContain('Only the lead of the team');
    const added = await member.post('/teams/desk/members/add', { signInName: 'officer', teamRole: 'member' });
    expect(added.status).toBe(409);
  });
});

describe('putting somebody on a team who has an account', () => {
  it('names them by how they sign in, and says what is wrong beside the field, with what was typed', async () => {
    await rooms().given.stranger();
    const lead = await Colleague.signedIn(rooms(), 'supervisor');
    expect((await lead.open('/teams/desk/members/add?lang=ar')).text).toContain('الاسم الذي يدخل به');
    await lead.open('/teams/desk/members/add?lang=en');
    const add = (signInName: string) => lead.post('/teams/desk/members/add', { signInName, teamRole: 'member' });
    for (const [signInName, status, said] of [
      ['', 422, 'Type the name with which they sign in.'],
      ['nobody.here', 409, 'Nobody here signs in with this name.'],
      ['administrator', 409, 'Administrators see no case'],
    ] as const) {
      const refused = await add(signInName);
      expect([refused.status, refused.text.includes(said)]).toEqual([status, true]);
      expect(refused.text).toContain(`value="${signInName}"`);
    }
    expect((await add('stranger')).headers['location']).toBe('/teams/desk?done=put_on');
    expect((await add('stranger')).headers['location']).toBe('/teams/desk?done=on_it_already');
    expect((await lead.open('/teams/desk')).text).toContain('stranger');
  });
});
