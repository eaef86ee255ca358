import { IANAZone } from 'luxon';

/** Milliseconds of a day on which no clock is changed. */
export const DAY_MS = 86_400_000;

/** A moment as the clock on the wall shows it. */
export interface LocalTime {
  /** The date, in days since 1970-01-01: dates are counted, compared and stepped through as whole numbers. */
  readonly day: number;
  /** Milliseconds since midnight that the clock shows. */
  readonly ms: number;
}

/**
 * The zone with this IANA name.
 * @throws Error when there is none: {@link parseCalendar} refuses it
 */
function zoneOf(timeZone: string): IANAZone {
  const zone = IANAZone.create(timeZone);
  if (!zone.isValid) throw new Error(`there is no time zone ${timeZone}`);
  return zone;
}

/** What the clock on the wall of this zone shows at a moment (milliseconds since 1970 UTC). */
export function localTime(timeZone: string, at: number): LocalTime {
  const wall = at + offsetAt(timeZone, at);
  const day = Math.floor(wall / DAY_MS);
  return { day, ms: wall - day * DAY_MS };
}

/**
 * The first moment of a date at which the clock on the wall shows this time *or a later one*: one rule for every time of day.
 * - A time that exists twice, because clocks go back, is the first of the two.
 * - A time that does not exist, because clocks go forward over it, is the moment at which they do. So is the midnight of a day that begins at one o'clock.
 * - Every time of a date that was left out, as 30 December 2011 in Samoa, is the moment at which it was.
 *
 * A later time is never an earlier moment, and what lies between two times is measured in time that really passes.
 * @param day days since 1970-01-01
 * @param ms milliseconds since midnight, up to and including a whole day
 */
export function firstMoment(timeZone: string, day: number, ms: number): number {
  const wall = day * DAY_MS + ms;
  const { before, after } = offsetsAround(timeZone, day);
  if (before === after) return wall - before;
  const zone = zoneOf(timeZone);
  // Further east is earlier, so the first that holds is the first there is.
  const [early, late] = [wall - Math.max(before, after), wall - Math.min(before, after)];
  for (const at of [early, late]) if (at + offsetMs(zone, at) === wall) return at;
  return changeBetween(zone, early, late);
}

/** Days whose offsets are remembered for each zone: about ten years. Asking for an offset costs some microseconds, and clocks ask by the million. */
const MOST_REMEMBERED = 4000;
const remembered = new Map<string, Map<number, { readonly before: number; readonly after: number }>>();

/** By how much the zone is ahead of UTC on the day before a day and on the day after it, in milliseconds. When they differ, clocks change in between. */
function offsetsAround(timeZone: string, day: number): { readonly before: number; readonly after: number } {
  let days = remembered.get(timeZone);
  if (!days || days.size > MOST_REMEMBERED) {
    days = new Map();
    remembered.set(timeZone, days);
  }
  const known = days.get(day);
  if (known) return known;
  const zone = zoneOf(timeZone);
  const made = { before: offsetMs(zone, (day - 1) * DAY_MS), after: offsetMs(zone, (day + 2) * DAY_MS) };
  days.set(day, made);
  return made;
}

/** By how much the zone is ahead of UTC at a moment. Asked for a hundred times as often as there are days, so a day without a change is asked for once. */
function offsetAt(timeZone: string, at: number): number {
  const { before, after } = offsetsAround(timeZone, Math.floor(at / DAY_MS));
  return before === after ? before : offsetMs(zoneOf(timeZone), at);
}

/** Days since 1970-01-01 of a date `YYYY-MM-DD`. */
export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** The date `YYYY-MM-DD` of days since 1970-01-01. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** ISO weekday of a day: 1 is Monday, 7 is Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function offsetMs(zone: IANAZone, at: number): number {
  return Math.round(zone.offset(at) * 60_000);
}

/** The moment between two at which the zone changes its clocks: halving, down to the millisecond. */
function changeBetween(zone: IANAZone, from: number, to: number): number {
  const offset = offsetMs(zone, from);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}
