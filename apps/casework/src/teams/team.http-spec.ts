import { AssignTrack } from '@recourse/cases';
import { GIVEN_COMPLAINT } from '@recourse/testing';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();
const takeOffPath = (staffId: string): string => `/teams/desk/members/${staffId}/take-off`;

describe('the page of a team', () => {
  it('says who is on it, in both languages, and offers a member nothing to change', async () => {
    const officer = await Colleague.signedIn(rooms());
    expect((await officer.open('/account')).text).toContain('href="/teams/desk"');
    const page = await officer.open('/teams/desk');
    for (const text of ['Team: Complaints desk', 'The director', 'The other officer', 'Only the lead of the team'])
      expect(page.text).toContain(text);
    expect(page.text).not.toContain('/take-off');
    expect((await officer.open('/teams/desk?lang=ar')).text).toContain('أعضاء الفريق');
  });

  it('is not there for another team, nor for an administrator', async () => {
    await rooms().given.stranger();
    const stranger = await Colleague.signedIn(rooms(), 'stranger');
    const theirs = await stranger.open('/teams/desk');
    const nobodys = await stranger.open('/teams/no_such_team');
    expect([theirs.status, nobodys.status]).toEqual([404, 404]);
    const { staffId } = rooms().given.institution.officer;
    await stranger.open('/cases');
    expect((await stranger.post(takeOffPath(staffId), {})).status).toBe(404);
    await stranger.open('/cases');
    expect((await stranger.post('/teams/desk/case-keys', {})).status).toBe(404);
    expect((await (await Colleague.signedIn(rooms(), 'administrator')).open('/teams/desk')).status).toBe(403);
  });
});

describe('taking somebody off', () => {
  it('is refused to a member, and for oneself, with a reason; nothing is changed', async () => {
    const { officer: target, director } = rooms().given.institution;
    const officer = await Colleague.signedIn(rooms());
    await officer.open(takeOffPath(director.staffId));
    const refused = await officer.post(takeOffPath(director.staffId), {});
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Only the lead of the team');
    const self = await Colleague.signedIn(rooms(), 'director');
    await self.open(takeOffPath(director.staffId));
    const own = await self.post(takeOffPath(director.staffId), {});
    expect([own.status, own.text.includes('You cannot take yourself off')]).toEqual([409, true]);
    expect((await self.open(takeOffPath(target.staffId))).text).toContain('What they have read they have read.');
  });

  it('asks first, then does it: they are signed out and see no case, the others do, and pressing twice does no harm', async () => {
    const { given } = rooms();
    const { officer: leaver, supervisor } = given.institution;
    const filed = await given.filed();
    await new AssignTrack(given.casework).run({
      actor: supervisor,
      reference: filed.reference,
      track: filed.trackId,
      assigneeId: leaver.staffId,
      seenRevision: (await given.track(filed.reference)).revision,
      now: new Date(),
    });
    const officer = await Colleague.signedIn(rooms());
    const lead = await Colleague.signedIn(rooms(), 'supervisor');
    expect((await lead.open('/teams/desk')).text).toContain(takeOffPath(leaver.staffId));
    const asked = await lead.open(takeOffPath(leaver.staffId));
    expect(asked.text).toContain('One open case goes from their hands back to the team');
    expect((await lead.open(`${takeOffPath(leaver.staffId)}?lang=ar`)).text).toContain('تعود قضية مفتوحة واحدة');
    await lead.open(`${takeOffPath(leaver.staffId)}?lang=en`);
    const done = await lead.post(takeOffPath(leaver.staffId), {});
    expect([done.status, done.headers['location']]).toEqual([303, '/teams/desk?done=taken_off']);
    const page = await lead.open('/teams/desk?done=taken_off');
    expect(page.text).toContain('its cases are locked with a new key');
    expect(page.text).not.toContain(takeOffPath(leaver.staffId));
    expect(page.text.indexOf('The officer<')).toBeGreaterThan(page.text.indexOf('People who were on the team'));
    expect(page.text).not.toContain('earlier key of the team');
    expect((await lead.post(takeOffPath(leaver.staffId), {})).headers['location']).toBe('/teams/desk?done=gone');
    expect((await officer.open('/cases')).status).toBe(303);
    const again = await Colleague.signedIn(rooms());
    expect((await again.open(`/cases/${filed.reference}`)).status).toBe(404);
    expect((await again.open('/teams/desk')).status).toBe(404);
    expect((await lead.open(`/cases/${filed.reference}`)).text).toContain(GIVEN_COMPLAINT.narrative);
  });

  it('offers to go on while something is still sealed to the key before', async () => {
    const { given } = rooms();
    const filed = await given.filed();
    // As an intake of the release before stores it: without saying to which key.
    await given.owner.query(
      `UPDATE case_key_grant SET sealed_to = NULL WHERE holder_kind = 'team' AND case_id = (SELECT id FROM case_file WHERE reference = $1)`,
      [filed.reference],
    );
    const member = await Colleague.signedIn(rooms(), 'other.officer');
    expect((await member.open('/teams/desk')).text).toContain('The key of one case is still locked with an earlier key of the team.');
    const done = await member.post('/teams/desk/case-keys', {});
    expect(done.headers['location']).toBe('/teams/desk?done=resealed');
    expect((await member.open('/teams/desk?done=resealed')).text).not.toContain('earlier key');
    expect((await member.open(`/cases/${filed.reference}`)).text).toContain(GIVEN_COMPLAINT.narrative);
  });
});
