import { IANAZone } from 'luxon';
import { isLanguageTag } from '../documents/read-values';
import { didYouMean } from '../documents/did-you-mean';
import { CheckedDocument, type Field } from '../documents/document';
import { readCode, readMap, readOneOrMore, readRecord, readText, readWords } from '../documents/read-fields';
import type { Problem } from '../procedures/problem';
import { isWorked, type Calendar, type KnownSpan, type WorkingHours } from './calendar';
import type { CalendarDay, CalendarDocument } from './calendar-document';
import type { HolidaySource } from './holiday-source';
import { dateOfDay, dayOfDate, weekdayOf } from './local-time';
import { readDaysOff, readWorkedDays, type PlacedDay } from './read-calendar-days';
import { readPublicHolidays } from './read-public-holidays';
import { readWorkingHours, WEEKDAYS } from './read-working-hours';

/** A calendar, or every mistake in its document in the order of the lines. */
export type ParsedCalendar = ({ readonly ok: true } & CalendarDocument) | { readonly ok: false; readonly problems: readonly Problem[] };

/** The keys of the document. */
export const CALENDAR_SHAPE = {
  required: ['calendar', 'title', 'timeZone', 'weekend'],
  optional: ['workingHours', 'publicHolidays', 'holidays', 'closures', 'workedDays'],
} as const;

/** The word for a week without a day of rest. */
const NO_WEEKEND = 'none';
/** A rest of more days in a row is a slip in the file: a clock would silently sleep through it. */
const LONGEST_REST = 60;

/**
 * Reads a calendar document (YAML; docs/calendars.md) and writes every day out.
 * @param text the document
 * @param fileName its name, for the problems
 * @param source data about public holidays, for documents that name a country
 */
export function parseCalendar(text: string, fileName: string, source: HolidaySource): ParsedCalendar {
  const document = new CheckedDocument(text, fileName);
  if (!document.root) return { ok: false, problems: document.problems() };
  const fields = readRecord(document, document.root, CALENDAR_SHAPE);
  const weekend = readWeekend(document, fields.get('weekend'));
  const workingHours = readWorkingHours(document, fields.get('workingHours'), weekend);
  const { days: published, origin } = readPublicHolidays(document, fields.get('publicHolidays'), source);
  const holidays = readDaysOff(document, fields.get('holidays'), 'holiday');
  const closures = readDaysOff(document, fields.get('closures'), 'closure');
  const { days: exceptions, worked } = readWorkedDays(document, fields.get('workedDays'));
  const off = [...published, ...holidays, ...closures];
  const known = origin?.known ?? spanOf(holidays);
  const calendar: Calendar = {
    code: readCode(document, fields.get('calendar')) ?? '',
    title: readTitle(document, fields.get('title')),
    timeZone: readTimeZone(document, fields.get('timeZone')),
    weekend,
    holidays: [...new Set(off.map(({ date }) => date))].sort(),
    ...(worked.length > 0 && { workedDays: worked }),
    ...(workingHours && { workingHours }),
    ...(known && { holidaysKnown: known }),
  };
  reportContradictions(document, [...holidays, ...closures], exceptions);
  if (workingHours) reportExceptionsWithoutHours(document, exceptions, calendar, workingHours);
  if (weekend.length < WEEKDAYS.length) reportEndlessRest(document, calendar, off);
  const problems = document.problems();
  return problems.length === 0
    ? { ok: true, calendar, days: inOrder([...off, ...exceptions]), ...(origin && { origin }) }
    : { ok: false, problems };
}

function readTitle(document: CheckedDocument, field: Field | undefined): Readonly<Record<string, string>> {
  const entries = (field && readMap(document, field, 60)) ?? [];
  if (field && entries.length === 0) document.report(field, 'missing_wording', 'The title has no text.', 'As in { en: Geneva office }.');
  return Object.fromEntries(
    entries.flatMap((entry) => {
      if (!isLanguageTag(entry.name)) {
        document.report(
          { ...entry, at: entry.nameAt },
          'invalid_language',
          `“${entry.name}” is not a language tag.`,
          'BCP 47, as in en, ar, pt-MZ.',
        );
      }
      const text = readText(document, entry);
      return text === undefined ? [] : [[entry.name, text]];
    }),
  );
}

function readTimeZone(document: CheckedDocument, field: Field | undefined): string {
  const name = readText(document, field) ?? '';
  if (!field || name === '' || isPlace(name)) return name;
  const known = Intl.supportedValuesOf('timeZone');
  const hint = didYouMean(name, known) ?? 'An IANA name, as in Europe/Zurich.';
  const exists = IANAZone.isValidZone(name) && !known.some((zone) => zone.toLowerCase() === name.toLowerCase());
  // “EST” is five hours behind all year round, also where it is summer time.
  const message = exists ? `“${name}” is an abbreviation or an offset, without summer time.` : `There is no time zone “${name}”.`;
  document.report(field, 'unknown_time_zone', message, exists ? 'Name a place, as in Europe/Zurich.' : hint);
  return name;
}

/** True for a zone named after a place, spelt as IANA spells it; other names for a place (`Asia/Kolkata`) are taken as they are. */
function isPlace(name: string): boolean {
  if (name === 'UTC') return true;
  if (!/^[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z_+-]*\w*)+$/.test(name) || name.startsWith('Etc/') || !IANAZone.isValidZone(name)) return false;
  const usual = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  return usual === name || usual.toLowerCase() !== name.toLowerCase();
}

function readWeekend(document: CheckedDocument, field: Field | undefined): readonly number[] {
  const words = readWords(document, readOneOrMore(document, field, 14), [...WEEKDAYS, NO_WEEKEND], 'unknown_weekday');
  const names = words.filter((word) => word !== NO_WEEKEND);
  if (field && names.length === WEEKDAYS.length) {
    document.report(field, 'no_working_day', 'Every day is a day of rest: no clock would ever end.', 'Leave out the days that are worked.');
  }
  if (field && words.length > 1 && names.length < words.length) {
    document.report(
      field,
      'unknown_weekday',
      `“${NO_WEEKEND}” stands alone: it means that every weekday is worked.`,
      `Take “${NO_WEEKEND}” out, or the other days.`,
    );
  }
  return names.map((name) => WEEKDAYS.indexOf(name) + 1).sort((one, other) => one - other);
}

/** Whoever writes holidays out knows those of the years they wrote about. */
function spanOf(holidays: readonly CalendarDay[]): KnownSpan | undefined {
  const years = holidays.map(({ date }) => date.slice(0, 4)).sort();
  const [first, last] = [years[0], years.at(-1)];
  return first === undefined || last === undefined ? undefined : { from: `${first}-01-01`, until: `${last}-12-31` };
}

function inOrder(days: readonly PlacedDay[]): readonly CalendarDay[] {
  return days
    .map(({ date, name, why }) => ({ date, name, why }))
    .sort((one, other) => Number(one.date > other.date) - Number(one.date < other.date));
}

function reportContradictions(document: CheckedDocument, off: readonly PlacedDay[], exceptions: readonly PlacedDay[]): void {
  const closed = new Set(off.map(({ date }) => date));
  for (const { date, path } of exceptions) {
    if (!closed.has(date)) continue;
    const hint = 'An exception is for weekends and public holidays of a country; take a closure away instead.';
    document.reportAtPath({
      path,
      code: 'contradicting_day',
      message: `${date} is worked here and not worked elsewhere in the document.`,
      hint,
    });
  }
}

function reportExceptionsWithoutHours(
  document: CheckedDocument,
  exceptions: readonly PlacedDay[],
  calendar: Calendar,
  hours: WorkingHours,
): void {
  const withHours = new Set((calendar.workedDays ?? []).flatMap((worked) => (worked.hours ? [worked.date] : [])));
  for (const { date, path } of exceptions) {
    if (withHours.has(date) || hours[weekdayOf(dayOfDate(date))]) continue;
    const hint = 'As in {name: Make-up Saturday, hours: 09:00-13:00}.';
    document.reportAtPath({ path, code: 'hours_missing', message: `${date} is worked, and its weekday has no hours.`, hint });
  }
}

function reportEndlessRest(document: CheckedDocument, calendar: Calendar, off: readonly PlacedDay[]): void {
  const looked = new Set<number>();
  for (const { date, path } of off) {
    let day = dayOfDate(date);
    if (looked.has(day) || isWorked(calendar, day)) continue;
    // A rest may begin with a weekend that the document does not list.
    while (!isWorked(calendar, day - 1)) day -= 1;
    const first = day;
    for (; !isWorked(calendar, day); day += 1) looked.add(day);
    if (day - first <= LONGEST_REST) continue;
    const message = `From ${dateOfDay(first)} on, ${day - first} days in a row are not worked.`;
    document.reportAtPath({
      path,
      code: 'no_working_day',
      message,
      hint: 'Shorten the closure, or say of some of its days that they are worked.',
    });
  }
}
