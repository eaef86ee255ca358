import { IANAZone } from 'luxon';
import { CheckedDocument, type Field } from '../documents/document';
import { readCode, readMap, readOneOrMore, readRecord, readText, readWords } from '../documents/read-fields';
import type { Problem } from '../procedures/problem';
import type { Calendar } from './calendar';
import { isDate } from '../procedures/check-action-form';
import { didYouMean } from '../documents/did-you-mean';

/** A calendar, or every mistake in its document in the order of the lines. */
export type ParsedCalendar =
  { readonly ok: true; readonly calendar: Calendar } | { readonly ok: false; readonly problems: readonly Problem[] };

/** In the order of ISO 8601: Monday is 1. */
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const MOST_HOLIDAYS = 2000;
/** A rest of more days in a row is a slip in the file: a clock would silently sleep through it. */
const LONGEST_REST = 60;
const MS_PER_DAY = 86_400_000;

/**
 * Reads a calendar document (YAML): `calendar` (its code), `title`, `timeZone`, `weekend` (names of weekdays), `holidays` (dates to names).
 * @param text the document
 * @param fileName its name, for the problems
 */
export function parseCalendar(text: string, fileName: string): ParsedCalendar {
  const document = new CheckedDocument(text, fileName);
  if (!document.root) return { ok: false, problems: document.problems() };
  const fields = readRecord(document, document.root, { required: ['calendar', 'title', 'timeZone', 'weekend'], optional: ['holidays'] });
  const calendar: Calendar = {
    code: readCode(document, fields.get('calendar')) ?? '',
    title: readTitle(document, fields.get('title')),
    timeZone: readTimeZone(document, fields.get('timeZone')),
    weekend: readWeekend(document, fields.get('weekend')),
    holidays: readHolidays(document, fields.get('holidays')),
  };
  if (calendar.weekend.length < WEEKDAYS.length) reportEndlessRest(document, calendar);
  const problems = document.problems();
  return problems.length === 0 ? { ok: true, calendar } : { ok: false, problems };
}

function readTitle(document: CheckedDocument, field: Field | undefined): Readonly<Record<string, string>> {
  const entries = (field && readMap(document, field, 60)) ?? [];
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const text = readText(document, entry);
      return text === undefined ? [] : [[entry.name, text]];
    }),
  );
}

function readTimeZone(document: CheckedDocument, field: Field | undefined): string {
  const name = readText(document, field) ?? '';
  if (field && name !== '' && !IANAZone.isValidZone(name)) {
    const hint = didYouMean(name, Intl.supportedValuesOf('timeZone')) ?? 'An IANA name, as in Europe/Zurich.';
    document.report(field, 'unknown_time_zone', `There is no time zone “${name}”.`, hint);
  }
  return name;
}

function readWeekend(document: CheckedDocument, field: Field | undefined): readonly number[] {
  const names = readWords(document, readOneOrMore(document, field, 14), WEEKDAYS, 'unknown_weekday');
  if (field && names.length === WEEKDAYS.length) {
    document.report(field, 'no_working_day', 'Every day is a day of rest: no clock would ever end.');
  }
  return names.map((name) => WEEKDAYS.indexOf(name) + 1).sort((one, other) => one - other);
}

function readHolidays(document: CheckedDocument, field: Field | undefined): readonly string[] {
  const entries = (field && readMap(document, field, MOST_HOLIDAYS)) ?? [];
  return entries.flatMap((entry) => {
    readText(document, entry);
    if (isDate(entry.name)) return [entry.name];
    document.report(
      { ...entry, at: entry.nameAt },
      'invalid_date',
      `“${entry.name}” is not a date.`,
      'Year, month, day, as in 2026-12-25.',
    );
    return [];
  });
}

function reportEndlessRest(document: CheckedDocument, calendar: Calendar): void {
  const rest = new Set(calendar.holidays);
  const isRest = (day: number): boolean => {
    const date = new Date(day);
    // getUTCDay counts from Sunday, 0; ISO from Monday, 1.
    return calendar.weekend.includes(date.getUTCDay() || 7) || rest.has(date.toISOString().slice(0, 10));
  };
  for (const first of calendar.holidays) {
    const start = Date.parse(`${first}T00:00:00Z`);
    if (isRest(start - MS_PER_DAY)) continue;
    let day = start;
    while (isRest(day)) day += MS_PER_DAY;
    if ((day - start) / MS_PER_DAY > LONGEST_REST) {
      const message = `From this day on, ${(day - start) / MS_PER_DAY} days in a row are not worked.`;
      document.reportAtPath({ path: `holidays.${first}`, code: 'no_working_day', message });
    }
  }
}
