import { BoardRules, FireDeadline, ListBoard, OpenCase, OpenComplaintByReceipt, PerformAction, type ClockView } from '@recourse/cases';
import { Given, testDatabase, type GivenCase } from '@recourse/testing';

/** A Monday, before work in Geneva. */
const MONDAY = new Date('2026-03-02T07:00:00Z');
const FRIDAY = new Date('2026-03-06T07:00:00Z');

const database = testDatabase();
let given: Given;
beforeAll(async () => {
  given = await Given.in(database, MONDAY);
}, 60_000);

async function act(filed: GivenCase, action: string, now: Date) {
  const { revision } = await given.track(filed.reference);
  const words = { reason: 'The court of the district decides first.', message: 'We wait for the court.' };
  return new PerformAction(given.casework, given.institution.rules).run({
    actor: given.institution.officer,
    reference: filed.reference,
    track: filed.trackId,
    action,
    seenRevision: revision,
    inputs: {},
    ...(action === 'continue_after_pause' ? {} : words),
    ...(action === 'ask_for_information' ? { reason: '' } : {}),
    ...(action === 'continue_without_answer' ? { message: '' } : {}),
    now,
  });
}

async function clock({ reference }: GivenCase, now: Date): Promise<ClockView> {
  const opened = await new OpenCase(given.casework, given.institution.rules).run({ actor: given.institution.officer, reference, now });
  const found = opened.ok ? opened.view.tracks[0]?.clocks.find(({ kind }) => kind === 'decide_admissibility') : undefined;
  if (found === undefined) throw new Error('no such clock');
  return found;
}

async function complainantSees({ receipt }: GivenCase) {
  const shown = await new OpenComplaintByReceipt(given.intake, given.institution.secrets, given.institution.rules).run({
    digits: receipt,
    now: new Date(),
  });
  const track = shown.ok ? shown.view.tracks[0] : undefined;
  return { paused: track?.paused, on: track?.pausedUntilOn ?? track?.nextDueOn };
}

describe('a clock that is paused for a reason', () => {
  it('shows everybody until when, and goes on with what remained when an officer says so', async () => {
    const filed = await given.caseIn('screening', { now: MONDAY });
    const before = await clock(filed, MONDAY);
    expect(await act(filed, 'pause_for_other_proceedings', MONDAY)).toMatchObject({ ok: true });
    expect(await clock(filed, MONDAY)).toMatchObject({ state: 'paused', pausedUntilOn: '2026-09-02' });
    expect(await complainantSees(filed)).toEqual({ paused: true, on: '2026-09-02' });
    expect(await act(filed, 'pause_for_other_proceedings', MONDAY)).toMatchObject({ ok: false, refusal: { code: 'clock_not_running' } });
    expect(await act(filed, 'continue_after_pause', FRIDAY)).toMatchObject({ ok: true });
    const after = await clock(filed, FRIDAY);
    expect(after.state).toBe('running');
    expect(after.dueAt.getTime()).toBeGreaterThan(before.dueAt.getTime());
    expect(await complainantSees(filed)).toEqual({ paused: false, on: after.dueOn });
  });

  it('goes on by itself when its pause is over, once, whoever sweeps', async () => {
    const filed = await given.caseIn('screening', { now: MONDAY });
    await act(filed, 'pause_for_other_proceedings', MONDAY);
    const fire = new FireDeadline(given.worker, given.institution.rules);
    const { id } = await clock(filed, MONDAY);
    const early = new Date('2026-09-02T21:00:00Z');
    expect(await fire.run({ deadlineId: id, now: early })).toEqual({ fired: [], failed: [] });
    const over = new Date('2026-09-03T07:00:00Z');
    const reports = await Promise.all([1, 2, 3, 4].map(() => fire.run({ deadlineId: id, now: over })));
    expect(reports.flatMap(({ fired }) => fired)).toMatchObject([{ deadlineId: id, told: 0 }]);
    expect(await clock(filed, over)).toMatchObject({ state: 'running' });
    const [row] = await given.owner.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM case_event WHERE track_id = $1 AND type = 'clock_resumed'`,
      [filed.trackId],
    );
    expect(row?.count).toBe(1);
  });

  it('keeps its pause and its extensions when a question is asked meanwhile, and waits on for the answer when its pause is over', async () => {
    const filed = await given.caseIn('screening', { now: MONDAY });
    await act(filed, 'take_more_time', MONDAY);
    await act(filed, 'pause_for_other_proceedings', MONDAY);
    const { id } = await clock(filed, MONDAY);
    expect(await act(filed, 'ask_for_information', MONDAY)).toMatchObject({ ok: true });
    expect(await clock(filed, MONDAY)).toMatchObject({ id, state: 'paused', extensions: 1, pausedUntilOn: '2026-09-02' });
    const over = new Date('2026-09-03T07:00:00Z');
    const fire = new FireDeadline(given.worker, given.institution.rules);
    expect((await fire.run({ deadlineId: id, now: over })).fired).toMatchObject([{ deadlineId: id, told: 0 }]);
    const waiting = await clock(filed, over);
    expect(waiting).toMatchObject({ id, state: 'paused' });
    expect(waiting.pausedUntilOn).toBeUndefined();
    expect(await act(filed, 'continue_without_answer', over)).toMatchObject({ ok: true });
    expect(await clock(filed, over)).toMatchObject({ id, state: 'running', extensions: 1 });
    const events = await given.owner.query<{ type: string }[]>(
      `SELECT type FROM case_event WHERE payload ->> 'deadlineId' = $1 ORDER BY seq`,
      [id],
    );
    expect(events.map(({ type }) => type)).toEqual([
      'clock_started',
      'clock_extended',
      'clock_paused',
      'clock_kept_waiting',
      'clock_resumed',
    ]);
  });
});

describe('a clock that is given more time', () => {
  it('ends later, twice at most, and each time a holding letter goes out', async () => {
    const filed = await given.caseIn('screening', { now: MONDAY });
    const [first] = [await clock(filed, MONDAY)];
    expect(await act(filed, 'take_more_time', MONDAY)).toMatchObject({ ok: true });
    const longer = await clock(filed, MONDAY);
    expect(longer).toMatchObject({ state: 'running', extensions: 1 });
    expect(longer.dueAt.getTime()).toBeGreaterThan(first.dueAt.getTime());
    expect(await complainantSees(filed)).toEqual({ paused: false, on: longer.dueOn });
    expect(await act(filed, 'take_more_time', FRIDAY)).toMatchObject({ ok: true });
    expect(await act(filed, 'take_more_time', FRIDAY)).toMatchObject({ ok: false, refusal: { code: 'no_extension_left' } });
    const [row] = await given.owner.query<{ letters: number; events: number }[]>(
      `SELECT (SELECT count(*)::int FROM message m JOIN track t ON t.case_id = m.case_id WHERE t.id = $1 AND m.sent_at >= $2) AS letters,
              (SELECT count(*)::int FROM case_event WHERE track_id = $1 AND type = 'clock_extended') AS events`,
      [filed.trackId, MONDAY],
    );
    expect(row?.events).toBe(2);
    expect(row?.letters).toBeGreaterThanOrEqual(2);
  });

  it('was missed all the same when it had run out before: on the case, on the board, in the record, and at its end', async () => {
    const filed = await given.caseIn('screening', { now: MONDAY });
    const { id, dueAt, dueOn } = await clock(filed, MONDAY);
    const late = new Date(dueAt.getTime() + 3 * 24 * 3_600_000);
    expect(await act(filed, 'take_more_time', late)).toMatchObject({ ok: true });
    expect(await clock(filed, late)).toMatchObject({ state: 'running', isLate: false, extensions: 1, missedOn: dueOn });
    const board = new ListBoard(given.casework, given.institution.rules, new BoardRules(30));
    const { supervisor } = given.institution;
    const inTime = new Date((await clock(filed, late)).dueAt.getTime() - 3_600_000);
    const { items } = await board.run({ actor: supervisor, part: 'coming', limit: 200, now: inTime });
    expect(items.find(({ reference }) => reference === filed.reference)?.due).toMatchObject({ missedOn: dueOn, isLate: false });
    expect(await act(filed, 'declare_admissible', inTime)).toMatchObject({ ok: true });
    expect(await clock(filed, inTime)).toMatchObject({ id, state: 'missed_met', missedOn: dueOn });
    const [met] = await given.owner.query<{ payload: unknown }[]>(
      `SELECT payload FROM case_event WHERE type = 'clock_met' AND payload ->> 'deadlineId' = $1`,
      [id],
    );
    expect(met?.payload).toMatchObject({ late: true });
    const lying = given.owner.query(`UPDATE deadline SET state = 'met' WHERE id = $1`, [id]);
    await expect(lying).rejects.toThrow('deadline_missed_ck');
  });

  it('warns and runs out again when it had run out before', async () => {
    const filed = await given.caseIn('screening', { now: MONDAY });
    const { id, dueAt } = await clock(filed, MONDAY);
    const fire = new FireDeadline(given.worker, given.institution.rules);
    await fire.run({ deadlineId: id, now: dueAt });
    const afterwards = new Date(dueAt.getTime() + 1000);
    expect(await act(filed, 'take_more_time', afterwards)).toMatchObject({ ok: true });
    const again = await clock(filed, afterwards);
    const { fired } = await fire.run({ deadlineId: id, now: again.dueAt });
    expect(fired).toMatchObject([{ kinds: ['warning', 'warning', 'due'], told: 1 }]);
    const [row] = await given.owner.query<{ count: number }[]>(
      `SELECT count(DISTINCT n.id)::int AS count FROM notification n JOIN track t ON t.case_id = n.case_id WHERE t.id = $1 AND n.kind LIKE 'staff_clock%'`,
      [filed.trackId],
    );
    expect(row?.count).toBe(2);
  });
});
