import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import { addDuration, parseCalendar, type Calendar, type HolidaySource } from '@recourse/domain';
import { findLatestCalendarVersion, inTransaction, lockTrack } from '@recourse/persistence';
import { createTestDatabase, Given, GIVEN_COMPLAINT, type GivenCase, type TestDatabase } from '@recourse/testing';
import { FireDeadline } from '../clocks/fire-deadline';
import { FileComplaint } from '../filing/file-complaint';
import { FilingDesk } from '../filing/filing-desk';
import { RuleBook } from '../procedures/rule-book';
import { PreviewCalendar } from './preview-calendar';
import { loadPublicHolidays } from './public-holidays';
import { PublishCalendar } from './publish-calendar';
import { RecomputeClocks } from './recompute-clocks';

/** A Monday, before work in Geneva. The shipped procedure asks for an acknowledgement within 5 working days. */
const FILED_AT = new Date('2026-03-02T07:00:00Z');
const evening = (date: string): Date => new Date(`${date}T22:59:59.999Z`);

interface ClockRow {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly due: Date;
  readonly next: Date | null;
  readonly remaining: string | null;
  readonly level: number;
  readonly version: number;
}

describe('a changed calendar', () => {
  let database: TestDatabase;
  let given: Given;
  let geneva: string;
  let holidays: HolidaySource;
  let now: Date;
  beforeEach(async () => {
    database = await createTestDatabase();
    given = await Given.in(database, FILED_AT);
    geneva = await readFile(join(projectRoot, 'libs/domain/calendars/geneva.yaml'), 'utf8');
    holidays = await loadPublicHolidays();
    now = new Date('2026-03-03T09:00:00Z');
  }, 60_000);
  afterEach(() => database.drop());

  /** The shipped calendar with some days closed. */
  const closed = (...dates: readonly string[]): string => `${geneva}closures:\n${dates.map((date) => `  ${date}: Closed\n`).join('')}`;
  const publish = async (text: string): Promise<number> => {
    const replaces = (await findLatestCalendarVersion(given.owner.manager, 'geneva'))?.version ?? 0;
    const published = await new PublishCalendar(given.owner).run({ text, fileName: 'geneva.yaml', holidays, replaces, now });
    if (!published.ok) throw new Error(JSON.stringify(published));
    return published.version;
  };
  const latest = async (): Promise<Calendar | undefined> =>
    (await findLatestCalendarVersion(given.owner.manager, 'geneva'))?.resolved.calendar;
  const recompute = () => new RecomputeClocks(given.worker, given.institution.rules).run({ now });
  const clocksOf = ({ trackId }: Pick<GivenCase, 'trackId'>): Promise<readonly ClockRow[]> =>
    given.owner.query<ClockRow[]>(
      `SELECT id, kind, state, due_at AS due, next_fire_at AS next, remaining_ms AS remaining, level, calendar_version AS version
       FROM deadline WHERE track_id = $1 AND state IN ('running', 'paused') ORDER BY kind`,
      [trackId],
    );
  const clockOf = async (filed: GivenCase): Promise<ClockRow> => {
    const [clock, ...others] = await clocksOf(filed);
    if (clock === undefined || others.length > 0) throw new Error('one open clock was expected');
    return clock;
  };
  const eventsOf = ({ trackId }: GivenCase, type: string) =>
    given.owner.query<{ payload: Record<string, unknown>; actor_kind: string }[]>(
      'SELECT payload, actor_kind FROM case_event WHERE track_id = $1 AND type = $2 ORDER BY seq',
      [trackId, type],
    );
  const fire = async (filed: GivenCase, at: Date) =>
    new FireDeadline(given.worker, given.institution.rules).run({ deadlineId: (await clockOf(filed)).id, now: at });

  it('is what a new clock is counted by', async () => {
    const before = await clockOf(await given.filed({ now: FILED_AT }));
    expect(before).toMatchObject({ version: 1, due: evening('2026-03-09') });
    await publish(closed('2026-03-05'));
    const door = new FileComplaint(given.intake, given.institution.secrets, new FilingDesk(given.intake, new RuleBook()));
    const filed = await door.run({ idempotencyKey: randomUUID(), channel: 'web_form', complaint: GIVEN_COMPLAINT, now: FILED_AT });
    const { id: trackId } = await given.track(filed.ok ? filed.reference : '');
    const [after] = await clocksOf({ trackId });
    expect(after).toMatchObject({ version: 2, due: evening('2026-03-10') });
  });

  it('moves running clocks, with an event each and the track’s next date, and leaves the others alone', async () => {
    const filed = await given.filed({ now: FILED_AT });
    const later = await given.filed({ now: new Date('2026-03-10T07:00:00Z') });
    await publish(closed('2026-03-05', '2026-03-06'));
    expect(await recompute()).toEqual({ recomputed: 2, moved: 1, unexplained: 0, failed: [] });
    expect(await clockOf(filed)).toMatchObject({ due: evening('2026-03-11'), next: evening('2026-03-09'), level: 0, version: 2 });
    expect((await given.track(filed.reference)).nextDueAt).toEqual(evening('2026-03-11'));
    expect(await eventsOf(filed, 'clock_recomputed')).toMatchObject([
      {
        actor_kind: 'system',
        payload: {
          clock: 'acknowledge',
          stage: 'received',
          calendar: 'geneva',
          calendarVersion: 2,
          from: evening('2026-03-09').toISOString(),
          dueAt: evening('2026-03-11').toISOString(),
          fromOn: '2026-03-09',
          dueOn: '2026-03-11',
        },
      },
    ]);
    expect(await clockOf(later)).toMatchObject({ due: evening('2026-03-17'), version: 2 });
    expect(await eventsOf(later, 'clock_recomputed')).toEqual([]);
  });

  it('does so once, however often it is asked, and back when the calendar is published back', async () => {
    const filed = await given.filed({ now: FILED_AT });
    await publish(closed('2026-03-05'));
    await recompute();
    expect(await recompute()).toEqual({ recomputed: 0, moved: 0, unexplained: 0, failed: [] });
    expect(await publish(geneva)).toBe(3);
    await recompute();
    expect(await clockOf(filed)).toMatchObject({ due: evening('2026-03-09'), next: evening('2026-03-05'), version: 3 });
    expect(await eventsOf(filed, 'clock_recomputed')).toHaveLength(2);
  });

  it('moves a warning that would fall on a closed day, though the end stays', async () => {
    const filed = await given.filed({ now: FILED_AT });
    // A Saturday that is worked and a Thursday that is closed: the end stays, the warning two days before comes a day earlier.
    await publish(`${closed('2026-03-05')}workedDays:\n  2026-03-07: Make-up Saturday\n`);
    expect(await recompute()).toMatchObject({ recomputed: 1, moved: 0 });
    expect(await clockOf(filed)).toMatchObject({ due: evening('2026-03-09'), next: evening('2026-03-06'), version: 2 });
    expect(await eventsOf(filed, 'clock_recomputed')).toEqual([]);
  });

  it('never makes a clock that has fired fire again', async () => {
    const filed = await given.filed({ now: FILED_AT });
    await fire(filed, evening('2026-03-05'));
    await fire(filed, evening('2026-03-09'));
    now = new Date('2026-03-10T09:00:00Z');
    await publish(closed('2026-03-04', '2026-03-05', '2026-03-06'));
    await recompute();
    // It ran out on the 9th, as it should have then; it would have on the 12th. What comes next is the first rung, a working day later.
    expect(await clockOf(filed)).toMatchObject({ due: evening('2026-03-12'), level: 2, next: evening('2026-03-13') });
    expect(await fire(filed, evening('2026-03-12'))).toEqual({ fired: [], failed: [] });
    await fire(filed, evening('2026-03-13'));
    expect([
      await eventsOf(filed, 'clock_warned'),
      await eventsOf(filed, 'clock_ran_out'),
      await eventsOf(filed, 'clock_escalated'),
    ]).toMatchObject([[{}], [{}], [{ payload: { level: 2 } }]]);
  });

  it('makes a clock run out at once that should have, one time', async () => {
    const filed = await given.filed({ now: FILED_AT });
    await publish(`${geneva}workedDays:\n  2026-03-07: Make-up Saturday\n  2026-03-08: Make-up Sunday\n`);
    now = new Date('2026-03-08T09:00:00Z');
    await recompute();
    expect(await clockOf(filed)).toMatchObject({ due: evening('2026-03-07') });
    const report = await new FireDeadline(given.worker, given.institution.rules).runDue({ now, limit: 10 });
    expect(report.fired).toMatchObject([{ kinds: ['warning', 'due'] }]);
    expect(await eventsOf(filed, 'clock_ran_out')).toHaveLength(1);
  });

  it('changes what is left of a paused clock, and it goes on with that', async () => {
    const asked = new Date('2026-03-03T07:00:00Z');
    const filed = await given.caseIn('waiting_for_information', { now: asked });
    const [paused] = (await clocksOf(filed)).filter(({ state }) => state === 'paused');
    now = new Date('2026-03-04T09:00:00Z');
    const due = paused!.due.toISOString().slice(0, 10);
    await publish(closed('2026-03-05'));
    await recompute();
    const [after] = (await clocksOf(filed)).filter(({ state }) => state === 'paused');
    expect(after?.due.getTime()).toBeGreaterThan(paused!.due.getTime());
    expect([after?.version, after?.next, after?.remaining]).toEqual([2, null, paused!.remaining]);
    expect(await eventsOf(filed, 'clock_recomputed')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          payload: expect.objectContaining({ clock: paused!.kind, fromOn: due, remainingMs: Number(paused!.remaining) }) as unknown,
        }),
      ]),
    );
  });

  it('goes through the pauses and extensions that the record has', async () => {
    const filed = await given.caseIn('screening', { now: FILED_AT });
    const words = { reason: 'The court decides first.', message: 'We wait for the court.' };
    const act = (action: string, on: string, more: object = words) => given.performed(filed, { action, now: new Date(on), ...more });
    await act('pause_for_other_proceedings', '2026-03-03T07:00:00Z');
    await act('continue_after_pause', '2026-03-04T15:00:00Z', {});
    await act('take_more_time', '2026-03-04T16:00:00Z');
    const before = await clockOf(filed);
    await publish(closed('2026-03-05', '2026-03-06'));
    expect(await recompute()).toMatchObject({ recomputed: 1, moved: 1, unexplained: 0 });
    expect((await clockOf(filed)).due).toEqual(addDuration(before.due, { amount: 2, unit: 'working_days' }, (await latest())!));
    now = new Date('2026-04-01T09:00:00Z');
    await publish(geneva);
    await recompute();
    expect((await clockOf(filed)).due).toEqual(before.due);
  });

  it('was not missed before it was given more time, when the days that hold now say so', async () => {
    const filed = await given.caseIn('screening', { now: FILED_AT });
    const first = await clockOf(filed);
    const late = new Date(first.due.getTime() + 3_600_000);
    await given.performed(filed, { action: 'take_more_time', reason: 'A closed site.', message: 'It takes longer.', now: late });
    const missedAt = async () =>
      (
        await given.owner.query<{ at: Date | null }[]>(
          `SELECT missed_at AS at FROM deadline WHERE track_id = $1 AND kind = 'decide_admissibility'`,
          [filed.trackId],
        )
      )[0]?.at;
    expect(await missedAt()).toEqual(first.due);
    await publish(closed('2026-03-05'));
    await recompute();
    expect(await missedAt()).toBeNull();
    now = new Date(late.getTime() + 3_600_000);
    await publish(geneva);
    await recompute();
    expect(await missedAt()).toEqual(first.due);
  });

  it('goes on where it was killed, with another worker at its side, and loses none', async () => {
    const filed: GivenCase[] = [];
    for (let number = 0; number < 30; number += 1) filed.push(await given.filed({ now: FILED_AT }));
    await publish(closed('2026-03-05'));
    // Killed in the middle of a batch: the connection dies with everything uncommitted in it.
    const victim = await database.dataSource('worker');
    const dying = victim.transaction(async (tx) => {
      await tx.query(`SELECT d.id FROM deadline d JOIN track t ON t.id = d.track_id LIMIT 20 FOR NO KEY UPDATE OF d, t`);
      await tx.query(`UPDATE deadline SET calendar_version = 2`);
      const [{ pid } = { pid: 0 }] = await tx.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
      await given.owner.query('SELECT pg_terminate_backend($1)', [pid]);
      await tx.query('SELECT 1');
    });
    await expect(dying).rejects.toThrow();
    const reports = await Promise.all([recompute(), recompute(), recompute()]);
    const rest = await recompute();
    const moved = [...reports, rest].reduce((sum, report) => sum + report.moved, 0);
    expect(moved).toBe(30);
    for (const one of filed) {
      expect((await clockOf(one)).due).toEqual(evening('2026-03-10'));
      expect(await eventsOf(one, 'clock_recomputed')).toHaveLength(1);
    }
  });

  it('passes over a track that somebody holds, and takes it the next time', async () => {
    const held = await given.filed({ now: FILED_AT });
    const free = await given.filed({ now: FILED_AT });
    await publish(closed('2026-03-05'));
    await inTransaction(given.casework, async (tx) => {
      await lockTrack(tx, held.trackId);
      expect(await recompute()).toMatchObject({ recomputed: 1 });
      expect((await clockOf(free)).version).toBe(2);
    });
    expect((await clockOf(held)).version).toBe(1);
    expect(await recompute()).toMatchObject({ recomputed: 1, moved: 1 });
  });

  it('is not stopped by a clock that its procedure does not know', async () => {
    const bad = await given.filed({ now: FILED_AT });
    const good = await given.filed({ now: FILED_AT });
    await given.owner.query(`UPDATE deadline SET kind = 'nonsense' WHERE track_id = $1`, [bad.trackId]);
    await publish(closed('2026-03-05'));
    const report = await recompute();
    expect(report).toMatchObject({ recomputed: 1, moved: 1, failed: [{ deadlineId: (await clockOf(bad)).id }] });
    expect((await clockOf(good)).due).toEqual(evening('2026-03-10'));
  });

  it('finds a clock that was started or resumed by a process that had not heard of it', async () => {
    const filed = await given.filed({ now: FILED_AT });
    await publish(closed('2026-03-05'));
    await recompute();
    // What such a process writes: the end and the number of the version before.
    await given.owner.query('UPDATE deadline SET calendar_version = 1, due_at = $2 WHERE track_id = $1', [
      filed.trackId,
      evening('2026-03-09'),
    ]);
    expect(await recompute()).toMatchObject({ recomputed: 1, moved: 1, unexplained: 0 });
    expect((await clockOf(filed)).due).toEqual(evening('2026-03-10'));
  });

  it('lays a clock out anew whose end the record does not explain', async () => {
    const filed = await given.filed({ now: FILED_AT });
    await given.owner.query('UPDATE deadline SET due_at = $2 WHERE track_id = $1', [filed.trackId, evening('2026-03-12')]);
    await publish(closed('2026-03-05'));
    expect(await recompute()).toMatchObject({ recomputed: 1, moved: 1, unexplained: 1 });
    expect((await clockOf(filed)).due).toEqual(evening('2026-03-13'));
  });

  it('is shown beforehand: who would move, from when to when, and nothing changes', async () => {
    const filed = await given.filed({ now: FILED_AT });
    const later = await given.filed({ now: new Date('2026-03-10T07:00:00Z') });
    const text = closed('2026-03-05', '2026-03-06');
    const preview = await new PreviewCalendar(given.owner, new RuleBook()).run({ text, fileName: 'geneva.yaml', holidays, now });
    expect(preview).toMatchObject({
      ok: true,
      preview: {
        replaces: 1,
        openClocks: 2,
        moved: [
          {
            reference: filed.reference,
            clock: 'acknowledge',
            fromOn: '2026-03-09',
            toOn: '2026-03-11',
            isPaused: false,
            isOverAtOnce: false,
          },
        ],
        unexplained: 0,
        startedBefore: 0,
        endAfter: 0,
      },
    });
    expect([(await clockOf(filed)).version, (await clockOf(later)).due]).toEqual([1, evening('2026-03-17')]);
    expect((await findLatestCalendarVersion(given.owner.manager, 'geneva'))?.version).toBe(1);

    await publish(text);
    await recompute();
    expect((await clockOf(filed)).due).toEqual(preview.ok && preview.preview.moved[0]?.to);
  });

  it('is warned of where it knows no holidays for a clock’s time', async () => {
    await given.filed({ now: FILED_AT });
    const preview = (text: string) =>
      new PreviewCalendar(given.owner, new RuleBook()).run({ text, fileName: 'geneva.yaml', holidays, now });
    expect(await preview(geneva.replace('2025-2031', '2027-2031'))).toMatchObject({ preview: { startedBefore: 1, endAfter: 0 } });
    expect(await preview(geneva.replace('2025-2031', '2024-2025'))).toMatchObject({ preview: { startedBefore: 0, endAfter: 1 } });
    const over = `${geneva}workedDays:\n  2026-03-07: Saturday\n  2026-03-08: Sunday\n`;
    now = new Date('2026-03-08T09:00:00Z');
    expect(await preview(over)).toMatchObject({ preview: { moved: [{ isOverAtOnce: true, toOn: '2026-03-07' }] } });
    expect(await preview(geneva.replace('Zurich', 'Zurych'))).toMatchObject({ ok: false, problems: [{ code: 'unknown_time_zone' }] });
    expect(parseCalendar(over, 'over.yaml', holidays).ok).toBe(true);
  });
});
