import fc from 'fast-check';
import { shippedCalendar } from '../../test-support/documents';
import type { Clock } from '../procedures/procedure';
import { addDuration } from './add-duration';
import { isWorkingDay, type Calendar } from './calendar';
import type { DurationUnit } from './duration';
import { remainingAt, resumedDueAt } from './pause';

const geneva = shippedCalendar('geneva');
const HOUR = 3_600_000;

function clockOf(amount: number, unit: DurationUnit): Clock {
  return {
    code: 'any',
    within: { amount, unit },
    calendar: 'geneva',
    startsOn: 'stage_entered',
    warnBefore: [],
    tell: ['assignee'],
    ladder: [{ after: { amount: 1, unit: 'working_days' }, tell: ['director'] }],
  };
}

/** When a clock that started at `start` runs out after one pause. */
function afterPause(clock: Clock, start: string, from: string, to: string): string {
  const dueAt = addDuration(new Date(start), clock.within, geneva);
  const remaining = remainingAt(clock, dueAt, new Date(from), geneva);
  return resumedDueAt(clock, remaining, new Date(to), geneva).toISOString();
}

describe('a paused clock', () => {
  it('in working days moves by the worked time of the pause', () => {
    // Monday, 5 working days: Monday evening a week later. Paused from Wednesday to Thursday at the same time: Tuesday evening.
    expect(afterPause(clockOf(5, 'working_days'), '2026-11-02T09:00:00Z', '2026-11-04T12:00:00Z', '2026-11-05T12:00:00Z')).toBe(
      '2026-11-10T22:59:59.999Z',
    );
  });

  it('in working days loses nothing by a pause over a weekend', () => {
    expect(afterPause(clockOf(5, 'working_days'), '2026-11-02T09:00:00Z', '2026-11-07T00:00:00Z', '2026-11-08T20:00:00Z')).toBe(
      '2026-11-09T22:59:59.999Z',
    );
  });

  it('in working days that is resumed on a Saturday goes on from Monday', () => {
    const clock = clockOf(5, 'working_days');
    const onSaturday = afterPause(clock, '2026-11-02T09:00:00Z', '2026-11-04T12:00:00Z', '2026-11-14T15:00:00Z');
    const onMonday = afterPause(clock, '2026-11-02T09:00:00Z', '2026-11-04T12:00:00Z', '2026-11-15T23:00:00Z');
    expect(onSaturday).toBe(onMonday);
  });

  it('in calendar days moves by the whole pause, and then off a day that is not worked', () => {
    // 7 days from Monday end on Monday evening; one day of pause: Tuesday. Five days of pause: Saturday, so Monday.
    const clock = clockOf(7, 'calendar_days');
    const end = (to: string): string => afterPause(clock, '2026-11-02T09:00:00Z', '2026-11-04T12:00:00Z', to);
    expect(end('2026-11-05T12:00:00Z')).toBe('2026-11-10T22:59:59.999Z');
    expect(end('2026-11-09T12:00:00Z')).toBe('2026-11-16T22:59:59.999Z');
  });

  it.each(['working_days', 'calendar_days', 'hours'] as const)(
    'in %s that had run out has nothing left, and is due the moment it goes on',
    (unit) => {
      const clock = clockOf(1, unit);
      expect(remainingAt(clock, new Date('2026-11-03T22:59:59.999Z'), new Date('2026-11-05T09:00:00Z'), geneva)).toBe(0);
      expect(resumedDueAt(clock, 0, new Date('2026-11-07T09:00:00Z'), geneva)).toEqual(new Date('2026-11-07T09:00:00Z'));
    },
  );
});

const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-10-01'), noInvalidDate: true });
const pauses = fc.integer({ min: 0, max: 60 * 24 }).map((hours) => hours * HOUR);
const units = fc.constantFrom<DurationUnit>('working_days', 'calendar_days', 'weeks', 'months', 'hours', 'minutes');
const gulf = shippedCalendar('gulf');
const calendars = fc.constantFrom<Calendar>(geneva, gulf);

describe('on any clock', () => {
  it('resumed in the moment of the pause, it runs out when it would have', () => {
    fc.assert(
      fc.property(
        calendars,
        instants,
        fc.integer({ min: 1, max: 30 }),
        units,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (calendar, start, amount, unit, part) => {
          const clock = clockOf(amount, unit);
          const dueAt = addDuration(start, clock.within, calendar);
          const at = new Date(Math.floor(start.getTime() + part * (dueAt.getTime() - start.getTime())));
          expect(resumedDueAt(clock, remainingAt(clock, dueAt, at, calendar), at, calendar)).toEqual(dueAt);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('moves by the pause: by all of it in hours, by no more than all of it worked in working days', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 30 }), pauses, (calendar, start, amount, pause) => {
        const hours = clockOf(amount, 'hours');
        const hourDue = addDuration(start, hours.within, calendar);
        const resumed = resumedDueAt(hours, remainingAt(hours, hourDue, start, calendar), new Date(start.getTime() + pause), calendar);
        expect(resumed.getTime() - hourDue.getTime()).toBe(pause);

        const days = clockOf(amount, 'working_days');
        const dueAt = addDuration(start, days.within, calendar);
        const end = new Date(start.getTime() + pause);
        const moved = resumedDueAt(days, remainingAt(days, dueAt, start, calendar), end, calendar);
        expect(isWorkingDay(calendar, moved)).toBe(true);
        expect(moved.getTime()).toBeGreaterThanOrEqual(dueAt.getTime());
        // The worked time between the old end and the new one is the worked time of the pause.
        expect(remainingAt(days, moved, dueAt, calendar)).toBe(remainingAt(days, end, start, calendar));
      }),
      { numRuns: 100 },
    );
  });

  it('a later end of the pause never makes it run out earlier', () => {
    fc.assert(
      fc.property(
        calendars,
        instants,
        fc.integer({ min: 1, max: 30 }),
        units,
        pauses,
        pauses,
        (calendar, start, amount, unit, one, other) => {
          const clock = clockOf(amount, unit);
          const dueAt = addDuration(start, clock.within, calendar);
          const remaining = remainingAt(clock, dueAt, start, calendar);
          const due = (pause: number): number => resumedDueAt(clock, remaining, new Date(start.getTime() + pause), calendar).getTime();
          expect(due(Math.max(one, other))).toBeGreaterThanOrEqual(due(Math.min(one, other)));
        },
      ),
      { numRuns: 100 },
    );
  });
});
