import { dayOf, hoursOf, isWorked, LONGEST_REST_DAYS, nextWorked, type Calendar, type WorkInterval } from './calendar';
import { dateOfDay, firstMoment } from './local-time';

/** A stretch of working time within one day, in milliseconds since 1970 UTC: from its first moment up to, and without, the moment it ends. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** True when it ends at midnight, which is the next day already. */
  readonly endsDay: boolean;
}

const MINUTE_MS = 60_000;
const MINUTES_PER_DAY = 1440;
const WHOLE_DAY: readonly WorkInterval[] = [{ from: 0, to: MINUTES_PER_DAY }];
/** Days whose stretches are remembered for each calendar: about ten years. */
const MOST_REMEMBERED = 4000;

const remembered = new WeakMap<Calendar, Map<number, readonly Stretch[]>>();

/**
 * The working time of a day: real, passing time, so that an hour of work in which clocks are changed is as long as it is. Empty for a day of rest, and for
 * hours that clocks jump over.
 */
function stretchesOf(calendar: Calendar, day: number): readonly Stretch[] {
  let days = remembered.get(calendar);
  if (!days || days.size > MOST_REMEMBERED) {
    days = new Map();
    remembered.set(calendar, days);
  }
  const known = days.get(day);
  if (known) return known;
  const made = isWorked(calendar, day) ? (hoursOf(calendar, day) ?? WHOLE_DAY).map((hours) => stretch(calendar, day, hours)) : [];
  const real = made.filter(({ from, to }) => from < to);
  days.set(day, real);
  return real;
}

function stretch({ timeZone }: Calendar, day: number, { from, to }: WorkInterval): Stretch {
  const midnight = firstMoment(timeZone, day + 1, 0);
  const stops = to === MINUTES_PER_DAY ? midnight : firstMoment(timeZone, day, to * MINUTE_MS);
  // Where clocks jump over the last hour of a day (Greenland), work that would stop within it stops at midnight, and that is still this day.
  return { from: firstMoment(timeZone, day, from * MINUTE_MS), to: Math.min(stops, midnight), endsDay: stops >= midnight };
}

/** The moment a stretch ends. At midnight that is the last millisecond of the day, which is still that day. */
function endOf({ to, endsDay }: Stretch): number {
  return endsDay ? to - 1 : to;
}

/** The moment for computing: the last millisecond before a midnight at which work ends stands for that midnight. */
function positionOf(calendar: Calendar, at: Date): number {
  const ends = stretchesOf(calendar, dayOf(calendar, at)).at(-1);
  return ends?.endsDay && at.getTime() === ends.to - 1 ? ends.to : at.getTime();
}

/**
 * The moment at which the work of a day ends: its last hour where the calendar has hours, otherwise the last millisecond of the day.
 * @param day days since 1970-01-01
 */
export function closeOf(calendar: Calendar, day: number): Date {
  const last = stretchesOf(calendar, day).at(-1);
  return new Date(last ? endOf(last) : firstMoment(calendar.timeZone, day + 1, 0) - 1);
}

/** True at a moment of working time, or at the moment it ends. */
export function isWorkingTime(calendar: Calendar, at: Date): boolean {
  const position = positionOf(calendar, at);
  return stretchesOf(calendar, dayOf(calendar, at)).some(({ from, to }) => from <= position && position <= to);
}

/** Milliseconds of working time between two moments; 0 when the second is not after the first. */
export function workedBetween(calendar: Calendar, from: Date, to: Date): number {
  const [start, end] = [positionOf(calendar, from), positionOf(calendar, to)];
  let worked = 0;
  for (let day = dayOf(calendar, from); day <= dayOf(calendar, to); day += 1) {
    for (const one of stretchesOf(calendar, day)) worked += Math.max(0, Math.min(one.to, end) - Math.max(one.from, start));
  }
  return worked;
}

/**
 * The moment at which so much working time has passed since `from`. It is in working time or at its end; where nothing is to pass, it is `from`.
 * @param milliseconds 0 or more
 */
export function afterWorked(calendar: Calendar, from: Date, milliseconds: number): Date {
  if (milliseconds <= 0) return from;
  const start = positionOf(calendar, from);
  let left = milliseconds;
  for (const one of stretchesFrom(calendar, dayOf(calendar, from), 1)) {
    const begin = Math.max(one.from, start);
    if (one.to - begin >= left) return new Date(begin + left === one.to ? endOf(one) : begin + left);
    left -= Math.max(0, one.to - begin);
  }
  throw new Error('there is always another working day');
}

/** The moment from which so much working time is left until `until`. It is in working time; where nothing is to be left, it is `until`. */
export function beforeWorked(calendar: Calendar, until: Date, milliseconds: number): Date {
  if (milliseconds <= 0) return until;
  const end = positionOf(calendar, until);
  let left = milliseconds;
  // From the day after: where clocks go back over midnight, the last hour of a day comes after the first minute of the next.
  for (const one of stretchesFrom(calendar, dayOf(calendar, until) + 1, -1)) {
    const stop = Math.min(one.to, end);
    if (stop - one.from >= left) return new Date(stop - left);
    left -= Math.max(0, stop - one.from);
  }
  throw new Error('there is always another working day');
}

function* stretchesFrom(calendar: Calendar, first: number, step: 1 | -1): Generator<Stretch, void, undefined> {
  let empty = 0;
  for (let day = first; ; day = nextWorked(calendar, day, step)) {
    const stretches = stretchesOf(calendar, day);
    yield* step === 1 ? stretches : [...stretches].reverse();
    empty = stretches.length > 0 ? 0 : empty + 1;
    if (empty > LONGEST_REST_DAYS) throw new Error(`calendar ${calendar.code} has no working time near ${dateOfDay(day)}`);
  }
}
