import { randomUUID } from 'node:crypto';
import {
  OpenCase,
  PerformAction,
  TakeTriggeredAction,
  type CaseView,
  type PerformActionInput,
  type PerformActionResult,
} from '@recourse/cases';
import { Given, testDatabase, type GivenCase } from '@recourse/testing';

const database = testDatabase();
let given: Given;

beforeAll(async () => {
  given = await Given.in(database);
}, 60_000);

function perform(filed: GivenCase, over: Partial<PerformActionInput> = {}): Promise<PerformActionResult> {
  return new PerformAction(given.casework, given.institution.rules).run({
    actor: given.institution.officer,
    reference: filed.reference,
    track: filed.trackId,
    action: 'acknowledge',
    seenRevision: 1,
    inputs: {},
    now: new Date(),
    ...over,
  });
}

async function open({ reference }: GivenCase): Promise<CaseView> {
  const opened = await new OpenCase(given.casework, given.institution.rules).run({
    actor: given.institution.officer,
    reference,
    now: new Date(),
  });
  if (!opened.ok) throw new Error('not opened');
  return opened.view;
}

async function countOf(sql: string, params: unknown[]): Promise<number> {
  const [row] = await given.owner.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${sql}`, params);
  return row?.n ?? -1;
}

describe('twenty officers take the same action at once', () => {
  it('is one event, one outbox row for the complainant and nineteen refusals', async () => {
    const filed = await given.filed();
    // Connected beforehand: otherwise the first is done before the second has connected, and nothing is concurrent.
    const runners = Array.from({ length: 20 }, () => given.casework.createQueryRunner());
    await Promise.all(runners.map((runner) => runner.connect()));
    await Promise.all(runners.map((runner) => runner.release()));
    const message = 'We have read your complaint.';
    const results = await Promise.all(Array.from({ length: 20 }, () => perform(filed, { message })));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const refusals = results.flatMap((result) => (result.ok ? [] : [result.refusal]));
    expect(refusals).toEqual(Array.from({ length: 19 }, () => ({ code: 'stale', stage: 'acknowledged', revision: 2 })));
    expect(await countOf(`case_event WHERE track_id = $1 AND type = 'action_performed'`, [filed.trackId])).toBe(1);
    expect(await countOf('message WHERE case_id = (SELECT case_id FROM track WHERE id = $1)', [filed.trackId])).toBe(1);
    const outbox = `outbox_message WHERE topic IN ('message_sent', 'complainant_to_be_told')
      AND payload->>'caseId' = (SELECT case_id::text FROM track WHERE id = $1)`;
    expect(await countOf(outbox, [filed.trackId])).toBe(1);
  });
});

describe('what the procedure and the form say', () => {
  it.each([
    ['an action that does not exist', { action: 'abolish' }, { code: 'unknown_action' }],
    ['an action of another stage', { action: 'declare_admissible' }, { code: 'wrong_stage' }],
    ['a revision that has passed', { seenRevision: 7 }, { code: 'stale', stage: 'received', revision: 1 }],
    ['a track of no case', { track: '00000000-0000-7000-8000-000000000000' }, { code: 'not_found' }],
    ['a track that is no id', { track: "1' OR true --" }, { code: 'not_found' }],
    ['a reference of no case', { reference: 'RC-00000-00000' }, { code: 'not_found' }],
  ])('refuses %s', async (_, over, refusal) => {
    const filed = await given.filed();
    expect(await perform(filed, over)).toEqual({ ok: false, refusal });
  });

  it('refuses a role that the action is not for, and a guard that does not hold, by name', async () => {
    const filed = await given.caseIn('admissible');
    const { revision } = await given.track(filed.reference);
    const close = { action: 'close_unanswered', seenRevision: revision, reason: 'x', message: 'x' };
    expect(await perform(filed, close)).toEqual({ ok: false, refusal: { code: 'role_not_allowed' } });
    const engage = { action: 'engage_company', seenRevision: revision, inputs: { way: 'mediation', told: 'x' } };
    expect(await perform(filed, engage)).toMatchObject({ ok: false, refusal: { code: 'guard_failed', guard: 'company_named' } });
  });

  it('lists every field that is missing or wrong, and changes nothing', async () => {
    const filed = await given.caseIn('screening');
    const { revision } = await given.track(filed.reference);
    const refused = await perform(filed, {
      action: 'refuse_and_refer',
      seenRevision: revision,
      outcome: 'remedied',
      inputs: { referred_to: 'the moon', surprise: 'x' },
    });
    expect(refused).toMatchObject({
      ok: false,
      refusal: {
        code: 'input_invalid',
        problems: expect.arrayContaining([
          { field: 'referred_to', code: 'not_a_choice' },
          { field: 'surprise', code: 'unknown_field' },
          { field: 'reason', code: 'missing' },
          { field: 'message', code: 'missing' },
          { field: 'outcome', code: 'not_a_choice' },
        ]) as unknown,
      },
    });
    const company = await perform(filed, { action: 'name_company', seenRevision: revision, inputs: { company: 'nobody' } });
    expect(company).toMatchObject({ ok: false, refusal: { problems: [{ field: 'company', code: 'not_a_company' }] } });
    expect((await given.track(filed.reference)).revision).toBe(revision);
  });
});

describe('an action that was taken', () => {
  it('is in the record with its reason sealed, and opens for the team', async () => {
    const filed = await given.caseIn('admissible');
    const events = await given.owner.query<{ payload: object; sealed: Buffer | null }[]>(
      `SELECT payload, sealed_payload AS sealed FROM case_event WHERE track_id = $1 AND type = 'action_performed' ORDER BY seq DESC LIMIT 1`,
      [filed.trackId],
    );
    expect(events[0]?.payload).toMatchObject({ action: 'declare_admissible', from: 'screening', to: 'admissible' });
    expect(JSON.stringify(events[0]?.payload)).not.toContain('mandate');
    expect(events[0]?.sealed).toBeInstanceOf(Buffer);
    const entry = (await open(filed)).timeline.filter(({ type }) => type === 'action_performed').at(-1);
    expect(entry).toMatchObject({ reason: 'Within the mandate.', actor: { displayName: 'The officer' } });
  });

  it('establishes the company of the case and keeps what the complainant said about it', async () => {
    const filed = await given.filed();
    await given.performed(filed, { action: 'name_company', inputs: { company: given.institution.companyId } });
    const view = await open(filed);
    expect(view.company?.name).toBe('Lantern Guarding (invented)');
    expect(view.parties.filter(({ role }) => role === 'respondent')).toMatchObject([
      { name: 'Blue caps, no badge' },
      { company: { id: given.institution.companyId } },
    ]);
  });

  it('meets the clock of the stage it leaves, in time or late, and starts the next', async () => {
    const filed = await given.filed({ now: new Date(Date.now() - 30 * 24 * 3_600_000) });
    await given.performed(filed, { action: 'acknowledge' });
    const { clocks } = (await open(filed)).tracks[0] ?? { clocks: [] };
    expect(clocks.map(({ kind, state }) => [kind, state])).toEqual([
      ['acknowledge', 'missed_met'],
      ['begin_screening', 'running'],
    ]);
    expect((await given.track(filed.reference)).nextDueAt?.getTime()).toBe(clocks[1]?.dueAt.getTime());
  });

  it('closes the track with its outcome and leaves no clock running', async () => {
    const filed = await given.caseIn('closed');
    const track = (await open(filed)).tracks[0];
    expect(track).toMatchObject({ closed: true, outcome: 'remedied', outcomeName: { en: 'Remedied' }, actions: [] });
    expect(track?.clocks.filter(({ state }) => state === 'running' || state === 'paused')).toEqual([]);
    expect(await perform(filed, { action: 'withdraw', seenRevision: track?.revision ?? 0 })).toMatchObject({ refusal: { code: 'closed' } });
  });
});

describe('a case in each stage', () => {
  it.each([
    'received',
    'acknowledged',
    'screening',
    'waiting_for_information',
    'admissible',
    'company_engaged',
    'agreed',
    'closed',
    'refused_and_referred',
    'withdrawn',
  ])('can be given: %s', async (stage) => {
    const filed = await given.caseIn(stage);
    const track = await given.track(filed.reference);
    expect(track.stage).toBe(stage);
    // No case is ever forgotten: an open track has a clock that runs.
    const clocks = await countOf(`deadline WHERE track_id = $1 AND state = 'running'`, [track.id]);
    expect(clocks > 0).toBe(track.closedAt === null);
  });
});

describe('a track that waits for the complainant', () => {
  it('goes on by itself when they wrote after it began to wait, once, and its clock resumes', async () => {
    const asked = new Date(Date.now() - 60_000);
    const filed = await given.caseIn('waiting_for_information', { now: asked });
    const { caseId } = await given.track(filed.reference);
    const take = new TakeTriggeredAction(given.worker, given.institution.rules);
    const before = {
      caseId,
      trigger: 'complainant_wrote',
      happenedAt: new Date(asked.getTime() - 1),
      cause: randomUUID(),
      now: new Date(),
    } as const;
    expect(await take.run(before)).toEqual({ eventIds: [] });
    const after = { ...before, happenedAt: new Date() };
    const results = await Promise.all([take.run(after), take.run(after), take.run(after)]);
    expect(results.flatMap(({ eventIds }) => eventIds)).toHaveLength(1);
    const track = (await open(filed)).tracks[0];
    expect(track?.stage).toBe('screening');
    expect(track?.clocks.map(({ kind, state }) => [kind, state])).toEqual([
      ['acknowledge', 'met'],
      ['begin_screening', 'met'],
      ['decide_admissibility', 'running'],
      ['await_answer', 'met'],
    ]);
  });
});
