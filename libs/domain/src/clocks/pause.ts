import { DateTime } from 'luxon';
import { isExact } from './add-duration';
import { inZone, isWorked, nextWorked, type Calendar } from './calendar';
import type { Clock } from '../procedures/procedure';

/**
 * What remains of a clock that is paused at `at`, in milliseconds, 0 when it has run out. For a clock in working days only worked days count, whole
 * from midnight to midnight: a weekend between now and the end is not time that is left.
 */
export function remainingAt(clock: Clock, dueAt: Date, at: Date, calendar: Calendar): number {
  if (at >= dueAt) return 0;
  return clock.within.unit === 'working_days' ? workedMilliseconds(calendar, at, dueAt) : dueAt.getTime() - at.getTime();
}

/**
 * When a clock that was paused runs out, given what remained of it and the moment it goes on. Resumed in the moment of the pause, it runs out when it would
 * have; a later moment never makes it run out earlier.
 * - In working days it moves by the worked time of its pause, to the millisecond.
 * - In hours and minutes it moves by the time on the clock.
 * - In calendar days, weeks and months it moves by the whole pause, then to the evening of that day or, when that day is not worked, of the next one that is.
 * @param remaining milliseconds from {@link remainingAt}; 0 makes it due at once, on whatever day
 */
export function resumedDueAt(clock: Clock, remaining: number, at: Date, calendar: Calendar): Date {
  if (clock.within.unit === 'working_days') return afterWorked(calendar, at, remaining);
  const dueAt = new Date(at.getTime() + remaining);
  if (isExact(clock.within) || remaining === 0) return dueAt;
  const day = inZone(calendar, dueAt);
  return (isWorked(calendar, day) ? day : nextWorked(calendar, day, 1)).endOf('day').toJSDate();
}

function workedMilliseconds(calendar: Calendar, from: Date, to: Date): number {
  let at = inZone(calendar, from);
  const end = inZone(calendar, to);
  let worked = 0;
  while (at < end) {
    const midnight = nextMidnight(at);
    if (isWorked(calendar, at)) worked += DateTime.min(midnight, end).toMillis() - at.toMillis();
    at = midnight;
  }
  return worked;
}

function afterWorked(calendar: Calendar, from: Date, milliseconds: number): Date {
  if (milliseconds === 0) return from;
  let at = inZone(calendar, from);
  if (!isWorked(calendar, at)) at = nextWorked(calendar, at, 1);
  let left = milliseconds;
  for (;;) {
    const today = nextMidnight(at).toMillis() - at.toMillis();
    if (left < today) return new Date(at.toMillis() + left);
    left -= today;
    at = nextWorked(calendar, at, 1);
  }
}

function nextMidnight(at: DateTime): DateTime {
  return at.startOf('day').plus({ days: 1 }).startOf('day');
}
