import type { CheckedDocument, Field } from '../documents/document';
import { readMap, readRecord, readText, type NamedField } from '../documents/read-fields';
import { isDate } from '../procedures/check-action-form';
import type { WorkedDay } from './calendar';
import type { CalendarDay, DayReason } from './calendar-document';
import { dateOfDay, dayOfDate } from './local-time';
import { readHours } from './read-working-hours';
import { isMap } from 'yaml';

const MOST_ENTRIES = 2000;
/** A closure of more days is a slip in the year. */
const LONGEST_CLOSURE = 366;

/** A day with the place in the document that says so. */
export interface PlacedDay extends CalendarDay {
  readonly path: string;
}

/** Reads days that are not worked, each with its name: `2026-12-25: Christmas Day`, or a span with both its ends: `2026-12-24/2027-01-03: Winter closure`. */
export function readDaysOff(document: CheckedDocument, field: Field | undefined, why: DayReason): readonly PlacedDay[] {
  const entries = (field && readMap(document, field, MOST_ENTRIES)) ?? [];
  return entries.flatMap((entry) => {
    const name = readText(document, entry) ?? '';
    return datesOf(document, entry).map((date) => ({ date, name, why, path: entry.path }));
  });
}

/** Reads days that are worked by way of exception: `2026-05-25: We work`, or with hours of their own: `2026-12-24: {name: Short day, hours: 09:00-13:00}`. */
export function readWorkedDays(
  document: CheckedDocument,
  field: Field | undefined,
): { readonly days: readonly PlacedDay[]; readonly worked: readonly WorkedDay[] } {
  const entries = (field && readMap(document, field, MOST_ENTRIES)) ?? [];
  const read = entries.flatMap((entry) => {
    const { name, hours } = readWorkedDay(document, entry);
    return datesOf(document, entry).map((date) => ({
      day: { date, name, why: 'worked' as const, path: entry.path },
      worked: { date, ...(hours && { hours }) },
    }));
  });
  return { days: read.map(({ day }) => day), worked: read.map(({ worked }) => worked) };
}

function readWorkedDay(document: CheckedDocument, entry: NamedField): { readonly name: string; readonly hours?: WorkedDay['hours'] } {
  if (!isMap(entry.node)) return { name: readText(document, entry) ?? '' };
  const fields = readRecord(document, entry, { required: ['name'], optional: ['hours'] });
  const hours = fields.get('hours');
  return { name: readText(document, fields.get('name')) ?? '', ...(hours && { hours: readHours(document, hours) }) };
}

function datesOf(document: CheckedDocument, entry: NamedField): readonly string[] {
  const place = { ...entry, at: entry.nameAt };
  const [from = '', until = from, ...more] = entry.name.split('/');
  if (!isDate(from) || !isDate(until) || more.length > 0) {
    const hint = 'Year, month, day, as in 2026-12-25; a span as in 2026-12-24/2027-01-03.';
    document.report(place, 'invalid_date', `“${entry.name}” is not a date.`, hint);
    return [];
  }
  const [first, last] = [dayOfDate(from), dayOfDate(until)];
  if (last < first || last - first >= LONGEST_CLOSURE) {
    document.report(
      place,
      'invalid_date',
      last < first ? `“${entry.name}” ends before it begins.` : `“${entry.name}” is more than a year.`,
      last < first ? 'The first day comes first, as in 2026-12-24/2027-01-03.' : 'Write one line for each year.',
    );
    return [];
  }
  return Array.from({ length: last - first + 1 }, (_, index) => dateOfDay(first + index));
}
