import { GIVEN_PASSWORD, type GivenCase } from '@recourse/testing';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();
const REASON = 'Nobody could tell what happened at the gate.';
const LETTER = 'We could not find out what happened.';

/** An officer asks on the page for a case to be closed. */
async function asked(): Promise<{ filed: GivenCase; officer: Colleague; path: string }> {
  const filed = await rooms().given.caseIn('admissible');
  const officer = await Colleague.signedIn(rooms(), 'officer');
  const { revision } = await rooms().given.track(filed.reference);
  const form = `/cases/${filed.reference}/tracks/${filed.trackId}/actions/close_without_remedy`;
  const page = await officer.open(form);
  expect(page.text).toContain('A second person must agree before this happens');
  expect(page.text).toContain('Ask for agreement');
  const answer = { seenRevision: revision, outcome: 'unable_to_determine', reason: REASON, message: LETTER };
  const done = await officer.post(form, answer);
  expect(done.headers['location']).toBe(`/cases/${filed.reference}?done=asked`);
  const shown = await officer.open(`/cases/${filed.reference}?done=asked`);
  expect(shown.text).toContain('A second person was asked. Nothing happens until they answer.');
  const path = /action="(\/cases\/[^"]*\/approvals\/[^"]*)"/.exec(shown.text)?.[1] ?? '';
  return { filed, officer, path };
}

describe('what waits for a second person', () => {
  it('is shown with everything to judge it by, and is done when they agree', async () => {
    const { filed, path } = await asked();
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    const page = await supervisor.open(`/cases/${filed.reference}`);
    expect(page.text).toContain(REASON);
    expect(page.text).toContain(LETTER);
    expect(page.text).toContain('Agree, and do it');
    const agreed = await supervisor.post(path, { answer: 'agree' });
    expect(agreed.headers['location']).toBe(`/cases/${filed.reference}?done=agree`);
    expect((await rooms().given.track(filed.reference)).stage).toBe('closed');
    const again = await supervisor.post(path, { answer: 'agree' });
    expect(again.status).toBe(409);
    expect(again.text).toContain('Somebody answered before you');
  });

  it('cannot be agreed to by whoever asked: they can only take it back', async () => {
    const { filed, officer, path } = await asked();
    const page = await officer.open(`/cases/${filed.reference}`);
    expect(page.text).not.toContain('Agree, and do it');
    expect((await officer.post(path, { answer: 'agree' })).status).toBe(409);
    expect((await officer.post(path, { answer: 'take_back' })).headers['location']).toBe(`/cases/${filed.reference}?done=take_back`);
    expect((await rooms().given.track(filed.reference)).stage).toBe('admissible');
  });

  it('is declined only with a reason, and what was written is kept', async () => {
    const { filed, path } = await asked();
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    await supervisor.open(`/cases/${filed.reference}`);
    const refused = await supervisor.post(path, { answer: 'decline', reason: ' ' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Say why you decline');
    const long = 'x'.repeat(10_001);
    const tooLong = await supervisor.post(path, { answer: 'decline', reason: long });
    expect(tooLong.status).toBe(422);
    expect(tooLong.text).toContain(long);
    expect((await supervisor.post(path, { answer: 'decline', reason: 'Ask the driver first.' })).status).toBe(303);
    const shown = await supervisor.open(`/cases/${filed.reference}`);
    expect(shown.text).toContain('The second person declined: Close without a remedy');
    expect(shown.text).toContain('Ask the driver first.');
  });

  it('is not agreed to by a button that was pressed when the session was over: not even after signing in', async () => {
    const { filed, path } = await asked();
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    await supervisor.open(`/cases/${filed.reference}`);
    await rooms().given.owner.query(`UPDATE staff_session SET idle_at = now() - interval '1 second'`);
    const pressed = await supervisor.post(path, { answer: 'agree' });
    expect([pressed.status, pressed.text.includes('name="kept"')]).toEqual([401, false]);
    expect(pressed.text).toContain('What was pressed last was not done.');
    expect(pressed.text).toContain(`name="next" value="/cases/${filed.reference}"`);
    supervisor.keep(pressed);
    const next = `/cases/${filed.reference}`;
    const entered = await supervisor.post('/sign-in', { signInName: 'supervisor', password: GIVEN_PASSWORD, next });
    expect([entered.status, entered.headers['location']]).toEqual([303, next]);
    expect((await rooms().given.track(filed.reference)).stage).toBe('admissible');
  });

  it('is refused when the answer is none that can be given', async () => {
    const { path } = await asked();
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    const refused = await supervisor.post(path, { answer: 'perhaps' });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('Choose whether you agree or decline.')]);
  });
});

describe('why an action cannot be taken', () => {
  it('is said in the words of the procedure when a fact is missing', async () => {
    const filed = await rooms().given.caseIn('admissible');
    const officer = await Colleague.signedIn(rooms(), 'officer');
    const { given } = rooms();
    const [company] = await given.owner.query<{ id: string }[]>('SELECT id FROM company LIMIT 1');
    const { revision } = await given.track(filed.reference);
    const named = await officer.post(`/cases/${filed.reference}/tracks/${filed.trackId}/actions/name_company`, {
      seenRevision: revision,
      input_company: company?.id ?? '',
    });
    expect(named.status).toBe(303);
    const page = await officer.open(`/cases/${filed.reference}`);
    expect(page.text).toContain('Not recorded yet: The complainant agreed that the company is told');
  });
});
