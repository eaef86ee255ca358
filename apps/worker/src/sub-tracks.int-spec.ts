import type { INestApplication } from '@nestjs/common';
import { FindStuckCases, PerformAction, PublishProcedure, VerifyRecord, type PerformActionInput } from '@recourse/cases';
import { describeOnBothBackends, Given, waitFor, type GivenCase, said } from '@recourse/testing';

import { MailServer } from '../test-support/mail-server';
import { startWorker } from '../test-support/start-worker';

const DAY = 24 * 3_600_000;

const stage = (code: string, rest: string) => `
  ${code}: { staffName: ${said(code)}, publicName: ${said(code)}, publicMeaning: ${said(code)}, publicNext: ${said(code)}, ${rest} }`;
const clock = (code: string, within: string) =>
  `clocks: { ${code}: { name: ${said(code)}, within: ${within}, ladder: [{ after: 1 working_day, tell: supervisor }, { after: 3 working_days, tell: director }] } }`;

/** An independent person looks again. Notes by itself that it takes too long. */
const APPEAL = `procedure: appeal
version: 1
title: ${said('Appeal')}
languages: [en]
calendar: geneva
initial: lodged
facts: { overdue: ${said('The hearing is overdue')} }
outcomes: { upheld: { staffName: ${said('Upheld')}, publicName: ${said('Upheld')} } }
stages:${stage('lodged', clock('hear', '5 working_days'))}${stage('heard', 'end: true')}
actions:
  note_overdue:
    { name: ${said('Note')}, from: lodged, to: same, roles: system, trigger: clock_ran_out, onClock: hear, guards: not_overdue, establishes: overdue }
  decide: { name: ${said('Decide')}, from: lodged, to: heard, roles: officer, outcomes: upheld }
`;

/** Opens an appeal and waits for it; when it is over it goes on by itself, and faster where it had to wait too long. */
const COMPLAINT = `procedure: remedy
version: 2
title: ${said('Complaint with an appeal')}
languages: [en]
calendar: geneva
initial: received
facts: { waited_long: ${said('The appeal took too long')} }
outcomes: { done: { staffName: ${said('Done')}, publicName: ${said('Done')} } }
stages:${stage('received', clock('look', '5 working_days'))}${stage('appealed', clock('await_appeal', '10 working_days'))}${stage('decided', clock('carry_out', '20 working_days'))}${stage('urgent', clock('hurry', '2 working_days'))}${stage('over', 'end: true')}
actions:
  open_appeal: { name: ${said('Appeal')}, from: received, to: appealed, roles: officer, opens: appeal }
  note_long_wait:
    { name: ${said('Note')}, from: appealed, to: same, roles: system, trigger: clock_ran_out, onClock: await_appeal, guards: not_waited_long, establishes: waited_long }
  go_on: { name: ${said('Go on')}, from: appealed, to: decided, roles: system, trigger: sub_track_closed, guards: no_open_sub_track }
  hurry_up: { name: ${said('Hurry')}, from: decided, to: urgent, roles: system, trigger: stage_entered, guards: waited_long }
  stop_waiting: { name: ${said('Stop')}, from: appealed, to: decided, roles: officer, reason: required }
  finish: { name: ${said('Finish')}, from: [received, appealed, decided, urgent], to: over, roles: officer, outcomes: done, guards: no_open_sub_track }
`;

describeOnBothBackends('a track that opens an appeal and waits for it, with two workers', (backend) => {
  let given: Given;
  let mail: MailServer;
  const workers: INestApplication[] = [];

  beforeAll(async () => {
    given = await Given.in(backend().database);
    for (const [fileName, text] of [
      ['appeal.yaml', APPEAL],
      ['complaint.yaml', COMPLAINT],
    ] as const) {
      const published = await new PublishProcedure(given.owner, given.institution.rules).run({ text, fileName, now: new Date() });
      expect(published).toMatchObject({ ok: true, published: true });
    }
    mail = new MailServer();
    const smtpUrl = await mail.start();
    workers.push(await startWorker(backend(), given, smtpUrl), await startWorker(backend(), given, smtpUrl));
  }, 60_000);
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await mail.stop();
  }, 30_000);

  const act = (
    filed: GivenCase,
    action: string,
    track: { readonly id: string; readonly revision: number },
    over: Partial<PerformActionInput> = {},
  ) =>
    new PerformAction(given.casework, given.institution.rules).run({
      actor: given.institution.officer,
      reference: filed.reference,
      track: track.id,
      action,
      seenRevision: track.revision,
      inputs: {},
      now: new Date(),
      ...over,
    });
  const tracksOf = ({ reference }: GivenCase) =>
    given.owner.query<{ id: string; stage: string; revision: number; closed: boolean; parent: string | null }[]>(
      `SELECT t.id, t.stage, t.revision, t.closed_at IS NOT NULL AS closed, t.parent_track_id AS parent
       FROM track t JOIN case_file f ON f.id = t.case_id WHERE f.reference = $1 ORDER BY t.parent_track_id NULLS FIRST`,
      [reference],
    );
  /** How often each thing happened to the case, by type and what it is about. */
  const counted = async ({ reference }: GivenCase): Promise<Readonly<Record<string, number>>> => {
    const rows = await given.owner.query<{ what: string; count: number }[]>(
      `SELECT e.type || ' ' || coalesce(e.payload ->> 'action', e.payload ->> 'clock', e.payload ->> 'procedure', '') AS what, count(*)::int AS count
       FROM case_event e JOIN case_file f ON f.id = e.case_id
       WHERE f.reference = $1 AND e.type IN ('action_performed', 'clock_ran_out', 'clock_missed', 'clock_met', 'sub_track_opened') GROUP BY 1`,
      [reference],
    );
    return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
  };
  const clocksOf = (trackId: string) =>
    given.owner.query<{ kind: string; state: string }[]>('SELECT kind, state FROM deadline WHERE track_id = $1 ORDER BY started_at, kind', [
      trackId,
    ]);

  it('runs the clocks of both, does what each procedure has done by itself once, and goes on when the appeal is over', async () => {
    // Long ago, so that the clocks of both have run out by now.
    const then = new Date(Date.now() - 60 * DAY);
    const filed = await given.filed({ now: then });
    expect(await act(filed, 'open_appeal', { id: filed.trackId, revision: 1 }, { now: then })).toMatchObject({
      ok: true,
      stage: 'appealed',
    });
    await waitFor(
      'both noticed how long it takes',
      async () => {
        const found = await counted(filed);
        return found['action_performed note_overdue'] === 1 && found['action_performed note_long_wait'] === 1;
      },
      30_000,
    );
    const [parent, appeal] = await tracksOf(filed);
    expect([parent, appeal]).toMatchObject([
      { stage: 'appealed', parent: null, closed: false },
      { stage: 'lodged', parent: filed.trackId, closed: false },
    ]);
    // The complaint does not end before its appeal.
    expect(await act(filed, 'finish', parent!)).toMatchObject({ ok: false, refusal: { code: 'guard_failed', guard: 'no_open_sub_track' } });

    expect(await act(filed, 'decide', appeal!)).toMatchObject({ ok: true, stage: 'heard' });
    await waitFor('the complaint goes on', async () => (await tracksOf(filed))[0]?.stage === 'urgent', 30_000);
    const [onward] = await tracksOf(filed);
    expect(await act(filed, 'finish', onward!)).toMatchObject({ ok: true, stage: 'over' });
    await waitFor('nothing is left to do', async () => {
      const [row] = await given.owner.query<{ count: number }[]>(
        'SELECT count(*)::int AS count FROM outbox_message WHERE done_at IS NULL AND set_aside_at IS NULL',
      );
      return row?.count === 0;
    });

    expect(await counted(filed)).toMatchObject({
      'sub_track_opened appeal': 1,
      'action_performed open_appeal': 1,
      'action_performed note_overdue': 1,
      'action_performed note_long_wait': 1,
      'action_performed decide': 1,
      'action_performed go_on': 1,
      'action_performed hurry_up': 1,
      'action_performed finish': 1,
    });
    const firedTwice = await given.owner.query(
      `SELECT e.payload ->> 'deadlineId' AS clock, e.payload ->> 'level' AS level FROM case_event e JOIN case_file f ON f.id = e.case_id
       WHERE f.reference = $1 AND e.type IN ('clock_warned', 'clock_ran_out', 'clock_escalated') GROUP BY 1, 2 HAVING count(*) > 1`,
      [filed.reference],
    );
    expect(firedTwice).toEqual([]);
    expect(await clocksOf(appeal!.id)).toEqual([{ kind: 'hear', state: 'missed_met' }]);
    expect(await clocksOf(filed.trackId)).toEqual(
      expect.arrayContaining([
        { kind: 'look', state: 'met' },
        { kind: 'await_appeal', state: 'missed_met' },
        { kind: 'hurry', state: 'met' },
      ]),
    );
    expect(await new VerifyRecord(given.owner).run({ reference: filed.reference })).toMatchObject({ ok: true });
    const stuck = await new FindStuckCases(given.owner, given.institution.rules).run({ now: new Date() });
    expect(stuck.filter(({ reference }) => reference === filed.reference)).toEqual([]);
  }, 90_000);

  it('leaves a complaint alone that stopped waiting before the appeal was over', async () => {
    const filed = await given.filed();
    await act(filed, 'open_appeal', { id: filed.trackId, revision: 1 });
    const [parent, appeal] = await tracksOf(filed);
    expect(await act(filed, 'stop_waiting', parent!, { reason: 'They asked us not to wait.' })).toMatchObject({
      ok: true,
      stage: 'decided',
    });
    expect(await act(filed, 'decide', appeal!)).toMatchObject({ ok: true });
    await waitFor('the end of the appeal was heard of', async () => {
      const rows = await given.owner.query(
        `SELECT FROM outbox_message WHERE topic = 'track_triggered' AND payload ->> 'trackId' = $1 AND done_at IS NULL`,
        [filed.trackId],
      );
      return rows.length === 0;
    });
    expect(await tracksOf(filed)).toMatchObject([{ stage: 'decided' }, { stage: 'heard' }]);
    expect(Object.keys(await counted(filed))).not.toContain('action_performed go_on');
  }, 60_000);
});
