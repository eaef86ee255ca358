import { dayOf, isWorked, nextWorked, type Calendar } from './calendar';
import { isExact, isInWorkingTime, milliseconds, type Duration } from './duration';
import { DAY_MS } from './local-time';
import { afterWorked, beforeWorked, closeOf } from './working-time';

/**
 * The moment a duration after `start`.
 *
 * The rule is that of Regulation (EEC, Euratom) No 1182/71, Article 3, by which European institutions count their time limits:
 * - `minutes` and `hours` are time on the clock: nights and holidays count, and the end may fall on any day.
 * - `working_minutes` and `working_hours` are time that passes within working hours; where the calendar has none, within worked days.
 * - In all other units the day of the start is not counted (3(1)) and the duration ends with the last hour of its last day (3(2)): the moment its work
 *   ends where the calendar has hours, otherwise its last millisecond, 23:59:59.999 in the calendar's time zone.
 * - `working_days` counts worked days only. Starting on a Saturday, one working day ends on Monday.
 * - `calendar_days` and `weeks` count all days; `months` ends on the same day of the later month, or on its last day when there is none.
 *   When the last day is not worked, the end moves to the next worked day (3(4)).
 *
 * So the end is never before `start`, always in working time (but for minutes and hours), and a later start never ends earlier.
 */
export function addDuration(start: Date, duration: Duration, calendar: Calendar): Date {
  if (isExact(duration)) return new Date(start.getTime() + milliseconds(duration));
  if (isInWorkingTime(duration)) return afterWorked(calendar, start, milliseconds(duration));
  const day = dayOf(calendar, start);
  if (duration.unit === 'working_days') return closeOf(calendar, walk(calendar, day, duration.amount, 1));
  const last = shift(day, duration, 1);
  return closeOf(calendar, isWorked(calendar, last) ? last : nextWorked(calendar, last, 1));
}

/**
 * The moment a duration before `end`: for durations in days, the end of the day from which that duration is still left. A day that is not worked moves to the
 * worked day before it, so that a reminder comes early and not late.
 */
export function subtractDuration(end: Date, duration: Duration, calendar: Calendar): Date {
  if (isExact(duration)) return new Date(end.getTime() - milliseconds(duration));
  if (isInWorkingTime(duration)) return beforeWorked(calendar, end, milliseconds(duration));
  const day = dayOf(calendar, end);
  if (duration.unit === 'working_days') return closeOf(calendar, walk(calendar, day, duration.amount, -1));
  const first = shift(day, duration, -1);
  return closeOf(calendar, isWorked(calendar, first) ? first : nextWorked(calendar, first, -1));
}

function walk(calendar: Calendar, day: number, days: number, step: 1 | -1): number {
  let at = day;
  for (let counted = 0; counted < days; counted += 1) at = nextWorked(calendar, at, step);
  return at;
}

function shift(day: number, duration: Duration, sign: 1 | -1): number {
  const amount = duration.amount * sign;
  if (duration.unit === 'months') return shiftMonths(day, amount);
  return day + (duration.unit === 'weeks' ? amount * 7 : amount);
}

function shiftMonths(day: number, months: number): number {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  // The day 0 of a month is the last one of the month before.
  const longest = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), longest)) / DAY_MS;
}
