import { dateOf, type Calendars } from '@recourse/domain';

/** When a clock runs out, as it is told to people. */
export interface DueDay {
  /** The day in the time zone of the clock's calendar, `YYYY-MM-DD`. */
  readonly dueOn: string;
  /** True when it runs out in the middle of that day, as clocks in minutes and hours do: then the hour matters too. */
  readonly withinTheDay: boolean;
}

/**
 * The day on which a clock runs out. An end at 23:59:59.999 in Geneva is the next day for a reader in Nairobi, and the one before for a reader
 * in Bogotá, so nobody's zone counts but the calendar's.
 * @param calendars by code
 * @param code of the clock's calendar. One that is not there any more is passed over for UTC: a page with a date that may be a day off is better than no page.
 */
export function dueDay(calendars: Calendars, code: string | null, at: Date): DueDay {
  const calendar = calendars.get(code ?? '') ?? { code: 'utc', timeZone: 'UTC', weekend: [], holidays: [] };
  const dueOn = dateOf(calendar, at);
  return { dueOn, withinTheDay: dateOf(calendar, new Date(at.getTime() + 1)) === dueOn };
}
