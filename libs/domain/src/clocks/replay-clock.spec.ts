import fc from 'fast-check';
import { anyCalendar, anyInstant } from '../../test-support/calendars';
import { shippedCalendar } from '../../test-support/documents';
import type { Clock } from '../procedures/procedure';
import { addDuration } from './add-duration';
import type { Calendar } from './calendar';
import type { OpenClock } from './clock-change';
import { DURATION_UNITS, type Duration, type DurationUnit } from './duration';
import { firingsOf } from './firings';
import { recomputedClock, replayClock, type CalendarChange, type ClockStep } from './replay-clock';

const geneva = shippedCalendar('geneva');
/** The institution closes on Thursday the 5th and Friday the 6th. */
const closed: Calendar = { ...geneva, holidays: [...geneva.holidays, '2026-11-05', '2026-11-06'] };
const monday = new Date('2026-11-02T09:00:00Z');
const friday = new Date('2026-11-06T09:00:00Z');

function clockOf(amount: number, unit: DurationUnit): Clock {
  return {
    code: 'answer',
    name: { en: 'Answer' },
    within: { amount, unit },
    calendar: 'geneva',
    startsOn: { on: 'stage_entered' },
    pausesIn: [],
    stopsIn: [],
    warnBefore: [{ amount: 1, unit: 'working_days' }],
    tell: ['assignee'],
    ladder: [{ after: { amount: 1, unit: 'working_days' }, tell: ['director'], through: ['email'], otherwise: [] }],
  };
}
const answer = clockOf(5, 'working_days');

function openClock(dueAt: Date, more: Partial<OpenClock> = {}): OpenClock {
  return {
    id: '1',
    clock: 'answer',
    stage: 'open',
    calendar: 'geneva',
    calendarVersion: 1,
    startedAt: monday,
    dueAt,
    state: 'running',
    level: 0,
    extensions: 0,
    ...more,
  };
}
const change = (more: Partial<CalendarChange> = {}): CalendarChange => ({
  steps: [],
  before: geneva,
  after: closed,
  changedAt: undefined,
  ...more,
});
const due = (date: string): Date => new Date(`${date}T22:59:59.999Z`);

describe('a clock whose calendar changes', () => {
  it('ends when it would have ended had the calendar held from the beginning, also for days that have passed', () => {
    for (const now of [monday, friday, due('2026-11-20')]) {
      expect(recomputedClock(answer, openClock(due('2026-11-09')), change(), now)).toEqual({
        dueAt: due('2026-11-11'),
        nextFireAt: due('2026-11-10'),
        isReplayed: true,
      });
    }
  });

  it('keeps its level: what was told is not told again', () => {
    const dueAt = due('2026-11-09');
    expect(recomputedClock(answer, openClock(dueAt, { level: 2 }), change(), friday).nextFireAt).toEqual(due('2026-11-12'));
    expect(recomputedClock(answer, openClock(dueAt, { level: 3 }), change(), friday).nextFireAt).toBeUndefined();
  });

  it('goes through its pauses and extensions by the other days', () => {
    const steps: readonly ClockStep[] = [
      { step: 'paused', at: new Date('2026-11-03T09:00:00Z') },
      { step: 'resumed', at: new Date('2026-11-04T09:00:00Z') },
      { step: 'extended', at: new Date('2026-11-04T10:00:00Z'), by: { amount: 2, unit: 'working_days' } },
    ];
    expect(replayClock(answer, monday, steps, geneva)).toEqual({ dueAt: due('2026-11-12') });
    expect(recomputedClock(answer, openClock(due('2026-11-12')), change({ steps }), friday)).toMatchObject({
      dueAt: due('2026-11-16'),
      isReplayed: true,
    });
  });

  it('was missed before it was given more time by the days that hold now, and not by those that do not', () => {
    const steps: readonly ClockStep[] = [
      { step: 'extended', at: new Date('2026-11-10T10:00:00Z'), by: { amount: 2, unit: 'working_days' } },
      { step: 'extended', at: new Date('2026-11-20T10:00:00Z'), by: { amount: 2, unit: 'working_days' } },
    ];
    expect(replayClock(answer, monday, steps, geneva)).toMatchObject({ missedAt: due('2026-11-09') });
    // With two days closed it would have ended on the 11th, and had been given more time before: until the 13th.
    expect(replayClock(answer, monday, steps, closed)).toMatchObject({ missedAt: due('2026-11-13') });
    expect(replayClock(answer, monday, steps.slice(0, 1), closed)).toEqual({ dueAt: due('2026-11-13') });
    const missed = openClock(due('2026-11-30'), { missedAt: due('2026-11-09') });
    expect(recomputedClock(answer, missed, change({ steps: undefined }), friday)).toMatchObject({ missedAt: due('2026-11-09') });
  });

  it('has other time left while it is paused', () => {
    const steps: readonly ClockStep[] = [{ step: 'paused', at: new Date('2026-11-02T23:00:00Z') }];
    const paused = openClock(due('2026-11-09'), { state: 'paused', remainingMs: 5 * 86_400_000 });
    const shorter = clockOf(20, 'working_hours');
    expect(recomputedClock(answer, paused, change({ steps }), friday)).toEqual({
      dueAt: due('2026-11-11'),
      remainingMs: 5 * 86_400_000,
      nextFireAt: undefined,
      isReplayed: true,
    });
    const hours = replayClock(shorter, monday, steps, geneva);
    expect(hours?.remainingMs).toBe(6 * 3_600_000);
  });

  it('is laid out anew from now on where the record does not explain its end', () => {
    // Whatever brought it to the 10th: on Friday the 6th, three working days are left, of which one is closed.
    const friday9 = new Date('2026-11-05T23:00:00Z');
    expect(recomputedClock(answer, openClock(due('2026-11-10')), change(), friday9)).toMatchObject({
      dueAt: due('2026-11-11'),
      isReplayed: false,
    });
    const unknown = change({ steps: undefined });
    expect(recomputedClock(answer, openClock(due('2026-11-10')), unknown, due('2026-11-10'))).toMatchObject({ dueAt: due('2026-11-10') });
    const paused = openClock(due('2026-11-10'), { state: 'paused', remainingMs: 7 });
    expect(recomputedClock(answer, paused, unknown, monday)).toMatchObject({ dueAt: due('2026-11-10'), remainingMs: 7, isReplayed: false });
  });

  it.each<[string, Partial<CalendarChange>]>([
    ['that has no earlier version', { before: undefined }],
    ['that was paused and resumed by both versions', { changedAt: new Date('2026-11-02T10:00:00Z') }],
  ])('is replayed all the same when its calendar is one %s', (_which, more) => {
    const steps: readonly ClockStep[] = [
      { step: 'paused', at: new Date('2026-11-02T11:00:00Z') },
      { step: 'resumed', at: new Date('2026-11-02T11:00:00Z') },
    ];
    expect(recomputedClock(answer, openClock(due('2026-11-10')), change({ steps, ...more }), friday)).toMatchObject({
      dueAt: due('2026-11-11'),
      isReplayed: true,
    });
  });

  it.each<[string, readonly ClockStep[]]>([
    ['resumed without a pause', [{ step: 'resumed', at: friday }]],
    [
      'paused twice',
      [
        { step: 'paused', at: friday },
        { step: 'paused', at: friday },
      ],
    ],
    [
      'extended in a pause',
      [
        { step: 'paused', at: friday },
        { step: 'extended', at: friday, by: { amount: 1, unit: 'hours' } },
      ],
    ],
  ])('is not replayed when it was %s', (_what, steps) => {
    expect(replayClock(answer, monday, steps, geneva)).toBeUndefined();
  });
});

describe('on any calendar', () => {
  const durations: fc.Arbitrary<Duration> = fc.record({
    amount: fc.integer({ min: 1, max: 20 }),
    unit: fc.constantFrom(...DURATION_UNITS),
  });
  const gaps = fc.array(fc.integer({ min: 1, max: 60 * 24 * 10 }), { maxLength: 6 });

  /** Pauses and goes on, now and then, while it has not run out. */
  function live(clock: Clock, startedAt: Date, minutes: readonly number[], calendar: Calendar): readonly ClockStep[] {
    const steps: ClockStep[] = [];
    let at = startedAt;
    for (const gap of minutes) {
      const next = new Date(at.getTime() + gap * 60_000);
      const end = replayClock(clock, startedAt, steps, calendar);
      if (!end) throw new Error('the steps follow from each other');
      at = next;
      steps.push({ step: end.remainingMs === undefined ? 'paused' : 'resumed', at });
    }
    return steps;
  }

  it('a calendar published back moves every clock back to where it was', () => {
    fc.assert(
      fc.property(anyCalendar, anyCalendar, anyInstant, durations, gaps, (one, other, startedAt, within, minutes) => {
        const clock = { ...answer, within };
        const steps = live(clock, startedAt, minutes, one);
        const end = replayClock(clock, startedAt, steps, one)!;
        const state = end.remainingMs === undefined ? 'running' : 'paused';
        const open = openClock(end.dueAt, { startedAt, state, ...end });
        const there = recomputedClock(clock, open, change({ steps, before: one, after: other }), startedAt);
        expect(there.isReplayed).toBe(true);
        const { nextFireAt: _nextFireAt, isReplayed: _isReplayed, ...moved } = there;
        const back = recomputedClock(clock, { ...open, ...moved }, change({ steps, before: other, after: one }), startedAt);
        expect(back).toMatchObject({ isReplayed: true, ...end });
      }),
      { numRuns: 100 },
    );
  });

  it('fires next what its level says, by the other calendar', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyCalendar,
        anyInstant,
        durations,
        fc.integer({ min: 0, max: 2 }),
        (one, other, startedAt, within, level) => {
          const clock = { ...answer, within };
          const open = openClock(addDuration(startedAt, within, one), { startedAt, level });
          const moved = recomputedClock(clock, open, change({ before: one, after: other }), startedAt);
          expect(moved.nextFireAt).toEqual(firingsOf(clock, startedAt, moved.dueAt, other)[level]?.at);
        },
      ),
      { numRuns: 100 },
    );
  });
});
