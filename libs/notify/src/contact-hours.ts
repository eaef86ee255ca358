import { DateTime } from 'luxon';

/** When somebody does not want to be contacted. Times of day in their own time zone. */
export interface QuietHours {
  /** `HH:MM` or `HH:MM:SS`, the first minute of quiet. */
  readonly from: string;
  /** `HH:MM` or `HH:MM:SS`, the first minute when contact is welcome again. Earlier than `from` when the quiet spans midnight. */
  readonly until: string;
  /** IANA name, for example `Africa/Nairobi`. */
  readonly timeZone: string;
}

/**
 * The first instant, not before `now`, at which somebody may be contacted.
 *
 * A phone that lights up at night can betray the person who complained, so a doubt is decided for silence: the last minute before quiet is the
 * last one used, and where the clocks are put forward over the end of the quiet, it ends at the next minute that exists.
 * @param now the instant to start from
 * @param quiet their quiet hours; undefined, or `from` equal to `until`, means that any hour will do
 * @returns `now` itself when contact is welcome now
 * @throws RangeError when a time or the time zone cannot be read
 */
export function nextContactAt(now: Date, quiet: QuietHours | undefined): Date {
  if (quiet === undefined) {
    return now;
  }
  const from = minuteOfDay(quiet.from);
  const until = minuteOfDay(quiet.until);
  const local = DateTime.fromJSDate(now, { zone: quiet.timeZone });
  if (!local.isValid) {
    throw new RangeError('The time zone of the quiet hours is unknown.');
  }
  const minute = local.hour * 60 + local.minute;
  if (!isQuiet(minute, from, until)) {
    return now;
  }
  const end = local.set({ hour: Math.floor(until / 60), minute: until % 60, second: 0, millisecond: 0 });
  // Quiet that began yesterday evening ends today; quiet that began today and spans midnight ends tomorrow.
  return (end > local ? end : end.plus({ days: 1 })).toJSDate();
}

function isQuiet(minute: number, from: number, until: number): boolean {
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

function minuteOfDay(time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/.exec(time);
  if (match === null) {
    throw new RangeError('Quiet hours must be times of day, HH:MM.');
  }
  return Number(match[1]) * 60 + Number(match[2]);
}
