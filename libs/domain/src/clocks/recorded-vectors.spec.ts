import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../procedures/procedure';
import { addDuration, subtractDuration } from './add-duration';
import { dateOf, dayOf, type Calendar } from './calendar';
import type { Duration, DurationUnit } from './duration';
import { dayOfDate, firstMoment } from './local-time';
import { remainingAt, resumedDueAt } from './pause';
import { closeOf, workedBetween } from './working-time';

/** What libs/domain/vectors/README.md describes. Times are seconds since 1970, and seconds after the start. */
interface Vectors {
  readonly hours: readonly Block<
    readonly [start: number, minutes: number, pauses: readonly (readonly [number, number])[], due: number, worked: number]
  >[];
  readonly days: readonly Block<
    readonly [start: number, unit: DurationUnit, amount: number, pauses: readonly (readonly [string, string])[], due: string]
  >[];
}
interface Block<Case> {
  readonly calendar: Calendar;
  readonly cases: readonly Case[];
}

const { hours, days } = JSON.parse(readFileSync(join(__dirname, '../../vectors/working-time.json'), 'utf8')) as Vectors;
const WEEK = 7 * 86_400;
const moment = (seconds: number): Date => new Date(seconds * 1000);

function paused(duration: Duration, dueAt: Date, calendar: Calendar, pauses: readonly (readonly [Date, Date])[]): Date {
  const clock = { within: duration } as Clock;
  return pauses.reduce((due, [from, to]) => resumedDueAt(clock, remainingAt(clock, due, from, calendar), to, calendar), dueAt);
}

describe('what was recorded of other implementations', () => {
  it('is thousands of cases', () => {
    expect([...hours, ...days].reduce((sum, { cases }) => sum + cases.length, 0)).toBeGreaterThan(4000);
  });

  it('Business::Hours: working minutes with pauses end in the same second, and a week has the same working time', () => {
    const apart = hours.flatMap(({ calendar, cases }) =>
      cases.filter(([start, minutes, pauses, due, worked]) => {
        const within = { amount: minutes, unit: 'working_minutes' } as const;
        const moments = pauses.map(([from, to]) => [moment(start + from), moment(start + to)] as const);
        const end = paused(within, addDuration(moment(start), within, calendar), calendar, moments);
        const week = workedBetween(calendar, moment(start), moment(start + WEEK));
        // The last millisecond of a day stands for its end.
        return Math.ceil(end.getTime() / 1000) !== start + due || week !== worked * 1000;
      }),
    );
    expect(apart).toEqual([]);
  });

  it('workalendar: days, weeks and months end on the same date, and reminders come on it', () => {
    const apart = days.flatMap(({ calendar, cases }) =>
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
    expect(apart).toEqual([]);
  });
});
