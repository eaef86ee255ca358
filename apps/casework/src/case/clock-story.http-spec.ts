import { FireDeadline, PerformAction } from '@recourse/cases';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

/** A case in screening that was given more time, was forgotten over two warnings and its end, and then paused for a court. */
async function lived(): Promise<string> {
  const { given } = rooms();
  const now = new Date();
  const filed = await given.caseIn('screening', { now });
  const act = async (action: string, at: Date) =>
    new PerformAction(given.casework, given.institution.rules).run({
      actor: given.institution.officer,
      reference: filed.reference,
      track: filed.trackId,
      action,
      seenRevision: (await given.track(filed.reference)).revision,
      inputs: {},
      reason: 'The court of the district decides first.',
      message: 'We wait for the court.',
      now: at,
    });
  expect(await act('take_more_time', now)).toMatchObject({ ok: true });
  const [clock] = await given.owner.query<{ id: string; due: Date }[]>(
    `SELECT id, due_at AS due FROM deadline WHERE track_id = $1 AND state = 'running' AND kind = 'decide_admissibility'`,
    [filed.trackId],
  );
  const { fired } = await new FireDeadline(given.worker, given.institution.rules).run({ deadlineId: clock!.id, now: clock!.due });
  expect(fired).toMatchObject([{ kinds: ['warning', 'warning', 'due'] }]);
  const afterwards = new Date(clock!.due.getTime() + 1000);
  expect(await act('take_more_time', afterwards)).toMatchObject({ ok: true });
  expect(await act('pause_for_other_proceedings', afterwards)).toMatchObject({ ok: true });
  return filed.reference;
}

it('a case says what happened to its clocks, and keeps those that have ended', async () => {
  const reference = await lived();
  const page = (await (await Colleague.signedIn(rooms())).open(`/cases/${reference}`)).text;
  const record = page.slice(page.indexOf('moj-timeline'));
  expect(record).toMatch(/More time was given[^<]*<[^]*?Due on \d+ \w+ \d{4} instead of \d+ \w+ \d{4}/);
  expect(record).toMatch(/Missed while nothing ran[^]*?Not told at the time: 2 warnings/);
  expect(record).toMatch(/Ran out[^]*?Told: <bdi>/);
  expect(record).toMatch(/Clock paused[^]*?Because of: [^]*?What is left: \d+ working days[^]*?Goes on by itself on \d+/);
  expect(record).not.toContain('complainant was told');
  const beside = page.slice(page.indexOf('rc-clock--paused'));
  expect(beside).toMatch(/Paused since [^]*?Because of: [^]*?What is left: \d+ working days/);
  expect(page).toMatch(/<details[^]*?Clocks that have ended[^]*?<strong>Acknowledge<\/strong>[^]*?Done in time on \d+/);
});
