import { listEvents, findCaseByReference } from '@recourse/persistence';
import type { GivenCase } from '@recourse/testing';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

const actionPath = ({ reference, trackId }: GivenCase, action: string): string => `/cases/${reference}/tracks/${trackId}/actions/${action}`;

async function eventsOf(reference: string, type: string) {
  const { owner } = rooms().given;
  const file = await findCaseByReference(owner.manager, reference);
  return (await listEvents(owner.manager, file?.id ?? '')).filter((event) => event.type === type);
}

describe('the form of an action', () => {
  it('advises, and does not say in the record that the case was opened', async () => {
    const filed = await rooms().given.caseIn('screening');
    const page = await (await Colleague.signedIn(rooms())).open(actionPath(filed, 'refuse_and_refer'));
    expect(page.status).toBe(200);
    expect(page.text).toContain('say why in plain words, and who else can help.');
    expect(page.text).toContain('Outside the mandate');
    expect(await eventsOf(filed.reference, 'sealed_content_opened')).toHaveLength(0);
  });

  it('keeps what was typed when the reason is missing', async () => {
    const filed = await rooms().given.caseIn('screening');
    const officer = await Colleague.signedIn(rooms());
    const { revision } = await rooms().given.track(filed.reference);
    const typed = 'We go on with your complaint.';
    const refused = await officer.post(actionPath(filed, 'declare_admissible'), { seenRevision: revision, message: typed });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(typed);
    expect(refused.text).toContain('href="#reason"');
    expect((await rooms().given.track(filed.reference)).stage).toBe('screening');
  });

  it('lets a letter be as long as a message from the page of the case, and both pages say so', async () => {
    const filed = await rooms().given.caseIn('screening');
    const officer = await Colleague.signedIn(rooms());
    const rule = 'You can write up to 30,000 characters.';
    expect((await officer.open(`/cases/${filed.reference}`)).text).toContain(rule);
    expect((await officer.open(actionPath(filed, 'declare_admissible'))).text).toContain(rule);
    const { revision } = await rooms().given.track(filed.reference);
    const declare = (length: number) =>
      officer.post(actionPath(filed, 'declare_admissible'), {
        seenRevision: revision,
        reason: 'Inside the mandate.',
        message: 'x'.repeat(length),
      });
    expect((await declare(30_001)).status).toBe(422);
    expect((await declare(30_000)).status).toBe(303);
  });

  it('names in order what is missing, each under its own name', async () => {
    const filed = await rooms().given.caseIn('screening');
    const officer = await Colleague.signedIn(rooms());
    await officer.open(actionPath(filed, 'refuse_and_refer'));
    const { revision } = await rooms().given.track(filed.reference);
    const refused = await officer.post(actionPath(filed, 'refuse_and_refer'), { seenRevision: revision });
    const summary = [...refused.text.matchAll(/<a href="#([^"]*)">This is still missing: ([^<]*)<\/a>/g)].map(([, field, label]) => [
      field,
      label,
    ]);
    expect(summary).toEqual([
      ['input_referred_to', 'Where can this person turn instead?'],
      ['outcome', 'How does it end?'],
      ['reason', 'Reason'],
      ['message', 'Letter to the complainant'],
    ]);
  });

  it('is taken once when it is pressed twice', async () => {
    const filed = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    const fields = { seenRevision: (await rooms().given.track(filed.reference)).revision };
    const first = await officer.post(actionPath(filed, 'acknowledge'), fields);
    const second = await officer.post(actionPath(filed, 'acknowledge'), fields);
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.headers['location']).toBe(`/cases/${filed.reference}?done=action`);
    expect(await eventsOf(filed.reference, 'action_performed')).toHaveLength(1);
  });

  it('tells who comes too late, and shows what they wrote', async () => {
    const filed = await rooms().given.caseIn('screening');
    const officer = await Colleague.signedIn(rooms());
    const seenRevision = (await rooms().given.track(filed.reference)).revision;
    await rooms().given.performed(filed, {
      action: 'declare_admissible',
      actor: rooms().given.institution.otherOfficer,
      reason: 'Within the mandate.',
      message: 'We go on.',
    });
    const late = await officer.post(actionPath(filed, 'declare_admissible'), {
      seenRevision,
      reason: 'My own reason.',
      message: 'My letter.',
    });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Somebody moved this case');
    expect(late.text).toContain('My own reason.');
    expect(late.text).toContain('My letter.');
  });

  it('refuses a field that the procedure does not have', async () => {
    const filed = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    const { revision } = await rooms().given.track(filed.reference);
    const refused = await officer.post(actionPath(filed, 'acknowledge'), { seenRevision: revision, stage: 'closed' });
    expect(refused.status).toBe(422);
    expect((await rooms().given.track(filed.reference)).stage).toBe('received');
  });

  it('is not taken without the token of its page', async () => {
    const filed = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    const { revision } = await rooms().given.track(filed.reference);
    const refused = await officer.agent.post(actionPath(filed, 'acknowledge')).type('form').send({ seenRevision: revision });
    expect(refused.status).toBe(403);
    expect((await rooms().given.track(filed.reference)).stage).toBe('received');
  });
});
