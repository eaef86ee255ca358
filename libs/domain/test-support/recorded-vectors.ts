import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { addDuration, subtractDuration } from '../src/clocks/add-duration';
import { dateOf, dayOf, type Calendar } from '../src/clocks/calendar';
import type { Duration, DurationUnit } from '../src/clocks/duration';
import { dayOfDate, firstMoment } from '../src/clocks/local-time';
import { remainingAt, resumedDueAt } from '../src/clocks/pause';
import { closeOf, workedBetween } from '../src/clocks/working-time';
import type { Clock } from '../src/procedures/procedure';

/** Start, working minutes, pauses, due, working time of the week after the start: seconds, all but the first after the start. */
export type HoursCase = readonly [
  start: number,
  minutes: number,
  pauses: readonly (readonly [number, number])[],
  due: number,
  worked: number,
];
/** Start, unit, amount, pauses, and the date on which it ends. */
export type DaysCase = readonly [
  start: number,
  unit: DurationUnit,
  amount: number,
  pauses: readonly (readonly [string, string])[],
  due: string,
];
/** A calendar and its cases. */
export interface VectorBlock<Case> {
  readonly calendar: Calendar;
  readonly cases: readonly Case[];
}
/** What libs/domain/vectors/README.md describes. */
export interface Vectors {
  readonly hours: readonly VectorBlock<HoursCase>[];
  readonly days: readonly VectorBlock<DaysCase>[];
}

const WEEK = 7 * 86_400;
const moment = (seconds: number): Date => new Date(seconds * 1000);

/** Everything that was recorded. */
export function recordedVectors(): Vectors {
  const packed = readFileSync(join(__dirname, '../vectors/working-time.json.gz'));
  return JSON.parse(gunzipSync(packed).toString('utf8')) as Vectors;
}

/** How many cases there are. */
export function countCases({ hours, days }: Vectors): number {
  return [...hours, ...days].reduce((sum, { cases }) => sum + cases.length, 0);
}

/** The cases on which Business::Hours and we are apart: the end in another second, or another working time of a week. */
export function hoursApart(blocks: Vectors['hours']): readonly HoursCase[] {
  return blocks.flatMap(({ calendar, cases }) =>
    cases.filter(([start, minutes, pauses, due, worked]) => {
      const within = { amount: minutes, unit: 'working_minutes' } as const;
      const moments = pauses.map(([from, to]) => [moment(start + from), moment(start + to)] as const);
      const end = paused(within, addDuration(moment(start), within, calendar), calendar, moments);
      const week = workedBetween(calendar, moment(start), moment(start + WEEK));
      // The last millisecond of a day stands for its end.
      return Math.ceil(end.getTime() / 1000) !== start + due || week !== worked * 1000;
    }),
  );
}

/** The cases on which workalendar and we are apart: another date, or not the end of that day. */
export function daysApart(blocks: Vectors['days']): readonly DaysCase[] {
  return blocks.flatMap(({ calendar, cases }) =>
    cases.filter(([start, unit, amount, pauses, due]) => {
      const midnight = (date: string): Date => new Date(firstMoment(calendar.timeZone, dayOfDate(date), 0));
      const within = { amount: Math.abs(amount), unit };
      const end =
        amount < 0
          ? subtractDuration(moment(start), within, calendar)
          : paused(
              within,
              addDuration(moment(start), within, calendar),
              calendar,
              pauses.map(([from, to]) => [midnight(from), midnight(to)] as const),
            );
      return dateOf(calendar, end) !== due || end.getTime() !== closeOf(calendar, dayOf(calendar, end)).getTime();
    }),
  );
}

function paused(duration: Duration, dueAt: Date, calendar: Calendar, pauses: readonly (readonly [Date, Date])[]): Date {
  const clock = { within: duration } as Clock;
  return pauses.reduce((due, [from, to]) => resumedDueAt(clock, remainingAt(clock, due, from, calendar), to, calendar), dueAt);
}
