import type { CheckedDocument, Field } from '../documents/document';
import { readOneOrMore, readRecord, readText } from '../documents/read-fields';
import type { WorkInterval, WorkingHours } from './calendar';

/** In the order of ISO 8601: Monday is 1. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const MOST_INTERVALS = 10;

/**
 * Reads the hours of each weekday: `monday: [09:00-12:30, 13:30-17:30]`. Every weekday that is worked has some, and no other.
 * @param weekend ISO weekdays that are not worked
 * @returns nothing when the document gives no hours: then all of a worked day counts
 */
export function readWorkingHours(
  document: CheckedDocument,
  field: Field | undefined,
  weekend: readonly number[],
): WorkingHours | undefined {
  if (!field) return undefined;
  const fields = readRecord(document, field, { required: [], optional: WEEKDAYS });
  const hours: Partial<Record<number, readonly WorkInterval[]>> = {};
  for (const [index, name] of WEEKDAYS.entries()) {
    const day = fields.get(name);
    const isRest = weekend.includes(index + 1);
    if (day && isRest) document.report(day, 'hours_on_rest_day', `${name} is in the weekend and has hours.`, 'One of the two is wrong.');
    if (!day && !isRest) {
      document.report(field, 'hours_missing', `${name} is worked and has no hours.`, 'Give it hours, or put it into the weekend.');
    }
    if (day) hours[index + 1] = readHours(document, day);
  }
  return hours;
}

/** Reads the hours of one day, in the order of the day: `[09:00-12:30, 13:30-17:30]`. */
export function readHours(document: CheckedDocument, field: Field): readonly WorkInterval[] {
  const read = readOneOrMore(document, field, MOST_INTERVALS).flatMap((item) => {
    const interval = readInterval(document, item);
    return interval ? [{ item, interval }] : [];
  });
  const ordered = read.sort((one, other) => one.interval.from - other.interval.from);
  ordered.forEach(({ item, interval }, index) => {
    const before = ordered[index - 1]?.interval;
    if (before && interval.from < before.to) {
      document.report(
        item,
        'hours_overlap',
        `${formatInterval(interval)} begins before ${formatInterval(before)} has ended.`,
        'Join the two, or let one begin later.',
      );
    }
  });
  return ordered.map(({ interval }) => interval);
}

/** `09:00-12:30`. */
export function formatInterval({ from, to }: WorkInterval): string {
  return `${formatTime(from)}-${formatTime(to)}`;
}

function formatTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function readInterval(document: CheckedDocument, field: Field): WorkInterval | undefined {
  const typed = readText(document, field);
  if (typed === undefined) return undefined;
  const parts = /^\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*$/.exec(typed);
  const from = parts && minutesOf(parts[1], parts[2]);
  const to = parts && minutesOf(parts[3], parts[4]);
  if (from === undefined || from === null || to === undefined || to === null) {
    document.report(field, 'invalid_hours', `“${typed}” are not hours of a day.`, 'From and to, as in 09:00-17:30; a day ends at 24:00.');
    return undefined;
  }
  if (from === to) {
    document.report(
      field,
      'hours_empty',
      `“${typed}” is no time at all.`,
      'The end comes after the beginning; a day that is not worked is named under “weekend”, “closures” or “holidays”.',
    );
    return undefined;
  }
  if (from > to) {
    const hint = 'Hours over midnight belong to two days: write 22:00-24:00 for one and 00:00-06:00 for the next.';
    document.report(field, 'hours_inverted', `“${typed}” ends before it begins.`, hint);
    return undefined;
  }
  return { from, to };
}

function minutesOf(hours = '', minutes = ''): number | undefined {
  const total = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && total <= 1440 ? total : undefined;
}
