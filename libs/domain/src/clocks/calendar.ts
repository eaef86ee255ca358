import { DateTime } from 'luxon';
import type { Wording } from '../procedures/procedure';

/** Which days an institution works, and where. */
export interface Calendar {
  readonly code: string;
  readonly title?: Wording;
  /** IANA name, for instance `Europe/Zurich`: a day begins and ends there. */
  readonly timeZone: string;
  /** ISO weekdays that are not worked: 1 is Monday, 7 is Sunday. At least one weekday is left. */
  readonly weekend: readonly number[];
  /** Further days that are not worked, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
}

/** Longer stretches without a working day are a mistake in the calendar, not a holiday. */
const LONGEST_REST_DAYS = 400;

/** The moment, seen in the calendar's time zone. */
export function inZone(calendar: Calendar, at: Date): DateTime {
  const local = DateTime.fromJSDate(at, { zone: calendar.timeZone });
  if (!local.isValid) throw new Error(`calendar ${calendar.code}: ${local.invalidReason}`);
  return local;
}

/** True when the day of this moment, in the calendar's time zone, is worked. */
export function isWorkingDay(calendar: Calendar, at: Date): boolean {
  return isWorked(calendar, inZone(calendar, at));
}

/** True when the local day of `day` is worked. */
export function isWorked(calendar: Calendar, day: DateTime): boolean {
  return !calendar.weekend.includes(day.weekday) && !calendar.holidays.includes(day.toISODate() ?? '');
}

/**
 * The nearest working day after (`step` 1) or before (`step` -1) the day of `day`, not counting that day itself.
 * @throws Error when the calendar rests for more than a year: a broken calendar, which {@link parseCalendar} refuses
 */
export function nextWorked(calendar: Calendar, day: DateTime, step: 1 | -1): DateTime {
  let candidate = day.startOf('day');
  for (let tries = 0; tries < LONGEST_REST_DAYS; tries += 1) {
    candidate = candidate.plus({ days: step }).startOf('day');
    if (isWorked(calendar, candidate)) return candidate;
  }
  throw new Error(`calendar ${calendar.code} has no working day near ${day.toISODate() ?? 'that day'}`);
}

/**
 * The date on which a moment falls in the calendar's time zone, `YYYY-MM-DD`. Show due dates by it: the end of a day in Geneva is already the
 * next day further east.
 */
export function dateOf(calendar: Calendar, at: Date): string {
  return inZone(calendar, at).toISODate() ?? '';
}
