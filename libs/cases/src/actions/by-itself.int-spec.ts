import { FireDeadline, PerformAction, PublishProcedure, TakeTriggeredAction, type PerformActionInput } from '@recourse/cases';
import type { TopicPayloads } from '@recourse/messaging';
import { Given, testDatabase, type GivenCase, said } from '@recourse/testing';

/** A Monday, before work in Geneva. */
const MONDAY = new Date('2026-03-02T07:00:00Z');

const stage = (code: string, rest: string) => `
  ${code}:
    staffName: ${said(code)}
    publicName: ${said(code)}
    publicMeaning: ${said(code)}
    publicNext: ${said(code)}
    ${rest}`;
const clock = (code: string) =>
  `clocks: { ${code}: { name: ${said(code)}, within: 5 working_days, ladder: [{ after: 1 working_day, tell: director }] } }`;

/** Everything that the software does by itself, under the code of the procedure that new complaints begin on. */
const DOCUMENT = `procedure: remedy
version: 2
title: ${said('By itself')}
languages: [en]
calendar: geneva
initial: received
facts: { urgent: ${said('It is urgent')} }
clocks:
  whole: { name: ${said('whole')}, within: 3 months, startsOn: track_opened, pausesIn: reminded, ladder: [{ after: 1 working_day, tell: director }] }
  handled: { name: ${said('handled')}, within: 3 months, startsOn: track_opened, pausesIn: received, ladder: [{ after: 1 working_day, tell: director }] }
  answered: { name: ${said('answered')}, within: 1 month, startsOn: remind, pausesIn: reminded, ladder: [{ after: 1 working_day, tell: director }] }
outcomes: { done: { staffName: ${said('Done')}, publicName: ${said('Done')} } }
stages:${stage('received', clock('look'))}${stage('sorted', clock('sort'))}${stage('rushed', clock('rush'))}${stage('calm', clock('wait'))}${stage('reminded', clock('remind'))}${stage('over', 'end: true')}
actions:
  mark_urgent: { name: ${said('Mark')}, from: received, to: same, roles: officer, establishes: urgent }
  sort: { name: ${said('Sort')}, from: received, to: sorted, roles: officer }
  rush: { name: ${said('Rush')}, from: sorted, to: rushed, roles: system, trigger: stage_entered, guards: urgent }
  calm_down: { name: ${said('Calm')}, from: sorted, to: calm, roles: system, trigger: stage_entered, guards: not_urgent }
  remind: { name: ${said('Remind')}, from: calm, to: reminded, roles: system, trigger: clock_ran_out, onClock: wait }
  look_elsewhere: { name: ${said('Look elsewhere')}, from: calm, to: same, roles: officer, opens: remedy, tellsStaff: director }
  note_late: { name: ${said('Late')}, from: rushed, to: same, roles: system, trigger: clock_ran_out, onClock: rush, establishes: urgent }
  give_time:
    { name: ${said('Time')}, from: rushed, to: same, roles: officer, reason: required, message: required, changesClocks: { rush: { extend: 2 working_days, times: 1 } } }
  go_on: { name: ${said('Go on')}, from: calm, to: rushed, roles: system, trigger: sub_track_closed, guards: no_open_sub_track }
  finish: { name: ${said('Finish')}, from: [received, sorted, rushed, calm, reminded], to: over, roles: officer, outcomes: done, guards: no_open_sub_track }
`;

const database = testDatabase();
let given: Given;
beforeAll(async () => {
  given = await Given.in(database, MONDAY);
  const published = await new PublishProcedure(given.owner, given.institution.rules).run({
    text: DOCUMENT,
    fileName: 'remedy.yaml',
    now: MONDAY,
  });
  expect(published).toMatchObject({ ok: true, published: true, version: 2 });
}, 60_000);

function act(
  { reference, trackId }: Pick<GivenCase, 'reference' | 'trackId'>,
  action: string,
  seenRevision: number,
  over: Partial<PerformActionInput> = {},
) {
  const actor = given.institution.officer;
  const input = { actor, reference, track: trackId, action, seenRevision, inputs: {}, now: MONDAY, ...over };
  return new PerformAction(given.casework, given.institution.rules).run(input);
}

/** Hands the worker what the transactions asked for, as the outbox does. */
async function worker(topic: 'track_triggered', { reference }: GivenCase): Promise<number> {
  const rows = await given.owner.query<{ id: string; payload: TopicPayloads['track_triggered']; at: Date }[]>(
    `SELECT o.id, o.payload, o.created_at AS at FROM outbox_message o JOIN case_file f ON f.id::text = o.payload ->> 'caseId'
     WHERE o.topic = $1 AND f.reference = $2 ORDER BY o.created_at`,
    [topic, reference],
  );
  let moved = 0;
  for (const { id, payload, at } of rows) {
    const { deadlineId, dueAt, ...rest } = payload;
    const deadline = deadlineId === undefined || dueAt === undefined ? {} : { deadline: { id: deadlineId, dueAt: new Date(dueAt) } };
    const input = { ...rest, ...deadline, happenedAt: at, cause: id, now: at };
    moved += (await new TakeTriggeredAction(given.worker, given.institution.rules).run(input)).eventIds.length;
  }
  return moved;
}

async function tracks({ reference }: GivenCase) {
  return given.owner.query<{ id: string; stage: string; revision: number; parent: string | null }[]>(
    `SELECT t.id, t.stage, t.revision, t.parent_track_id AS parent FROM track t JOIN case_file f ON f.id = t.case_id
     WHERE f.reference = $1 ORDER BY t.opened_at, t.id`,
    [reference],
  );
}

describe('a clock that begins where it waits', () => {
  it('waits from the beginning, with all of its time left, and goes on when the track leaves', async () => {
    const filed = await given.filed({ now: MONDAY });
    const read = async () => {
      const [row] = await given.owner.query<{ state: string; due: Date; reason: string | null; next: Date | null; events: string[] }[]>(
        `SELECT d.state, d.due_at AS due, d.pause_reason_code AS reason, d.next_fire_at AS next,
                (SELECT array_agg(e.type ORDER BY e.seq) FROM case_event e WHERE e.payload ->> 'deadlineId' = d.id::text) AS events
         FROM deadline d WHERE d.track_id = $1 AND d.kind = 'handled'`,
        [filed.trackId],
      );
      return row!;
    };
    const waiting = await read();
    expect(waiting).toMatchObject({ state: 'paused', reason: 'track_opened', next: null, events: ['clock_started', 'clock_paused'] });
    await act(filed, 'sort', 1);
    expect(await read()).toMatchObject({ state: 'running', due: waiting.due, events: ['clock_started', 'clock_paused', 'clock_resumed'] });
  });
});

describe('what the software does by itself', () => {
  it('on entering a stage follows in the same step, as the facts say', async () => {
    const calm = await given.filed({ now: MONDAY });
    const sorted = await act(calm, 'sort', 1);
    expect(sorted).toMatchObject({ ok: true, stage: 'calm', revision: 3 });
    const urgent = await given.filed({ now: MONDAY });
    await act(urgent, 'mark_urgent', 1);
    expect(await act(urgent, 'sort', 2)).toMatchObject({ ok: true, stage: 'rushed', revision: 4 });
    const own = await given.owner.query<{ action: string; kind: string }[]>(
      `SELECT payload ->> 'action' AS action, actor_kind AS kind FROM case_event WHERE id = $1`,
      [sorted.ok ? sorted.eventId : ''],
    );
    // The answer names what the person did, not what followed.
    expect(own).toEqual([{ action: 'sort', kind: 'staff' }]);
  });

  it('when a clock has run out is done once by the worker, and clocks across stages wait where they should', async () => {
    const filed = await given.filed({ now: MONDAY });
    await act(filed, 'sort', 1);
    const [wait] = await given.owner.query<{ id: string; due: Date }[]>(
      `SELECT id, due_at AS due FROM deadline WHERE track_id = $1 AND kind = 'wait'`,
      [filed.trackId],
    );
    const { fired } = await new FireDeadline(given.worker, given.institution.rules).run({ deadlineId: wait!.id, now: wait!.due });
    expect(fired).toHaveLength(1);
    expect(await worker('track_triggered', filed)).toBe(1);
    expect(await worker('track_triggered', filed)).toBe(0);
    expect(await tracks(filed)).toMatchObject([{ stage: 'reminded' }]);
    const clocks = await given.owner.query(
      `SELECT kind, state FROM deadline WHERE track_id = $1 AND state IN ('running', 'paused') ORDER BY kind`,
      [filed.trackId],
    );
    expect(clocks).toEqual([
      { kind: 'answered', state: 'paused' },
      { kind: 'handled', state: 'running' },
      { kind: 'remind', state: 'running' },
      { kind: 'whole', state: 'paused' },
    ]);
  });

  /** Rushed since Monday, and its clock has run out. */
  async function ranOut(): Promise<GivenCase> {
    const filed = await given.filed({ now: MONDAY });
    await act(filed, 'mark_urgent', 1);
    await act(filed, 'sort', 2);
    const [rush] = await given.owner.query<{ id: string; due: Date }[]>(
      `SELECT id, due_at AS due FROM deadline WHERE track_id = $1 AND kind = 'rush'`,
      [filed.trackId],
    );
    await new FireDeadline(given.worker, given.institution.rules).run({ deadlineId: rush!.id, now: rush!.due });
    return filed;
  }

  it('when a clock has run out is done once, also where the track stays in its stage', async () => {
    const filed = await ranOut();
    expect(await worker('track_triggered', filed)).toBe(1);
    expect(await worker('track_triggered', filed)).toBe(0);
  });

  it('when a clock has run out is not done where a person gave more time before the worker came to it', async () => {
    const filed = await ranOut();
    const words = { reason: 'The clinic answers on Friday.', message: 'You will hear from us on Friday.' };
    expect(await act(filed, 'give_time', 4, words)).toMatchObject({ ok: true });
    expect(await worker('track_triggered', filed)).toBe(0);
  });

  it('when a track that this one opened is over goes on here; until then the case cannot be finished', async () => {
    const filed = await given.filed({ now: MONDAY });
    await act(filed, 'sort', 1);
    expect(await act(filed, 'look_elsewhere', 3)).toMatchObject({ ok: true, stage: 'calm', revision: 4 });
    const [, sub] = await tracks(filed);
    expect(sub).toMatchObject({ stage: 'received', revision: 1, parent: filed.trackId });
    expect(await act(filed, 'finish', 4)).toMatchObject({ ok: false, refusal: { code: 'guard_failed', guard: 'no_open_sub_track' } });
    expect(await act({ ...filed, trackId: sub!.id }, 'finish', 1)).toMatchObject({ ok: true, stage: 'over' });
    expect(await worker('track_triggered', filed)).toBe(1);
    expect(await tracks(filed)).toMatchObject([{ stage: 'rushed' }, { stage: 'over' }]);
    expect(await act(filed, 'finish', 5)).toMatchObject({ ok: true, stage: 'over' });
  });

  it('tells the staff whom the action names', async () => {
    const filed = await given.filed({ now: MONDAY });
    await act(filed, 'sort', 1);
    await act(filed, 'look_elsewhere', 3);
    const rows = await given.owner.query<{ action: string; by: string }[]>(
      `SELECT payload ->> 'action' AS action, payload ->> 'takenBy' AS by FROM outbox_message WHERE topic = 'action_taken' AND payload ->> 'trackId' = $1`,
      [filed.trackId],
    );
    expect(rows).toEqual([{ action: 'look_elsewhere', by: given.institution.officer.staffId }]);
  });
});
