import fc from 'fast-check';
import { anyCalendar, anyInstant, officeHours } from '../../test-support/calendars';
import { shippedCalendar } from '../../test-support/documents';
import type { Clock } from '../procedures/procedure';
import { addDuration } from './add-duration';
import { dayOf, isWorked, nextWorked, type Calendar } from './calendar';
import { DURATION_UNITS, type DurationUnit } from './duration';
import { remainingAt, resumedDueAt } from './pause';
import { closeOf, isWorkingTime, workedBetween } from './working-time';

const geneva = shippedCalendar('geneva');
const office = officeHours('Europe/Zurich');

function clockOf(amount: number, unit: DurationUnit): Clock {
  return {
    code: 'any',
    name: { en: 'Answer' },
    within: { amount, unit },
    calendar: 'geneva',
    startsOn: { on: 'stage_entered' },
    pausesIn: [],
    stopsIn: [],
    warnBefore: [],
    tell: ['assignee'],
    ladder: [{ after: { amount: 1, unit: 'working_days' }, tell: ['director'], through: ['email'], otherwise: [] }],
  };
}

/** When a clock that started at `start` runs out after one pause. */
function afterPause(clock: Clock, start: string, from: string, to: string, calendar = geneva): string {
  const dueAt = addDuration(new Date(start), clock.within, calendar);
  const remaining = remainingAt(clock, dueAt, new Date(from), calendar);
  return resumedDueAt(clock, remaining, new Date(to), calendar).toISOString();
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

  it('in working days ends with a day, whatever part of a day it was paused', () => {
    // Ends on Monday at half past five. Paused from ten to noon on Wednesday, no day was lost.
    const clock = clockOf(5, 'working_days');
    const end = (to: string): string => afterPause(clock, '2026-11-02T09:00:00Z', '2026-11-04T09:00:00Z', to, office);
    expect(end('2026-11-04T11:00:00Z')).toBe('2026-11-09T16:30:00.000Z');
    expect(end('2026-11-04T20:00:00Z')).toBe('2026-11-10T16:30:00.000Z');
    expect(end('2026-11-05T09:00:00Z')).toBe('2026-11-10T16:30:00.000Z');
  });

  it('in working days moves by a day for a whole day, however short', () => {
    const shortFriday: Calendar = { ...office, workingHours: { ...office.workingHours, 5: [{ from: 540, to: 660 }] } };
    const from = '2026-11-05T16:30:00Z';
    const end = (to: string): string => afterPause(clockOf(5, 'working_days'), '2026-11-02T09:00:00Z', from, to, shortFriday);
    expect(end('2026-11-06T09:00:00Z')).toBe('2026-11-09T16:30:00.000Z');
    expect(end('2026-11-06T10:00:00Z')).toBe('2026-11-10T16:30:00.000Z');
  });

  it('in working days moves by a day for a day on which clocks change', () => {
    const always: Calendar = { code: 'always', timeZone: 'Europe/Zurich', weekend: [], holidays: [] };
    const moved = (from: string, to: string): string => afterPause(clockOf(9, 'working_days'), '2026-10-20T09:00:00Z', from, to, always);
    expect(moved('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toBe('2026-10-30T22:59:59.999Z');
    expect(moved('2026-10-24T10:00:00Z', '2026-10-26T11:00:00Z')).toBe('2026-10-31T22:59:59.999Z');
  });

  it('in working hours loses nothing over lunch, and is never due at night', () => {
    expect(afterPause(clockOf(4, 'working_hours'), '2026-11-02T08:00:00Z', '2026-11-02T11:30:00Z', '2026-11-02T12:30:00Z', office)).toBe(
      '2026-11-02T13:00:00.000Z',
    );
    expect(afterPause(clockOf(4, 'working_hours'), '2026-11-02T08:00:00Z', '2026-11-02T10:00:00Z', '2026-11-02T20:00:00Z', office)).toBe(
      '2026-11-03T10:00:00.000Z',
    );
  });

  it('in calendar days moves by the midnights of the pause, and then off a day that is not worked', () => {
    // 7 days from Monday end on Monday evening; a pause over one midnight: Tuesday. Over five: Saturday, so Monday.
    const clock = clockOf(7, 'calendar_days');
    const end = (to: string): string => afterPause(clock, '2026-11-02T09:00:00Z', '2026-11-04T12:00:00Z', to);
    expect(end('2026-11-04T22:59:00Z')).toBe('2026-11-09T22:59:59.999Z');
    expect(end('2026-11-05T12:00:00Z')).toBe('2026-11-10T22:59:59.999Z');
    expect(end('2026-11-09T12:00:00Z')).toBe('2026-11-16T22:59:59.999Z');
  });

  it('in calendar days is not moved by an hour that clocks go back', () => {
    // From Monday the 19th, 9 days: Wednesday the 28th. Seven midnights of pause, one of the days with 25 hours: Wednesday the 4th.
    expect(afterPause(clockOf(9, 'calendar_days'), '2026-10-19T09:00:00Z', '2026-10-20T09:00:00Z', '2026-10-27T10:00:00Z')).toBe(
      '2026-11-04T22:59:59.999Z',
    );
  });

  it('in calendar days that goes on in the evening of its last day ends with the next one that is worked', () => {
    const end = (to: string): string => afterPause(clockOf(7, 'calendar_days'), '2026-11-02T09:00:00Z', '2026-11-09T09:00:00Z', to, office);
    expect(end('2026-11-09T15:00:00Z')).toBe('2026-11-09T16:30:00.000Z');
    expect(end('2026-11-09T20:00:00Z')).toBe('2026-11-10T16:30:00.000Z');
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

const pauses = fc.integer({ min: 0, max: 60 * 24 * 60 }).map((minutes) => minutes * 60_000);
const units = fc.constantFrom<DurationUnit>(...DURATION_UNITS);
const workingUnits = fc.constantFrom<DurationUnit>('working_minutes', 'working_hours');
const amounts = fc.integer({ min: 1, max: 30 });
/** A clock that runs, and a moment at which it has not run out. */
const running = fc
  .record({ calendar: anyCalendar, start: anyInstant, amount: amounts, unit: units, part: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ calendar, start, amount, unit, part }) => {
    const clock = clockOf(amount, unit);
    const dueAt = addDuration(start, clock.within, calendar);
    const passed = Math.floor((part * (dueAt.getTime() - start.getTime())) / 1000) * 1000;
    return { calendar, clock, dueAt, at: new Date(Math.min(dueAt.getTime() - 1000, start.getTime() + passed)) };
  });

function paused(calendar: Calendar, clock: Clock, dueAt: Date, from: Date, milliseconds: number): Date {
  return resumedDueAt(clock, remainingAt(clock, dueAt, from, calendar), new Date(from.getTime() + milliseconds), calendar);
}

describe('on any clock', () => {
  it('resumed in the moment of the pause, it runs out when it would have', () => {
    fc.assert(
      fc.property(running, ({ calendar, clock, dueAt, at }) => {
        expect(paused(calendar, clock, dueAt, at, 0)).toEqual(dueAt);
      }),
      { numRuns: 100 },
    );
  });

  it('a later end of the pause never makes it run out earlier, and no pause makes it run out before it goes on', () => {
    fc.assert(
      fc.property(running, pauses, pauses, ({ calendar, clock, dueAt, at }, one, other) => {
        const due = paused(calendar, clock, dueAt, at, Math.max(one, other));
        expect(due.getTime()).toBeGreaterThanOrEqual(paused(calendar, clock, dueAt, at, Math.min(one, other)).getTime());
        expect(due.getTime()).toBeGreaterThan(at.getTime() + Math.max(one, other));
      }),
      { numRuns: 100 },
    );
  });

  it('a pause moves hours by all of it, and working time by the working time in it', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, amounts, workingUnits, pauses, (calendar, start, amount, unit, pause) => {
        const hours = clockOf(amount, 'hours');
        const hourDue = addDuration(start, hours.within, calendar);
        expect(paused(calendar, hours, hourDue, start, pause).getTime() - hourDue.getTime()).toBe(pause);

        const clock = clockOf(amount, unit);
        const dueAt = addDuration(start, clock.within, calendar);
        const moved = paused(calendar, clock, dueAt, start, pause);
        expect(isWorkingTime(calendar, moved)).toBe(true);
        expect(workedBetween(calendar, dueAt, moved)).toBe(workedBetween(calendar, start, new Date(start.getTime() + pause)));
      }),
      { numRuns: 100 },
    );
  });

  it('a pause moves working days by the worked days in it', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, amounts, fc.integer({ min: 0, max: 20 }), (calendar, start, amount, days) => {
        const clock = clockOf(amount, 'working_days');
        const dueAt = addDuration(start, clock.within, calendar);
        const day = dayOf(calendar, start) + days;
        const worked = Array.from({ length: days }, (_, index) => dayOf(calendar, start) + 1 + index).filter((one) =>
          isWorked(calendar, one),
        ).length;
        // From the evening of the day it started to the evening of a later one.
        const moved = resumedDueAt(
          clock,
          remainingAt(clock, dueAt, closeOf(calendar, dayOf(calendar, start)), calendar),
          closeOf(calendar, day),
          calendar,
        );
        expect(moved).toEqual(addDuration(start, { amount: amount + worked, unit: 'working_days' }, calendar));
      }),
      { numRuns: 100 },
    );
  });

  it('a pause moves days, weeks and months by its midnights, and then off days that are not worked', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, amounts, pauses, (calendar, start, amount, pause) => {
        const clock = clockOf(amount, 'calendar_days');
        const dueAt = addDuration(start, clock.within, calendar);
        const goesOn = new Date(start.getTime() + pause);
        const last = dayOf(calendar, dueAt) + dayOf(calendar, goesOn) - dayOf(calendar, start);
        const expected = closeOf(calendar, isWorked(calendar, last) ? last : nextWorked(calendar, last, 1));
        expect(paused(calendar, clock, dueAt, start, pause)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('two pauses, one after the other, move it as far as one that is as long as both', () => {
    fc.assert(
      fc.property(running, pauses, pauses, ({ calendar: any, clock, dueAt: due, at }, one, other) => {
        // Days, weeks and months move off a day of rest, and off an evening, after each pause, so they add up where there is neither.
        const { workingHours: _workingHours, ...whole } = any;
        const calendar = ['calendar_days', 'weeks', 'months'].includes(clock.within.unit) ? { ...whole, weekend: [], holidays: [] } : any;
        const dueAt = calendar === any ? due : paused(calendar, clock, due, at, 0);
        const between = new Date(at.getTime() + one);
        const twice = paused(calendar, clock, paused(calendar, clock, dueAt, at, one), between, other);
        const once = paused(calendar, clock, dueAt, at, one + other);
        expect(twice).toEqual(once);
      }),
      { numRuns: 100 },
    );
  });
});
