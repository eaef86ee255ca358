import { Given, testDatabase, type GivenCase } from '@recourse/testing';
import { AssignTrack } from '../actions/assign-track';
import { VerifyRecord } from '../record/verify-record';
import { FireDeadline } from './fire-deadline';

/** A Monday, before work in Geneva. The shipped procedure asks for an acknowledgement within 5 working days. */
const FILED_AT = new Date('2026-03-02T07:00:00Z');
const at = (text: string) => new Date(`${text}Z`);
/** The evening of Thursday, Monday, Tuesday, Thursday, and the Monday after. */
const WARNED_AT = at('2026-03-05T22:59:59.999');
const DUE_AT = at('2026-03-09T22:59:59.999');
const TEAM_LEAD_AT = at('2026-03-10T22:59:59.999');
const SUPERVISOR_AT = at('2026-03-12T22:59:59.999');
const DIRECTOR_AT = at('2026-03-16T22:59:59.999');

describe('firing a clock', () => {
  const database = testDatabase();
  let given: Given;
  let fireDeadline: FireDeadline;
  beforeAll(async () => {
    given = await Given.in(database, FILED_AT);
    fireDeadline = new FireDeadline(given.worker, given.institution.rules);
  }, 60_000);

  const deadlineOf = async ({ trackId }: GivenCase): Promise<string> => {
    const rows = await given.owner.query<{ id: string }[]>(`SELECT id FROM deadline WHERE track_id = $1 AND state = 'running'`, [trackId]);
    return rows[0]!.id;
  };
  const clockEvents = async ({ trackId }: GivenCase) =>
    given.owner.query<{ type: string; payload: Record<string, unknown> }[]>(
      `SELECT type, payload FROM case_event WHERE track_id = $1 AND type LIKE 'clock%' AND type <> 'clock_started' ORDER BY seq`,
      [trackId],
    );
  const notifications = async ({ reference }: GivenCase) =>
    given.owner.query<{ kind: string; name: string; events: string[] }[]>(
      `SELECT n.kind, s.sign_in_name AS name, o.payload -> 'eventIds' AS events
       FROM notification n JOIN staff_member s ON s.id = n.recipient_id JOIN case_file f ON f.id = n.case_id
       JOIN outbox_message o ON o.topic = 'notification_due' AND o.payload ->> 'notificationId' = n.id::text
       WHERE f.reference = $1 ORDER BY n.created_at, s.sign_in_name`,
      [reference],
    );
  const told = async (filed: GivenCase) => (await notifications(filed)).map(({ kind, name }) => `${kind} ${name}`);
  const fire = async (filed: GivenCase, now: Date) => fireDeadline.run({ deadlineId: await deadlineOf(filed), now });

  it('warns, runs out, and goes up the ladder of the procedure, one step at a time', async () => {
    const filed = await given.filed({ now: FILED_AT });
    expect(await fire(filed, new Date(WARNED_AT.getTime() - 1))).toEqual({ fired: [], failed: [] });
    for (const now of [WARNED_AT, DUE_AT, TEAM_LEAD_AT, SUPERVISOR_AT, DIRECTOR_AT]) {
      const { fired } = await fire(filed, now);
      expect(fired).toMatchObject([{ isWithoutPerson: false, told: 1 }]);
    }
    const events = await clockEvents(filed);
    expect(events.map(({ type, payload }) => [type, payload['level']])).toEqual([
      ['clock_warned', 0],
      ['clock_ran_out', 1],
      ['clock_escalated', 2],
      ['clock_escalated', 3],
      ['clock_escalated', 4],
    ]);
    expect(events[1]?.payload).toMatchObject({ clock: 'acknowledge', stage: 'received', dueAt: DUE_AT.toISOString() });
    // Nobody holds the case, so whoever leads the team is told in the assignee's stead.
    expect(await told(filed)).toEqual([
      'staff_clock_warning supervisor',
      'staff_clock_ran_out supervisor',
      'staff_clock_escalated supervisor',
      'staff_clock_escalated supervisor',
      'staff_clock_escalated director',
    ]);
  });

  it('repeats the last rung for as long as nothing happens', async () => {
    const filed = await given.filed({ now: FILED_AT });
    const { fired } = await fire(filed, DIRECTOR_AT);
    expect(fired[0]?.nextFireAt).toEqual(at('2026-03-23T22:59:59.999'));
    await fire(filed, at('2026-03-23T22:59:59.999'));
    // Geneva is two hours ahead by then: the day ends an hour earlier.
    expect((await fire(filed, at('2026-03-30T21:59:59.998'))).fired).toEqual([]);
    expect((await fire(filed, at('2026-03-30T21:59:59.999'))).fired).toHaveLength(1);
    const repeated = (await told(filed)).filter((line) => line.startsWith('staff_clock_escalated'));
    expect(repeated).toEqual(['staff_clock_escalated director', 'staff_clock_escalated director']);
    expect((await clockEvents(filed)).at(-1)).toMatchObject({ type: 'clock_escalated', payload: { level: 6 } });
  });

  it('tells the person who holds the case', async () => {
    const filed = await given.filed({ now: FILED_AT });
    const assigned = await new AssignTrack(given.casework).run({
      actor: given.institution.supervisor,
      reference: filed.reference,
      track: filed.trackId,
      assigneeId: given.institution.otherOfficer.staffId,
      seenRevision: 1,
      now: FILED_AT,
    });
    expect(assigned).toMatchObject({ ok: true });
    await fire(filed, WARNED_AT);
    expect(await told(filed)).toEqual(['staff_clock_warning other.officer']);
  });

  it('says what was missed in one message when nothing ran for a while', async () => {
    const filed = await given.filed({ now: FILED_AT });
    const { fired } = await fire(filed, SUPERVISOR_AT);
    expect(fired).toMatchObject([{ kinds: ['warning', 'due', 'escalation', 'escalation'], told: 1 }]);
    const events = await clockEvents(filed);
    expect(events).toMatchObject([
      { type: 'clock_missed', payload: { levels: [0, 1, 2] } },
      { type: 'clock_escalated', payload: { level: 3 } },
    ]);
    const planned = await notifications(filed);
    expect(planned).toMatchObject([{ kind: 'staff_clock_missed', name: 'supervisor' }]);
    expect(planned[0]?.events).toHaveLength(2);
  });

  it('happens once, however many workers try', async () => {
    const filed = await given.filed({ now: FILED_AT });
    const deadlineId = await deadlineOf(filed);
    const reports = await Promise.all(Array.from({ length: 20 }, () => fireDeadline.run({ deadlineId, now: DUE_AT })));
    expect(reports.flatMap(({ fired }) => fired)).toHaveLength(1);
    expect(reports.flatMap(({ failed }) => failed)).toEqual([]);
    expect(await clockEvents(filed)).toHaveLength(2);
    expect(await notifications(filed)).toHaveLength(1);
  });

  it('leaves a clock alone that waits or has ended', async () => {
    const waiting = await given.caseIn('waiting_for_information', { now: FILED_AT });
    const [paused] = await given.owner.query<{ id: string }[]>(`SELECT id FROM deadline WHERE track_id = $1 AND state = 'paused'`, [
      waiting.trackId,
    ]);
    const [ended] = await given.owner.query<{ id: string }[]>(`SELECT id FROM deadline WHERE track_id = $1 AND state = 'met'`, [
      waiting.trackId,
    ]);
    for (const deadlineId of [paused!.id, ended!.id]) {
      expect(await fireDeadline.run({ deadlineId, now: at('2027-01-01T00:00:00') })).toEqual({ fired: [], failed: [] });
    }
  });
});

describe('a sweep', () => {
  const database = testDatabase();
  let given: Given;
  let fireDeadline: FireDeadline;
  const filed: GivenCase[] = [];
  beforeAll(async () => {
    given = await Given.in(database, FILED_AT);
    fireDeadline = new FireDeadline(given.worker, given.institution.rules);
    for (let count = 0; count < 30; count += 1) {
      filed.push(await given.filed({ now: FILED_AT }));
    }
  }, 60_000);

  const firedUntilEmpty = async (now: Date) => {
    let fired = 0;
    let failed = 0;
    for (;;) {
      const report = await fireDeadline.runDue({ now, limit: 7 });
      fired += report.fired.length;
      failed += report.failed.length;
      if (report.fired.length + report.failed.length === 0) return { fired, failed };
    }
  };
  const bad = async () => {
    const rows = await given.owner.query<{ failures: number; isSetAside: boolean; nextFireAt: Date }[]>(
      `SELECT failure_count AS failures, set_aside_at IS NOT NULL AS "isSetAside", next_fire_at AS "nextFireAt"
       FROM deadline WHERE calendar = 'nowhere'`,
    );
    return rows[0]!;
  };

  it('fires every clock that is due, although one of them cannot be', async () => {
    await given.owner.query(`UPDATE deadline SET calendar = 'nowhere' WHERE track_id = $1`, [filed[11]!.trackId]);
    const lanes = await Promise.all([firedUntilEmpty(WARNED_AT), firedUntilEmpty(WARNED_AT), firedUntilEmpty(WARNED_AT)]);
    expect(lanes.reduce((sum, { fired }) => sum + fired, 0)).toBe(29);
    expect(lanes.reduce((sum, { failed }) => sum + failed, 0)).toBe(1);
    const [row] = await given.owner.query<{ count: number }[]>(`SELECT count(*)::int AS count FROM case_event WHERE type = 'clock_warned'`);
    expect(row?.count).toBe(29);
    expect(await bad()).toEqual({ failures: 1, isSetAside: false, nextFireAt: new Date(WARNED_AT.getTime() + 60_000) });
  });

  it('gives such a clock up after five failures, and tells those in charge', async () => {
    for (let failures = 2; failures <= 5; failures += 1) {
      const { nextFireAt } = await bad();
      expect(await firedUntilEmpty(nextFireAt)).toEqual({ fired: 0, failed: 1 });
      expect(await bad()).toMatchObject({ failures, isSetAside: failures === 5 });
    }
    expect(await firedUntilEmpty(at('2026-03-06T09:00:00'))).toEqual({ fired: 0, failed: 0 });
    const told = await given.owner.query<{ name: string }[]>(
      `SELECT s.sign_in_name AS name FROM notification n JOIN staff_member s ON s.id = n.recipient_id
       WHERE n.kind = 'staff_clock_set_aside' ORDER BY 1`,
    );
    expect(told.map(({ name }) => name)).toEqual(['administrator', 'director']);
  });

  it('tells every director and administrator when nobody on the ladder is left', async () => {
    await given.owner.query('DELETE FROM team_member');
    const { fired } = await fireDeadline.runDue({ now: DUE_AT, limit: 1 });
    expect(fired).toMatchObject([{ isWithoutPerson: true, told: 2 }]);
  });
});

describe('two sweeps', () => {
  const CASES = 150;
  const database = testDatabase();

  it('that hold clocks of the same cases do not wait for each other in a circle, and each chain stays whole', async () => {
    const given = await Given.in(database, FILED_AT);
    for (let count = 0; count < CASES; count += 1) await given.filed({ now: FILED_AT });
    // A second procedure on each case, whose clocks fire in the opposite order.
    await given.owner.query(
      `WITH first AS (SELECT t.*, uuidv7() AS other, row_number() OVER (ORDER BY t.id) AS number FROM track t),
       tracks AS (INSERT INTO track (id, case_id, procedure_version_id, procedure, stage, revision, team_id, opened_at, stage_entered_at, has_news)
                  SELECT other, case_id, procedure_version_id, procedure, stage, 1, team_id, opened_at, stage_entered_at, false FROM first),
       moved AS (UPDATE deadline d SET next_fire_at = $1::timestamptz - (1000 - f.number) * interval '1 second' FROM first f WHERE f.id = d.track_id)
       INSERT INTO deadline (id, track_id, case_id, kind, stage, calendar, started_at, due_at, level, next_fire_at, state)
       SELECT uuidv7(), f.other, d.case_id, d.kind, d.stage, d.calendar, d.started_at, d.due_at, 0, $1::timestamptz - f.number * interval '1 second',
              'running' FROM deadline d JOIN first f ON f.id = d.track_id`,
      [WARNED_AT],
    );
    const fireDeadline = new FireDeadline(given.worker, given.institution.rules);
    const runners = [given.worker.createQueryRunner(), given.worker.createQueryRunner()];
    await Promise.all(runners.map((runner) => runner.connect()));
    await Promise.all(runners.map((runner) => runner.release()));
    const reports = await Promise.all([
      fireDeadline.runDue({ now: WARNED_AT, limit: CASES }),
      fireDeadline.runDue({ now: WARNED_AT, limit: CASES }),
    ]);
    expect(reports.map(({ fired, failed }) => [fired.length, failed.length])).toEqual([
      [CASES, 0],
      [CASES, 0],
    ]);
    expect(await new VerifyRecord(given.owner).run()).toMatchObject({ ok: true, cases: CASES, breaks: [] });
  });
});
