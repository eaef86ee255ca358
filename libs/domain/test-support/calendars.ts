import fc from 'fast-check';
import type { Calendar, WorkInterval } from '../src';

const MORNING_AND_AFTERNOON: readonly WorkInterval[] = [
  { from: 540, to: 750 },
  { from: 810, to: 1050 },
];

/** An office that works from nine to half past five with an hour for lunch, Monday to Friday. */
export function officeHours(timeZone: string): Calendar {
  const workingHours = Object.fromEntries([1, 2, 3, 4, 5].map((weekday) => [weekday, MORNING_AND_AFTERNOON]));
  return { code: 'office', timeZone, weekend: [6, 7], holidays: [], workingHours };
}

/** Zones that change their clocks in every way there is: by an hour, by half, at midnight, by a whole day, and not at all. */
const ZONES = [
  'Europe/Zurich',
  'Asia/Riyadh',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Australia/Lord_Howe',
];

/** Any second of some fourteen years. Not any millisecond: the last one of a day stands for its end. */
export const anyInstant = fc
  .date({ min: new Date('2019-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
  .map((at) => new Date(Math.floor(at.getTime() / 1000) * 1000));

const hours: fc.Arbitrary<readonly WorkInterval[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 })
  .map((times) => {
    const quarters = [...times].sort((one, other) => one - other);
    return Array.from({ length: Math.floor(quarters.length / 2) }, (_, index) => ({
      from: (quarters[2 * index] ?? 0) * 15,
      to: (quarters[2 * index + 1] ?? 0) * 15,
    }));
  });
const workingHours = fc
  .tuple(hours, hours, hours, hours, hours, hours, hours)
  .map((days) => Object.fromEntries(days.map((day, index) => [index + 1, day])));
const dates = anyInstant.map((at) => at.toISOString().slice(0, 10));

/** Any calendar: with and without hours, holidays, and days that are worked by way of exception. */
export const anyCalendar: fc.Arbitrary<Calendar> = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    weekend: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 5 }),
    holidays: fc.uniqueArray(dates, { maxLength: 40 }),
    workedDays: fc.uniqueArray(dates, { maxLength: 10 }).map((worked) => worked.map((date) => ({ date }))),
    workingHours: fc.option(workingHours, { nil: undefined }),
  })
  .map(({ workingHours: week, ...calendar }) => ({ code: 'any', ...calendar, ...(week && { workingHours: week }) }));
