import type { DateTime } from 'luxon';
import { inZone, isWorked, nextWorked, type Calendar } from './calendar';
import type { Duration } from './duration';

/**
 * The moment a duration after `start`.
 *
 * The rule is that of Regulation (EEC, Euratom) No 1182/71, Article 3, by which European institutions count their time limits:
 * - `minutes` and `hours` are time on the clock: nights and holidays count, and the end may fall on any day.
 * - In all other units the day of the start is not counted (3(1)) and the duration ends with the last hour of its last day (3(2)), which
 *   is its last millisecond, 23:59:59.999 in the calendar's time zone.
 * - `working_days` counts worked days only. Starting on a Saturday, one working day ends on Monday evening.
 * - `calendar_days` and `weeks` count all days; `months` ends on the same day of the later month, or on its last day when there is none.
 *   When the last day is not worked, the end moves to the evening of the next worked day (3(4)).
 *
 * So the end is never before `start`, never on a day that is not worked (but for minutes and hours), and a later start never ends earlier.
 */
export function addDuration(start: Date, duration: Duration, calendar: Calendar): Date {
  if (isExact(duration)) return new Date(start.getTime() + exactMilliseconds(duration));
  const day = inZone(calendar, start);
  if (duration.unit === 'working_days') return endOf(walk(calendar, day, duration.amount, 1));
  const last = shift(day, duration, 1);
  return endOf(isWorked(calendar, last) ? last : nextWorked(calendar, last, 1));
}

/**
 * The moment a duration before `end`: the evening of the day from which that duration is still left. A day that is not worked moves to the worked
 * day before it, so that a reminder comes early and not late.
 */
export function subtractDuration(end: Date, duration: Duration, calendar: Calendar): Date {
  if (isExact(duration)) return new Date(end.getTime() - exactMilliseconds(duration));
  const day = inZone(calendar, end);
  if (duration.unit === 'working_days') return endOf(walk(calendar, day, duration.amount, -1));
  const first = shift(day, duration, -1);
  return endOf(isWorked(calendar, first) ? first : nextWorked(calendar, first, -1));
}

/** True for units that are counted by the clock on the wall and not by the calendar. */
export function isExact(duration: Duration): boolean {
  return duration.unit === 'minutes' || duration.unit === 'hours';
}

function exactMilliseconds(duration: Duration): number {
  return duration.amount * (duration.unit === 'hours' ? 3_600_000 : 60_000);
}

function walk(calendar: Calendar, day: DateTime, days: number, step: 1 | -1): DateTime {
  let at = day;
  for (let counted = 0; counted < days; counted += 1) at = nextWorked(calendar, at, step);
  return at;
}

function shift(day: DateTime, duration: Duration, sign: 1 | -1): DateTime {
  const amount = duration.amount * sign;
  if (duration.unit === 'months') return day.startOf('day').plus({ months: amount });
  return day.startOf('day').plus({ days: duration.unit === 'weeks' ? amount * 7 : amount });
}

function endOf(day: DateTime): Date {
  return day.endOf('day').toJSDate();
}
