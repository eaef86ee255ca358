import { dayOf, nextWorked, type Calendar } from './calendar';
import { DAY_MS } from './local-time';
import { momentOf, workedOn, type WorkedDayTime } from './working-time';

/*
 * Time of clocks in working days. One worked day is one, whether it has eight hours, a short Friday's four, or, in the night that clocks are changed, 23 or 25:
 * whoever pauses a clock over a whole day gets a whole day. So a moment is the part of its day's work that lies before it, and a day has DAY_MS of parts.
 */

/**
 * What a part of a day may be off by, because moments are whole milliseconds: up to 48 in a day of a quarter of an hour. The end of a day and the beginning of
 * the next are the same to a clock, and it should not be due at one second past nine where it is due in the evening.
 */
const SLACK = 100;

/** What lies between two moments, in parts of worked days: {@link DAY_MS} for each whole one. 0 when the second is not after the first. */
export function workedDaysBetween(calendar: Calendar, from: Date, to: Date): number {
  let parts = 0;
  for (let day = dayOf(calendar, from); day <= dayOf(calendar, to); day += 1) {
    const time = workedOn(calendar, day);
    parts += partsUntil(time, time.until(to)) - partsUntil(time, time.until(from));
  }
  return Math.max(0, parts);
}

/** The moment at which so many parts of worked days have passed since `from`; whole days end when their work does. */
export function afterWorkedDays(calendar: Calendar, from: Date, parts: number): Date {
  let left = parts;
  for (let day = dayOf(calendar, from); ; day = nextWorked(calendar, day, 1)) {
    const time = workedOn(calendar, day);
    const gone = partsUntil(time, time.until(from));
    const there = time.all === 0 ? 0 : DAY_MS - gone;
    if (there > 0 && left <= there + SLACK) return momentOf(calendar, day, Math.round((Math.min(DAY_MS, gone + left) * time.all) / DAY_MS));
    left -= there;
  }
}

function partsUntil({ all }: WorkedDayTime, worked: number): number {
  return all === 0 ? 0 : Math.round((worked * DAY_MS) / all);
}
