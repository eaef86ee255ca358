import { Injectable } from '@nestjs/common';
import { inTransaction, listCalendarStandings, type CalendarStanding } from '@recourse/persistence';
import { DataSource } from 'typeorm';

const DAY_MS = 86_400_000;
/** A calendar whose holidays are known for fewer days than this is one that somebody has to see to: clocks of some months are started by it. */
export const KNOWN_AT_LEAST_DAYS = 180;

/** How a calendar stands, and whether somebody has to see to it. */
export interface CalendarView extends CalendarStanding {
  /** Days for which its holidays are still known, negative when they no longer are; absent when the calendar has none. */
  readonly daysKnown?: number;
  /** True when holidays are known for less than half a year, or an open clock ends after them: days of rest are counted as worked there. */
  readonly isRunningOut: boolean;
}

/** The institution's calendars, with what depends on them. Run as the worker or the owner. */
@Injectable()
export class ListCalendars {
  constructor(private readonly dataSource: DataSource) {}

  async run({ now }: { readonly now: Date }): Promise<readonly CalendarView[]> {
    return (await inTransaction(this.dataSource, listCalendarStandings)).map((standing) => viewOf(standing, now));
  }
}

function viewOf(standing: CalendarStanding, now: Date): CalendarView {
  if (standing.knownUntil === null) {
    return { ...standing, isRunningOut: false };
  }
  // The end of that day in UTC: half a day more or less does not matter where half a year is asked.
  const end = Date.parse(`${standing.knownUntil}T00:00:00Z`) + DAY_MS;
  const daysKnown = Math.floor((end - now.getTime()) / DAY_MS);
  return { ...standing, daysKnown, isRunningOut: daysKnown < KNOWN_AT_LEAST_DAYS || (standing.lastDueAt?.getTime() ?? 0) >= end };
}
