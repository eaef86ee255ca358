import { FireDeadline, PerformAction } from '@recourse/cases';
import type { TrackAnswer } from '../api/answers/track.answer';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

/** A case in screening that was given more time, was forgotten over two warnings and its end, and then paused for a court. */
async function lived(onceMore: readonly string[] = []): Promise<string> {
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
      ...(action === 'continue_after_pause' ? {} : { message: 'We wait for the court.' }),
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
  for (const action of onceMore) expect(await act(action, afterwards)).toMatchObject({ ok: true });
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

it('a clock says each time that it was paused, and the case what belongs to other stages', async () => {
  const reference = await lived(['continue_after_pause', 'pause_for_other_proceedings', 'continue_after_pause']);
  const colleague = await Colleague.signedIn(rooms());
  const page = (await colleague.open(`/cases/${reference}`)).text;
  const clock = page.slice(page.indexOf('class="rc-clock'), page.indexOf('Clocks that have ended'));
  expect(clock.match(/Was paused from \d+ \w+ \d{4} to \d+ \w+ \d{4} Because of: /g)).toHaveLength(2);
  expect(clock).not.toContain('Paused since');
  expect(page).toMatch(/What can be done in other stages[^]*?<strong>Acknowledge<\/strong><br>In: Received/);
  const { body } = (await colleague.open(`/api/v1/cases/${reference}`)) as { body: { tracks: readonly TrackAnswer[] } };
  const paused = body.tracks[0]!.clocks.find(({ kind }) => kind === 'decide_admissibility')!.pauses;
  expect(paused).toHaveLength(2);
  expect(paused[0]).toMatchObject({ reasonName: { en: expect.any(String) as string } });
  expect(body.tracks[0]!.laterActions).toContainEqual(
    expect.objectContaining({ code: 'acknowledge', stages: [expect.objectContaining({ code: 'received' })] }),
  );
});
