import { DateTime } from 'luxon';
import type { Wording } from '../procedures/procedure';
import { dateOfDay, dayOfDate, localTime, weekdayOf } from './local-time';

/** Which days and hours an institution works, and where. A published version: every day is written out, nothing is left to be looked up. */
export interface Calendar {
  readonly code: string;
  /** 1 or more once it is published; a change of any kind is the next one. */
  readonly version?: number;
  readonly title?: Wording;
  /** IANA name, for instance `Europe/Zurich`: a day begins and ends there. */
  readonly timeZone: string;
  /** ISO weekdays that are not worked: 1 is Monday, 7 is Sunday. At least one weekday is left. */
  readonly weekend: readonly number[];
  /** Further days that are not worked, `YYYY-MM-DD`: public holidays and the institution's own closures. */
  readonly holidays: readonly string[];
  /** Days that are worked although they are a weekend or a holiday, or that have hours of their own. They overrule both. */
  readonly workedDays?: readonly WorkedDay[];
  /** Hours of each weekday that is worked. Where absent, all of a worked day counts. */
  readonly workingHours?: WorkingHours;
  /** First and last date for which public holidays are known. Absent when the calendar has none: then it never runs out. */
  readonly holidaysKnown?: KnownSpan;
}

/** A day that is worked by way of exception. */
export interface WorkedDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Those of its weekday unless given. */
  readonly hours?: readonly WorkInterval[];
}

/** Hours of work from a time to a later one, in minutes since midnight as the clock shows them: 0 to 1440. They do not cross midnight. */
export interface WorkInterval {
  readonly from: number;
  readonly to: number;
}

/** By ISO weekday, in the order of the day, without overlaps. */
export type WorkingHours = Readonly<Partial<Record<number, readonly WorkInterval[]>>>;

/** A span of dates, `YYYY-MM-DD`, both included. */
export interface KnownSpan {
  readonly from: string;
  readonly until: string;
}

/** Longer stretches without a working day are a mistake in the calendar, not a holiday. */
export const LONGEST_REST_DAYS = 400;

/** What a calendar says of single days, by their number. Made once for each calendar, which never changes. */
interface DaysOff {
  readonly holidays: ReadonlySet<number>;
  readonly worked: ReadonlyMap<number, WorkedDay>;
}

const daysOff = new WeakMap<Calendar, DaysOff>();

function daysOffOf(calendar: Calendar): DaysOff {
  const known = daysOff.get(calendar);
  if (known) return known;
  const made = {
    holidays: new Set(calendar.holidays.map(dayOfDate)),
    worked: new Map((calendar.workedDays ?? []).map((worked) => [dayOfDate(worked.date), worked])),
  };
  daysOff.set(calendar, made);
  return made;
}

/** True when a day (days since 1970-01-01) is worked. */
export function isWorked(calendar: Calendar, day: number): boolean {
  const { holidays, worked } = daysOffOf(calendar);
  return worked.has(day) || (!calendar.weekend.includes(weekdayOf(day)) && !holidays.has(day));
}

/** The hours of a worked day, or nothing when all of it counts. */
export function hoursOf(calendar: Calendar, day: number): readonly WorkInterval[] | undefined {
  return daysOffOf(calendar).worked.get(day)?.hours ?? calendar.workingHours?.[weekdayOf(day)];
}

/**
 * The nearest worked day after (`step` 1) or before (`step` -1) a day, not counting that day itself.
 * @throws Error when the calendar rests for more than a year: a broken calendar, which {@link parseCalendar} refuses
 */
export function nextWorked(calendar: Calendar, day: number, step: 1 | -1): number {
  for (let tries = 1; tries <= LONGEST_REST_DAYS; tries += 1) if (isWorked(calendar, day + tries * step)) return day + tries * step;
  throw new Error(`calendar ${calendar.code} has no working day near ${dateOfDay(day)}`);
}

/** The moment, seen in the calendar's time zone. */
export function inZone(calendar: Calendar, at: Date): DateTime {
  const local = DateTime.fromJSDate(at, { zone: calendar.timeZone });
  if (!local.isValid) throw new Error(`calendar ${calendar.code}: ${local.invalidReason}`);
  return local;
}

/** The day of a moment in the calendar's time zone, in days since 1970-01-01. */
export function dayOf(calendar: Calendar, at: Date): number {
  return localTime(calendar.timeZone, at.getTime()).day;
}

/** True when the day of this moment, in the calendar's time zone, is worked. */
export function isWorkingDay(calendar: Calendar, at: Date): boolean {
  return isWorked(calendar, dayOf(calendar, at));
}

/**
 * The date on which a moment falls in the calendar's time zone, `YYYY-MM-DD`. Show due dates by it: the end of a day in Geneva is already the
 * next day further east.
 */
export function dateOf(calendar: Calendar, at: Date): string {
  return dateOfDay(dayOf(calendar, at));
}
