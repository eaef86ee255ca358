import fc from 'fast-check';
import type { Calendar, WorkInterval } from './calendar';
import { anyCalendar, anyInstant, officeHours } from '../../test-support/calendars';
import { inZone } from './calendar';
import { dayOfDate } from './local-time';
import { afterWorked, beforeWorked, closeOf, isWorkingTime, workedBetween } from './working-time';

const HOUR_MS = 3_600_000;
/** Nine to half past twelve and half past one to half past five, Monday to Friday; a holiday, a Saturday that is worked, a short day. */
const office: Calendar = {
  ...officeHours('Europe/Zurich'),
  holidays: ['2026-11-11'],
  workedDays: [
    { date: '2026-11-14', hours: [{ from: 600, to: 720 }] },
    { date: '2026-11-13', hours: [{ from: 540, to: 600 }] },
  ],
};
const nights = (from: number, to: number): Calendar => everyDay([{ from, to }]);

function everyDay(hours: readonly WorkInterval[], timeZone = 'Europe/Zurich'): Calendar {
  return {
    code: 'nights',
    timeZone,
    weekend: [],
    holidays: [],
    workingHours: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, hours])),
  };
}
const shown = (calendar: Calendar, at: Date): string => inZone(calendar, at).toFormat('ccc dd HH:mm:ss.SSS');

describe('working time', () => {
  it.each([
    ['within the morning', '2026-11-09T08:00:00Z', 1, 'Mon 09 10:00:00.000'],
    ['over lunch', '2026-11-09T08:00:00Z', 4, 'Mon 09 14:00:00.000'],
    ['to the end of the day, and not to the next morning', '2026-11-09T08:00:00Z', 7.5, 'Mon 09 17:30:00.000'],
    ['from the evening: the next morning is the beginning', '2026-11-09T20:00:00Z', 1, 'Tue 10 10:00:00.000'],
    ['over a holiday', '2026-11-10T16:00:00Z', 1, 'Thu 12 09:30:00.000'],
    ['over a short day to a Saturday that is worked, and then a weekend', '2026-11-12T16:00:00Z', 4, 'Mon 16 09:30:00.000'],
  ])('passes %s', (_what, from, hours, until) => {
    expect(shown(office, afterWorked(office, new Date(from), hours * HOUR_MS))).toBe(until);
  });

  it.each([
    ['within the morning', '2026-11-09T10:00:00Z', 1, 'Mon 09 10:00:00.000'],
    ['to the beginning of the day, and not to the evening before', '2026-11-10T09:00:00Z', 1, 'Tue 10 09:00:00.000'],
    ['over a holiday', '2026-11-12T08:30:00Z', 1, 'Tue 10 17:00:00.000'],
  ])('is left %s', (_what, until, hours, from) => {
    expect(shown(office, beforeWorked(office, new Date(until), hours * HOUR_MS))).toBe(from);
  });

  it('is none, and moves nothing, where nothing is to pass', () => {
    const sunday = new Date('2026-11-08T10:00:00Z');
    expect([afterWorked(office, sunday, 0), beforeWorked(office, sunday, 0), workedBetween(office, sunday, sunday)]).toEqual([
      sunday,
      sunday,
      0,
    ]);
    expect(workedBetween(office, new Date('2026-11-10T10:00:00Z'), sunday)).toBe(0);
  });

  it.each([
    ['seven hours and a half on an ordinary day', '2026-11-09', 7.5],
    ['an hour on a short day', '2026-11-13', 1],
    ['two on a Saturday that is worked', '2026-11-14', 2],
    ['none on a holiday', '2026-11-11', 0],
  ])('is %s', (_what, date, hours) => {
    expect(workedBetween(office, new Date(`${date}T00:00:00Z`), new Date(`${date}T22:00:00Z`))).toBe(hours * HOUR_MS);
  });

  it.each([
    ['an hour is left out', nights(60, 300), '2026-03-29', 3],
    ['an hour is repeated', nights(60, 300), '2026-10-25', 5],
    ['work begins at a time that does not exist', nights(150, 300), '2026-03-29', 2],
    ['work ends at a time that does not exist', nights(60, 150), '2026-03-29', 1],
    ['all of the work is at times that do not exist', nights(130, 170), '2026-03-29', 0],
    ['work begins at a time that exists twice: at the first', nights(150, 300), '2026-10-25', 3.5],
    ['work ends at a time that exists twice: at the first', nights(60, 150), '2026-10-25', 1.5],
    [
      'one shift ends and the next begins at a time that exists twice',
      everyDay([
        { from: 60, to: 150 },
        { from: 150, to: 300 },
      ]),
      '2026-10-25',
      5,
    ],
    ['a day begins at one o’clock', everyDay([{ from: 0, to: 120 }], 'Asia/Beirut'), '2024-03-31', 1],
    ['a whole day was left out', everyDay([{ from: 540, to: 1020 }], 'Pacific/Apia'), '2011-12-30', 0],
  ])('is what really passes where %s', (_what, calendar, date, hours) => {
    const day = dayOfDate(date);
    const from = new Date((day - 1) * 24 * HOUR_MS - 14 * HOUR_MS);
    const all = [-2, -1, 0, 1, 2].map((step) => measured(calendar, day + step));
    expect(all[2]).toBe(hours * HOUR_MS);
    expect(workedBetween(calendar, from, new Date(from.getTime() + 80 * HOUR_MS))).toBeLessThanOrEqual(
      all.reduce((sum, one) => sum + one, 0),
    );
  });

  it('ends with the last hour of a day, or with its last millisecond', () => {
    expect(shown(office, closeOf(office, dayOfDate('2026-11-09')))).toBe('Mon 09 17:30:00.000');
    expect(shown(office, closeOf(office, dayOfDate('2026-11-11')))).toBe('Wed 11 23:59:59.999');
    const { workingHours: _workingHours, ...whole } = office;
    expect(shown(whole, closeOf(whole, dayOfDate('2026-11-09')))).toBe('Mon 09 23:59:59.999');
    expect(shown(whole, afterWorked(whole, new Date('2026-11-08T23:00:00Z'), 24 * HOUR_MS))).toBe('Mon 09 23:59:59.999');
    expect(workedBetween(whole, new Date('2026-11-09T22:59:59.999Z'), new Date('2026-11-09T23:30:00Z'))).toBe(HOUR_MS / 2);
  });

  it('is not looked for without end in a calendar that has none', () => {
    const never: Calendar = { ...office, workingHours: {}, workedDays: [], weekend: [1, 2, 3, 4, 5, 6, 7] };
    expect(() => afterWorked(never, new Date('2026-01-01'), 1)).toThrow('no working day');
    const empty: Calendar = { ...office, workedDays: [], weekend: [], workingHours: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } };
    expect(() => afterWorked(empty, new Date('2026-01-01'), 1)).toThrow('no working time');
  });
});

/** What the stretches of one date hold, measured from the moment it begins to the moment the next one does. */
function measured(calendar: Calendar, day: number): number {
  const close = closeOf(calendar, day);
  const before = closeOf(calendar, day - 1);
  return workedBetween(calendar, before, close);
}

describe('on any calendar', () => {
  const lengths = fc.integer({ min: 1, max: 60 * 24 * 12 }).map((minutes) => minutes * 60_000);

  it('so much time passes as is to pass, and ends in working time', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, lengths, (calendar, start, length) => {
        const end = afterWorked(calendar, start, length);
        expect(workedBetween(calendar, start, end)).toBe(length);
        expect(isWorkingTime(calendar, end)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('forth and back leads to the start, or over time that is not worked', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, lengths, (calendar, start, length) => {
        const back = beforeWorked(calendar, afterWorked(calendar, start, length), length);
        expect(isWorkingTime(calendar, back)).toBe(true);
        expect(workedBetween(calendar, start, back) + workedBetween(calendar, back, start)).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it('a later start or a longer time never ends earlier', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anyInstant, lengths, lengths, (calendar, one, other, short, long) => {
        const [earlier, later] = one <= other ? [one, other] : [other, one];
        const end = afterWorked(calendar, earlier, Math.min(short, long)).getTime();
        expect(afterWorked(calendar, later, Math.min(short, long)).getTime()).toBeGreaterThanOrEqual(end);
        expect(afterWorked(calendar, earlier, Math.max(short, long)).getTime()).toBeGreaterThanOrEqual(end);
      }),
      { numRuns: 100 },
    );
  });

  it('two times add up to one', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, lengths, lengths, (calendar, start, one, other) => {
        expect(afterWorked(calendar, afterWorked(calendar, start, one), other)).toEqual(afterWorked(calendar, start, one + other));
        const middle = new Date(start.getTime() + one);
        const end = new Date(middle.getTime() + other);
        expect(workedBetween(calendar, start, middle) + workedBetween(calendar, middle, end)).toBe(workedBetween(calendar, start, end));
      }),
      { numRuns: 100 },
    );
  });
});

describe('work that ends within an hour that clocks jump over, before midnight', () => {
  it.each(['America/Nuuk', 'America/Scoresbysund'])('ends with its own day and not with the next: %s', (timeZone) => {
    const calendar = everyDay([{ from: 540, to: 1410 }], timeZone);
    // Clocks go from 23:00 on Saturday to 00:00 on Sunday.
    const saturday = dayOfDate('2026-03-28');
    expect(shown(calendar, closeOf(calendar, saturday))).toBe('Sat 28 22:59:59.999');
    expect(isWorkingTime(calendar, closeOf(calendar, saturday))).toBe(true);
    expect(shown(calendar, closeOf(calendar, saturday - 1))).toBe('Fri 27 23:30:00.000');
  });
});
