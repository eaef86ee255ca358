import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { CalendarVersion } from './calendar-version.entity';

/** A version by its name. */
export type CalendarName = Pick<CalendarVersion, 'id' | 'calendar' | 'version'>;

/** Of which calendar a row says that it is, whatever it is stored under. */
export interface CalendarWithin {
  readonly id: string;
  readonly resolved: string | null;
  readonly document: string | null;
}

/** How a calendar stands: its latest version, and what depends on it. */
export interface CalendarStanding extends Pick<CalendarVersion, 'calendar' | 'version' | 'publishedAt' | 'holidaySource' | 'knownUntil'> {
  /** Clocks that run or wait. */
  readonly openClocks: number;
  /** Those of them that are computed by an older version: the worker is at it. */
  readonly behind: number;
  /** When the last of the running ones runs out; null when none runs. */
  readonly lastDueAt: Date | null;
}

/** Publishes a version. The pair (calendar, version) is unique: `calendar_version_calendar_version_uq`. */
export async function insertCalendarVersion(tx: EntityManager, version: CalendarVersion): Promise<void> {
  await insertRow(tx, CalendarVersion, version);
}

/** Every version by its name, in the order of calendars and numbers: what a process asks in each transaction that computes a clock. */
export async function listCalendarNames(tx: EntityManager): Promise<readonly CalendarName[]> {
  return tx.query<CalendarName[]>('SELECT id, calendar, version FROM calendar_version ORDER BY calendar, version');
}

/** Of which calendars these rows say that they are: what was resolved, and the line of the document. Whichever cannot be read is null. */
export async function listCalendarsWithin(tx: EntityManager, ids: readonly string[]): Promise<readonly CalendarWithin[]> {
  return tx.query<CalendarWithin[]>(
    `SELECT id, resolved #>> '{calendar,code}' AS resolved, substring(document from '(?n)^calendar:[ \t]*["'']?([a-z][a-z0-9_]*)["'']?[ \t]*(?:#.*)?$') AS document
     FROM calendar_version WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
}

/** By which versions clocks were computed, finished ones included, other than those of before there were versions. Owner. */
export async function listCountedVersions(tx: EntityManager): Promise<readonly Pick<CalendarName, 'calendar' | 'version'>[]> {
  return tx.query<Pick<CalendarName, 'calendar' | 'version'>[]>(
    'SELECT DISTINCT calendar, calendar_version AS version FROM deadline WHERE calendar_version > 0 ORDER BY calendar, version',
  );
}

/** A version by its id, or undefined. */
export async function findCalendarVersion(tx: EntityManager, id: string): Promise<CalendarVersion | undefined> {
  return (await tx.findOneBy(CalendarVersion, { id })) ?? undefined;
}

/** A version of a calendar by its number, or undefined. */
export async function findCalendarVersionByNumber(
  tx: EntityManager,
  calendar: string,
  version: number,
): Promise<CalendarVersion | undefined> {
  return (await tx.findOneBy(CalendarVersion, { calendar, version })) ?? undefined;
}

/** Every published version, by calendar and number. */
export async function listCalendarVersions(tx: EntityManager): Promise<readonly CalendarVersion[]> {
  return tx.find(CalendarVersion, { order: { calendar: 'ASC', version: 'ASC' } });
}

/** The latest version of a calendar, or undefined when it was never published. */
export async function findLatestCalendarVersion(tx: EntityManager, calendar: string): Promise<CalendarVersion | undefined> {
  const [latest] = await tx.find(CalendarVersion, { where: { calendar }, order: { version: 'DESC' }, take: 1 });
  return latest;
}

/** How every calendar stands, by code. Worker and owner. */
export async function listCalendarStandings(tx: EntityManager): Promise<readonly CalendarStanding[]> {
  return tx.query<CalendarStanding[]>(
    `SELECT head.calendar, head.version, head.published_at AS "publishedAt", head.holiday_source AS "holidaySource",
            head.known_until::text AS "knownUntil", clocks."openClocks", clocks.behind, clocks."lastDueAt"
     FROM (SELECT DISTINCT ON (calendar) calendar, version, published_at, holiday_source, known_until
           FROM calendar_version ORDER BY calendar, version DESC) head
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS "openClocks", (count(*) FILTER (WHERE d.calendar_version < head.version))::int AS behind,
              max(d.due_at) FILTER (WHERE d.state = 'running') AS "lastDueAt"
       FROM deadline d WHERE d.calendar = head.calendar AND d.state IN ('running', 'paused')) clocks
     ORDER BY head.calendar`,
  );
}
