import fc from 'fast-check';
import { anyCalendar as calendars, anyInstant as instants, officeHours } from '../../test-support/calendars';
import { shippedCalendar } from '../../test-support/documents';
import { addDuration, subtractDuration } from './add-duration';
import { dateOf, dayOf, inZone, isWorkingDay, type Calendar } from './calendar';
import type { Duration, DurationUnit } from './duration';
import { closeOf, isWorkingTime, workedBetween } from './working-time';

const geneva = shippedCalendar('geneva');
const gulf = shippedCalendar('gulf');
/** Clocks go forward at midnight there: on 22 March 2024 the day began at one o'clock. */
const beirut: Calendar = { code: 'beirut', timeZone: 'Asia/Beirut', weekend: [7], holidays: [] };

function ends(start: string, amount: number, unit: DurationUnit, calendar: Calendar = geneva): string {
  const end = inZone(calendar, addDuration(new Date(start), { amount, unit }, calendar));
  return end.toFormat('ccc yyyy-MM-dd HH:mm:ss.SSS');
}

describe('addDuration', () => {
  it.each([
    ['the day of the start is not counted', '2026-11-02T08:00:00Z', 1, 'working_days', 'Tue 2026-11-03 23:59:59.999'],
    ['a weekend is passed over', '2026-11-06T08:00:00Z', 1, 'working_days', 'Mon 2026-11-09 23:59:59.999'],
    ['a start on Saturday counts from Monday', '2026-11-07T08:00:00Z', 1, 'working_days', 'Mon 2026-11-09 23:59:59.999'],
    ['Good Friday and Easter Monday are passed over', '2026-04-01T08:00:00Z', 2, 'working_days', 'Tue 2026-04-07 23:59:59.999'],
    ['the day of the start is the day in Geneva', '2026-11-02T23:30:00Z', 1, 'working_days', 'Wed 2026-11-04 23:59:59.999'],
    ['five working days over the change of clocks', '2026-03-27T08:00:00Z', 5, 'working_days', 'Tue 2026-04-07 23:59:59.999'],
    ['calendar days count all days', '2026-11-02T08:00:00Z', 7, 'calendar_days', 'Mon 2026-11-09 23:59:59.999'],
    ['a last day on Sunday moves to Monday', '2026-11-02T08:00:00Z', 6, 'calendar_days', 'Mon 2026-11-09 23:59:59.999'],
    ['a last day on a holiday moves on', '2026-12-24T08:00:00Z', 1, 'calendar_days', 'Mon 2026-12-28 23:59:59.999'],
    ['weeks are seven days', '2026-11-03T08:00:00Z', 2, 'weeks', 'Tue 2026-11-17 23:59:59.999'],
    ['months end on the same day', '2026-09-15T08:00:00Z', 3, 'months', 'Tue 2026-12-15 23:59:59.999'],
    ['or on the last day there is', '2026-08-31T08:00:00Z', 3, 'months', 'Mon 2026-11-30 23:59:59.999'],
    ['hours are hours, nights and Sundays included', '2026-11-06T20:00:00Z', 48, 'hours', 'Sun 2026-11-08 21:00:00.000'],
    ['hours pass through the hour that exists twice', '2026-10-24T22:30:00Z', 4, 'hours', 'Sun 2026-10-25 03:30:00.000'],
    ['minutes are minutes', '2026-11-06T20:00:00Z', 90, 'minutes', 'Fri 2026-11-06 22:30:00.000'],
  ] as const)('%s', (_rule, start, amount, unit, end) => {
    expect(ends(start, amount, unit)).toBe(end);
  });

  const office = officeHours('Europe/Zurich');
  it.each([
    ['working hours pass over lunch and night', '2026-11-02T15:00:00Z', 3, 'working_hours', 'Tue 2026-11-03 10:30:00.000'],
    ['and over a weekend', '2026-11-06T16:00:00Z', 45, 'working_minutes', 'Mon 2026-11-09 09:15:00.000'],
    ['a day ends with its last working hour', '2026-11-02T08:00:00Z', 1, 'working_days', 'Tue 2026-11-03 17:30:00.000'],
    ['so do calendar days', '2026-11-02T08:00:00Z', 6, 'calendar_days', 'Mon 2026-11-09 17:30:00.000'],
    ['and months', '2026-08-31T08:00:00Z', 3, 'months', 'Mon 2026-11-30 17:30:00.000'],
    ['hours on the clock do not', '2026-11-02T08:00:00Z', 12, 'hours', 'Mon 2026-11-02 21:00:00.000'],
  ] as const)('where there are working hours, %s', (_rule, start, amount, unit, end) => {
    expect(ends(start, amount, unit, office)).toBe(end);
  });

  it('counts working hours by days where a calendar has no hours', () => {
    expect(ends('2026-11-06T11:00:00Z', 24, 'working_hours')).toBe('Mon 2026-11-09 12:00:00.000');
  });

  it('rests on Friday and Saturday in the Gulf and works on Sunday', () => {
    expect(ends('2026-11-05T06:00:00Z', 1, 'working_days', gulf)).toBe('Sun 2026-11-08 23:59:59.999');
  });

  it('counts a day that has no midnight', () => {
    expect(ends('2024-03-30T10:00:00Z', 1, 'working_days', beirut)).toBe('Mon 2024-04-01 23:59:59.999');
    expect(ends('2024-03-29T10:00:00Z', 2, 'calendar_days', beirut)).toBe('Mon 2024-04-01 23:59:59.999');
  });
});

describe('subtractDuration', () => {
  it.each([
    ['two working days are left after the evening of Wednesday', '2026-11-06T22:59:59.999Z', 2, 'working_days', 'Wed 2026-11-04'],
    ['over a weekend', '2026-11-09T22:59:59.999Z', 1, 'working_days', 'Fri 2026-11-06'],
    ['a calendar day that is not worked moves back', '2026-11-10T22:59:59.999Z', 2, 'calendar_days', 'Fri 2026-11-06'],
  ] as const)('%s', (_rule, end, amount, unit, day) => {
    const at = inZone(geneva, subtractDuration(new Date(end), { amount, unit }, geneva));
    expect(at.toFormat('ccc yyyy-MM-dd HH:mm:ss.SSS')).toBe(`${day} 23:59:59.999`);
  });

  it('takes hours off by the clock', () => {
    expect(subtractDuration(new Date('2026-11-09T10:00:00Z'), { amount: 50, unit: 'hours' }, geneva)).toEqual(
      new Date('2026-11-07T08:00:00Z'),
    );
  });
});

const dayUnits = fc.constantFrom<DurationUnit>('working_days', 'calendar_days', 'weeks', 'months');
const units = fc.oneof(dayUnits, fc.constantFrom<DurationUnit>('minutes', 'hours', 'working_minutes', 'working_hours'));
const amounts = fc.integer({ min: 1, max: 40 });
const durations: fc.Arbitrary<Duration> = fc.record({ amount: amounts, unit: units });

describe('on any calendar', () => {
  it('an end in days falls on a worked day, after its start', () => {
    fc.assert(
      fc.property(calendars, instants, amounts, dayUnits, (calendar, start, amount, unit) => {
        const end = addDuration(start, { amount, unit }, calendar);
        expect(isWorkingDay(calendar, end)).toBe(true);
        expect(end.getTime()).toBeGreaterThan(start.getTime());
        expect(end).toEqual(closeOf(calendar, dayOf(calendar, end)));
      }),
      { numRuns: 150 },
    );
  });

  it('an end in working minutes and hours falls into working time, and exactly so much of it lies before', () => {
    fc.assert(
      fc.property(calendars, instants, amounts, (calendar, start, amount) => {
        const end = addDuration(start, { amount, unit: 'working_hours' }, calendar);
        expect(isWorkingTime(calendar, end)).toBe(true);
        expect(workedBetween(calendar, start, end)).toBe(amount * 3_600_000);
        expect(addDuration(start, { amount: amount * 60, unit: 'working_minutes' }, calendar)).toEqual(end);
      }),
      { numRuns: 150 },
    );
  });

  it('a later start never ends earlier, and a longer duration never ends earlier', () => {
    fc.assert(
      fc.property(calendars, instants, instants, durations, (calendar, one, other, duration) => {
        const [earlier, later] = one <= other ? [one, other] : [other, one];
        const end = addDuration(earlier, duration, calendar);
        expect(addDuration(later, duration, calendar).getTime()).toBeGreaterThanOrEqual(end.getTime());
        const longer = { ...duration, amount: duration.amount + 1 };
        expect(addDuration(earlier, longer, calendar).getTime()).toBeGreaterThanOrEqual(end.getTime());
      }),
      { numRuns: 150 },
    );
  });

  it('between the start and the end lie exactly as many worked days as were given', () => {
    fc.assert(
      fc.property(calendars, instants, amounts, (calendar, start, amount) => {
        const end = addDuration(start, { amount, unit: 'working_days' }, calendar);
        let worked = 0;
        let day = inZone(calendar, start).startOf('day');
        while (day.toFormat('yyyy-MM-dd') < dateOf(calendar, end)) {
          day = day.plus({ days: 1 }).startOf('day');
          if (isWorkingDay(calendar, day.toJSDate())) worked += 1;
        }
        expect(worked).toBe(amount);
      }),
      { numRuns: 100 },
    );
  });
});
