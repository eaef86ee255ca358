import { FindStuckCases, FireDeadline, MoveTracks, PerformAction, PublishProcedure, VerifyRecord } from '@recourse/cases';
import { findProcedureVersionByNumber } from '@recourse/persistence';
import { Given, testDatabase, type GivenCase } from '@recourse/testing';

/** A Monday, before work in Geneva. */
const MONDAY = new Date('2026-03-02T07:00:00Z');
const FRIDAY = new Date('2026-03-06T07:00:00Z');
const MAPPING = { text: 'stages: { screening: eligibility }\nclocks: { decide_admissibility: decide_eligibility }', fileName: 'move.yaml' };

const database = testDatabase();
let given: Given;
beforeAll(async () => {
  given = await Given.in(database, MONDAY);
  const shipped = await findProcedureVersionByNumber(given.owner.manager, 'remedy', 1);
  // The same rules, one stage and its clock under other names, and a clock the first version did not have.
  const text = (shipped?.document ?? '')
    .replace(/^version: 1$/m, 'version: 2')
    .replaceAll(/\bscreening\b(?=[:,\]\n])/g, 'eligibility')
    .replaceAll(/\bdecide_admissibility\b/g, 'decide_eligibility');
  const published = await new PublishProcedure(given.owner, given.institution.rules).run({ text, fileName: 'remedy.yaml', now: MONDAY });
  expect(published).toMatchObject({ ok: true, published: true, version: 2 });
}, 60_000);

function move(over: Partial<Parameters<MoveTracks['run']>[0]> = {}) {
  const input = { procedure: 'remedy', from: 1, to: 2, mapping: MAPPING, isPreview: false, now: FRIDAY };
  return new MoveTracks(given.owner, given.institution.rules).run({ ...input, ...over });
}

/** A case on the first version, though the second one is published: complaints begin on the newest. */
async function onFirstVersion(stage: string): Promise<GivenCase> {
  const back = {
    from: 2,
    to: 1,
    mapping: { text: 'stages: { eligibility: screening }\nclocks: { decide_eligibility: decide_admissibility }', fileName: 'back.yaml' },
  };
  const filed = await given.caseIn(stage, { now: MONDAY });
  expect(await move({ ...back, now: MONDAY })).toMatchObject({ ok: true, report: { failed: [] } });
  return filed;
}

async function clocksOf({ trackId }: GivenCase) {
  return given.owner.query<{ kind: string; stage: string; state: string; due: Date; next: Date | null; level: number }[]>(
    `SELECT kind, stage, state, due_at AS due, next_fire_at AS next, level FROM deadline WHERE track_id = $1 AND finished_at IS NULL ORDER BY kind`,
    [trackId],
  );
}

async function eventsOf({ trackId }: GivenCase, type: string) {
  return given.owner.query<{ payload: Record<string, unknown> }[]>(
    'SELECT payload FROM case_event WHERE track_id = $1 AND type = $2 ORDER BY seq',
    [trackId, type],
  );
}

describe('moving open tracks to another version', () => {
  it('is refused as a whole when a case would be nowhere, and for a version that nobody published', async () => {
    const filed = await onFirstVersion('screening');
    const before = await given.track(filed.reference);
    expect(await move({ mapping: { text: '{}', fileName: 'none' } })).toMatchObject({
      ok: false,
      code: 'invalid',
      problems: [{ code: 'moved_nowhere' }],
    });
    expect(await move({ to: 3 })).toEqual({ ok: false, code: 'unknown_version', version: 3 });
    expect(await move({ to: 1 })).toEqual({ ok: false, code: 'same_version' });
    expect(await given.track(filed.reference)).toEqual(before);
  });

  it('tells beforehand what it would do, and changes nothing', async () => {
    const filed = await onFirstVersion('screening');
    const [track, clocks] = [await given.track(filed.reference), await clocksOf(filed)];
    const told = await move({ isPreview: true });
    expect(told.ok && told.report.moved.find(({ reference }) => reference === filed.reference)).toMatchObject({
      from: 'screening',
      to: 'eligibility',
      carried: expect.arrayContaining(['decide_eligibility']) as unknown,
      ended: [],
    });
    expect(await given.track(filed.reference)).toEqual(track);
    expect(await clocksOf(filed)).toEqual(clocks);
  });

  it('keeps every promised day, is written in the record, and goes on under the new rules', async () => {
    const filed = await onFirstVersion('screening');
    const [track, clocks] = [await given.track(filed.reference), await clocksOf(filed)];
    expect(await move()).toMatchObject({ ok: true, report: { failed: [] } });
    const after = await given.track(filed.reference);
    expect(after).toMatchObject({ stage: 'eligibility', revision: track.revision + 1, nextDueAt: track.nextDueAt, closedAt: null });
    expect(after.procedureVersionId).not.toBe(track.procedureVersionId);
    const names = { decide_admissibility: 'decide_eligibility' } as Readonly<Record<string, string>>;
    const expected = clocks.map((clock) => ({
      ...clock,
      kind: names[clock.kind] ?? clock.kind,
      stage: clock.stage === 'screening' ? 'eligibility' : clock.stage,
    }));
    expect(await clocksOf(filed)).toEqual(expected.sort((one, other) => (one.kind < other.kind ? -1 : 1)));
    const payload = { procedure: 'remedy', fromVersion: 1, toVersion: 2, from: 'screening', to: 'eligibility' };
    expect((await eventsOf(filed, 'track_moved_to_version')).at(-1)?.payload).toEqual(payload);
    expect((await eventsOf(filed, 'clock_carried_over')).at(-1)?.payload).toMatchObject({
      clock: 'decide_eligibility',
      fromClock: 'decide_admissibility',
    });
    const stale = {
      actor: given.institution.officer,
      reference: filed.reference,
      track: filed.trackId,
      action: 'ask_for_information',
      inputs: {},
      message: 'Which gate?',
      now: FRIDAY,
    };
    const perform = new PerformAction(given.casework, given.institution.rules);
    expect(await perform.run({ ...stale, seenRevision: track.revision })).toMatchObject({ ok: false });
    expect(await perform.run({ ...stale, seenRevision: after.revision })).toMatchObject({ ok: true });
    const found = await new FindStuckCases(given.owner, given.institution.rules).run({ now: FRIDAY });
    expect(found.filter(({ reference }) => reference === filed.reference)).toEqual([]);
  });

  it('forgets no time that was given: not of what ended before, nor of what begins anew', async () => {
    const filed = await onFirstVersion('screening');
    const more = { action: 'take_more_time', reason: 'The site is closed.', message: 'It takes longer.', now: MONDAY };
    await given.performed(filed, more);
    await given.performed(filed, more);
    await given.performed(filed, { action: 'declare_admissible', reason: 'It is ours.', message: 'We look into it.', now: MONDAY });
    const back = `stages: { screening: eligibility, admissible: eligibility }\nclocks: { decide_admissibility: decide_eligibility }`;
    expect(await move({ mapping: { text: back, fileName: 'back.yaml' } })).toMatchObject({ ok: true, report: { failed: [] } });
    const clocks = await given.owner.query<{ state: string; extensions: number }[]>(
      `SELECT state, extensions FROM deadline WHERE track_id = $1 AND kind = 'decide_eligibility' ORDER BY started_at, id`,
      [filed.trackId],
    );
    expect(clocks).toEqual([
      { state: 'met', extensions: 2 },
      { state: 'running', extensions: 2 },
    ]);
    await expect(given.performed(filed, { ...more, now: FRIDAY })).rejects.toThrow('no_extension_left');
  });

  it('fires what is told next once, by the new rules', async () => {
    const filed = await onFirstVersion('screening');
    expect(await move()).toMatchObject({ ok: true });
    const [clock] = (await clocksOf(filed)).filter(({ kind }) => kind === 'decide_eligibility');
    const [row] = await given.owner.query<{ id: string }[]>('SELECT id FROM deadline WHERE track_id = $1 AND kind = $2', [
      filed.trackId,
      clock?.kind,
    ]);
    const now = clock?.due ?? FRIDAY;
    const fire = new FireDeadline(given.worker, given.institution.rules);
    const reports = await Promise.all([1, 2, 3].map(() => fire.run({ deadlineId: row?.id ?? '', now })));
    expect(reports.flatMap(({ fired }) => fired)).toHaveLength(1);
    expect(reports.flatMap(({ failed }) => failed)).toEqual([]);
  });

  it('is done once however many run it, leaves closed tracks alone, and can be run again', async () => {
    const cases = [await onFirstVersion('received'), await onFirstVersion('screening'), await onFirstVersion('waiting_for_information')];
    const done = await Promise.all([move(), move(), move()]);
    const moved = done.flatMap((result) => (result.ok ? result.report.moved.map(({ reference }) => reference) : []));
    for (const filed of cases) {
      expect(moved.filter((reference) => reference === filed.reference)).toHaveLength(1);
      const events = await eventsOf(filed, 'track_moved_to_version');
      expect(events.filter(({ payload }) => payload['toVersion'] === 2)).toHaveLength(1);
    }
    expect(await move()).toMatchObject({ ok: true, report: { moved: [], failed: [] } });
    const checked = await new VerifyRecord(given.owner).run();
    expect(checked).toMatchObject({ ok: true });
  });
});

describe('moving to a version that was proved for tracks that begin under it', () => {
  const sameCodes = { text: '{}', fileName: 'none' };
  let early: GivenCase;
  let later: GivenCase;
  let engaged: GivenCase;
  beforeAll(async () => {
    early = await onFirstVersion('received');
    later = await onFirstVersion('screening');
    engaged = await onFirstVersion('company_engaged');
    const shipped = await findProcedureVersionByNumber(given.owner.manager, 'remedy', 1);
    // Every closing asks for what is established in the first stage alone.
    const text = (shipped?.document ?? '')
      .replace(/^version: 1$/m, 'version: 3')
      .replace(/^facts:$/m, 'facts:\n  checked: { en: Checked, ar: فُحص }')
      .replace(/^ {2}acknowledge:$/m, '  acknowledge:\n    establishes: checked')
      .replaceAll(/^( {4}outcomes: .*)$/gm, '$1\n    guards: checked');
    const published = await new PublishProcedure(given.owner, given.institution.rules).run({ text, fileName: 'remedy.yaml', now: MONDAY });
    expect(published).toMatchObject({ ok: true, published: true, version: 3 });
  });

  const outcomeOf = (result: Awaited<ReturnType<typeof move>>) =>
    result.ok && {
      moved: result.report.moved.map(({ reference }) => reference),
      stuck: result.report.failed.map((one) => [one.reference, one.reason === 'no_way_out' ? one.stage : one.error]),
    };

  it('names those that nobody could close there, beforehand too, and leaves them where they are', async () => {
    const before = await given.track(later.reference);
    const stuck = [
      [later.reference, 'screening'],
      [engaged.reference, 'company_engaged'],
    ];
    const preview = outcomeOf(await move({ to: 3, mapping: sameCodes, isPreview: true }));
    expect(preview).toMatchObject({ moved: expect.arrayContaining([early.reference]) as unknown });
    expect(preview).toMatchObject({ stuck: expect.arrayContaining(stuck) as unknown });
    const moved = outcomeOf(await move({ to: 3, mapping: sameCodes }));
    expect(moved).toEqual(preview);
    expect(await given.track(later.reference)).toEqual(before);
    expect(await eventsOf(later, 'track_moved_to_version')).toHaveLength(1);
    const found = await new FindStuckCases(given.owner, given.institution.rules).run({ now: FRIDAY });
    expect(found.filter(({ kind }) => kind === 'track_without_way_out')).toEqual([]);
  });

  it('takes along what a fact that goes on under another code lets out', async () => {
    const mapping = { text: 'facts: { consent_to_notify_company: checked }', fileName: 'facts.yaml' };
    const moved = outcomeOf(await move({ to: 3, mapping }));
    expect(moved).toMatchObject({ moved: [engaged.reference] });
    expect(moved).toMatchObject({ stuck: expect.arrayContaining([[later.reference, 'screening']]) as unknown });
  });

  it('moves the cases of a team without anybody: that is no matter of the rules', async () => {
    const mapping = { text: 'stages: { screening: received }', fileName: 'back.yaml' };
    await given.owner.query(`UPDATE staff_member SET active = false WHERE role <> 'administrator'`);
    const preview = outcomeOf(await move({ to: 3, mapping, isPreview: true }));
    await given.owner.query('UPDATE staff_member SET active = true');
    expect(preview).toMatchObject({ moved: expect.arrayContaining([later.reference]) as unknown });
  });
});
