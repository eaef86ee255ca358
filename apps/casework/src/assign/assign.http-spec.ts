import { AssignTrack } from '@recourse/cases';
import { findCaseByReference, listEvents } from '@recourse/persistence';
import type { GivenCase } from '@recourse/testing';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

const assignPath = ({ reference, trackId }: GivenCase): string => `/cases/${reference}/tracks/${trackId}/assign`;

/** As if somebody did it at another machine. */
async function assignedBy(who: 'officer' | 'otherOfficer' | 'supervisor', filed: GivenCase, assigneeId?: string): Promise<void> {
  const { given } = rooms();
  const { revision } = await given.track(filed.reference);
  const assigned = await new AssignTrack(given.casework).run({
    actor: given.institution[who],
    reference: filed.reference,
    track: filed.trackId,
    seenRevision: revision,
    now: new Date(),
    ...(assigneeId === undefined ? {} : { assigneeId }),
  });
  if (!assigned.ok) throw new Error(`not assigned: ${assigned.code}`);
}

/** What the page's list of people offers, the empty line first; the chosen one in brackets. */
function offered(html: string): string[] {
  const select = /<select[^>]*name="assigneeId"[\s\S]*?<\/select>/.exec(html)?.[0] ?? '';
  return [...select.matchAll(/<option[^>]*?( selected)?>([^<]*)<\/option>/g)].map(([, selected, text]) =>
    selected ? `[${text}]` : String(text),
  );
}

async function assignments(reference: string): Promise<unknown[]> {
  const { owner } = rooms().given;
  const file = await findCaseByReference(owner.manager, reference);
  return (await listEvents(owner.manager, file?.id ?? '')).filter(({ type }) => type === 'assigned');
}

describe('giving a case to somebody', () => {
  it('offers an officer what they may do: take it, then put it back', async () => {
    const filed = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    const before = await officer.open(`/cases/${filed.reference}`);
    expect(offered(before.text)).toEqual(['Choose one', 'The officer']);
    const { staffId } = rooms().given.institution.officer;
    const taken = await officer.post(assignPath(filed), { assigneeId: staffId, seenRevision: 1 });
    expect([taken.status, taken.headers['location']]).toEqual([303, `/cases/${filed.reference}?done=assigned`]);
    const after = await officer.open(`/cases/${filed.reference}?done=assigned`);
    expect(after.text).toContain('Done. The case is in the hands that you chose.');
    expect(offered(after.text)).toEqual(['Nobody, back to the team', '[The officer]']);
    expect((await officer.post(assignPath(filed), { assigneeId: '', seenRevision: 2 })).status).toBe(303);
    expect((await rooms().given.track(filed.reference)).assigneeId).toBeNull();
  });

  it('that somebody else gave away meanwhile says so, keeps the choice, and takes it when it is sent again', async () => {
    const { given } = rooms();
    const { officer, otherOfficer } = given.institution;
    const filed = await given.filed();
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    await supervisor.open(assignPath(filed));
    await assignedBy('officer', filed, officer.staffId);
    const late = await supervisor.post(assignPath(filed), { assigneeId: otherOfficer.staffId, seenRevision: 1 });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Somebody changed this case while you were choosing');
    expect(late.text).toContain('It is in the hands of The officer.');
    expect(offered(late.text)).toContain('[The other officer]');
    expect((await given.track(filed.reference)).assigneeId).toBe(officer.staffId);
    const seenRevision = Number(/name="seenRevision" value="(\d+)"/.exec(late.text)?.[1]);
    expect((await supervisor.post(assignPath(filed), { assigneeId: otherOfficer.staffId, seenRevision })).status).toBe(303);
    expect((await given.track(filed.reference)).assigneeId).toBe(otherOfficer.staffId);
  });

  it('tells an officer who took it too late that only others can give it now, without a form that would fail', async () => {
    const { given } = rooms();
    const filed = await given.filed();
    const officer = await Colleague.signedIn(rooms());
    await officer.open(`/cases/${filed.reference}`);
    await assignedBy('otherOfficer', filed, given.institution.otherOfficer.staffId);
    const late = await officer.post(assignPath(filed), { assigneeId: given.institution.officer.staffId, seenRevision: 1 });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Somebody changed this case while you were choosing');
    expect(late.text).toContain('It is in the hands of The other officer.');
    expect(late.text).toContain('Only whoever holds the case');
    expect(offered(late.text)).toEqual([]);
    expect(late.text).not.toContain('href="#assigneeId"');
  });

  it('is done once when it is pressed twice', async () => {
    const filed = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    await officer.open(`/cases/${filed.reference}`);
    const fields = { assigneeId: rooms().given.institution.officer.staffId, seenRevision: 1 };
    const answers = [await officer.post(assignPath(filed), fields), await officer.post(assignPath(filed), fields)];
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await assignments(filed.reference)).toHaveLength(1);
  });

  it.each([
    ['somebody who is nobody', () => 'somebody', 422, 'Choose somebody on the team of this case.'],
    [
      'somebody outside of the team',
      () => rooms().given.institution.administrator.staffId,
      409,
      'Choose somebody on the team of this case.',
    ],
  ])('shows the form again for %s', async (_, chosen, status, sentence) => {
    const filed = await rooms().given.filed();
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    await supervisor.open(assignPath(filed));
    const refused = await supervisor.post(assignPath(filed), { assigneeId: chosen(), seenRevision: 1 });
    expect(refused.status).toBe(status);
    expect(refused.text).toContain(`<a href="#assigneeId">${sentence}</a>`);
    expect(offered(refused.text)).toContain('The other officer');
  });

  it('refuses an officer who gives it to somebody else, and says what they can do', async () => {
    const filed = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    await officer.open(assignPath(filed));
    const { staffId } = rooms().given.institution.otherOfficer;
    const refused = await officer.post(assignPath(filed), { assigneeId: staffId, seenRevision: 1 });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('You can take a case that nobody holds and put your own back.');
    expect((await rooms().given.track(filed.reference)).assigneeId).toBeNull();
  });

  it('says that a case was closed meanwhile', async () => {
    const filed = await rooms().given.filed();
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    await supervisor.open(assignPath(filed));
    await rooms().given.performed(filed, { action: 'withdraw', inputs: { asked_by: 'message', forced: 'no_sign' } });
    const { revision } = await rooms().given.track(filed.reference);
    const refused = await supervisor.post(assignPath(filed), { assigneeId: '', seenRevision: revision });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('The case was closed in the meantime');
    expect(refused.text).not.toContain('name="assigneeId"');
  });

  it('opens nothing that was sealed', async () => {
    const filed = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    const page = await officer.open(assignPath(filed));
    expect([page.status, page.text.includes('Give case')]).toEqual([200, true]);
    const file = await findCaseByReference(rooms().given.owner.manager, filed.reference);
    const events = await listEvents(rooms().given.owner.manager, file?.id ?? '');
    expect(events.filter(({ type }) => type === 'sealed_content_opened')).toEqual([]);
  });
});
