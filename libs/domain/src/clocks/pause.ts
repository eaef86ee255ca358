import { dayOf, isWorked, nextWorked, type Calendar } from './calendar';
import { isExact, isInWorkingTime } from './duration';
import { DAY_MS } from './local-time';
import { afterWorked, closeOf, workedBetween } from './working-time';
import type { Clock } from '../procedures/procedure';

/**
 * What remains of a clock that is paused at `at`, in milliseconds, 0 when it has run out:
 * - in working minutes and hours: the working time until the end, so that a weekend between now and the end is not time that is left;
 * - in working days: worked days, each of 24 hours however long its work is, the present one and the last one counted;
 * - in minutes and hours: the time on the clock;
 * - in calendar days, weeks and months: whole days of 24 hours, the present one and the last one counted.
 */
export function remainingAt(clock: Clock, dueAt: Date, at: Date, calendar: Calendar): number {
  if (at >= dueAt) return 0;
  if (isExact(clock.within)) return dueAt.getTime() - at.getTime();
  // An end outside working time comes from another calendar; whatever it is, the clock has not run out.
  if (isInWorkingTime(clock.within)) return Math.max(1, workedBetween(calendar, at, dueAt));
  if (clock.within.unit === 'working_days') return Math.max(1, workedDaysUntil(calendar, at, dueAt)) * DAY_MS;
  return (dayOf(calendar, dueAt) - dayOf(calendar, at) + 1) * DAY_MS;
}

/**
 * When a clock that was paused runs out, given what remained of it and the moment it goes on. Resumed in the moment of the pause, it runs out when it would
 * have; a later moment never makes it run out earlier; two pauses move it as far as one that is as long as both, and never less (see the last line).
 * - In working minutes and hours it moves by the working time of its pause, to the millisecond.
 * - In working days it moves by as many days as ends of worked days passed, however short those were, and ends with its last day.
 * - In minutes and hours it moves by the time on the clock.
 * - In calendar days, weeks and months it moves by as many days as midnights passed, then off a day that is not worked, and ends with that day. What
 *   it moved off is kept: after a second pause it may end a few days later than after one that was as long as both.
 * @param remaining milliseconds from {@link remainingAt}; 0 makes it due at once, on whatever day
 */
export function resumedDueAt(clock: Clock, remaining: number, at: Date, calendar: Calendar): Date {
  if (remaining === 0) return at;
  if (isExact(clock.within)) return new Date(at.getTime() + remaining);
  if (isInWorkingTime(clock.within)) return afterWorked(calendar, at, remaining);
  if (clock.within.unit === 'working_days') return afterWorkedDays(calendar, at, Math.ceil(remaining / DAY_MS));
  const last = dayOf(calendar, at) + Math.ceil(remaining / DAY_MS) - 1;
  const dueAt = closeOf(calendar, isWorked(calendar, last) ? last : nextWorked(calendar, last, 1));
  // It goes on after the work of its last day: there must be some of it left.
  return dueAt > at ? dueAt : closeOf(calendar, nextWorked(calendar, last, 1));
}

function workedDaysUntil(calendar: Calendar, at: Date, until: Date): number {
  let days = 0;
  for (let day = presentDay(calendar, at); day <= dayOf(calendar, until); day += 1) if (isWorked(calendar, day)) days += 1;
  return days;
}

function afterWorkedDays(calendar: Calendar, at: Date, days: number): Date {
  let last = presentDay(calendar, at);
  if (!isWorked(calendar, last)) last = nextWorked(calendar, last, 1);
  for (let more = days - 1; more > 0; more -= 1) last = nextWorked(calendar, last, 1);
  return closeOf(calendar, last);
}

/** The day on which something can still be done: in the evening, after work, it is the next one. */
function presentDay(calendar: Calendar, at: Date): number {
  const day = dayOf(calendar, at);
  return isWorked(calendar, day) && at >= closeOf(calendar, day) ? day + 1 : day;
}
