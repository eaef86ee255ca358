import { readDateParts, toLatinDigits, type FieldProblem } from '@recourse/web';

/** What was typed into the three fields; any script's digits. */
export interface PartialDateParts {
  readonly day?: string | undefined;
  readonly month?: string | undefined;
  readonly year?: string | undefined;
}

/** How much of the date is known. */
export type PartialDate =
  | { readonly known: 'nothing' }
  /** `YYYY-MM-DD` */
  | { readonly known: 'day'; readonly date: string }
  /** `YYYY` or `YYYY-MM` */
  | { readonly known: 'part'; readonly part: string };

export type PartialDateProblem = 'no_such_day' | 'day' | 'month' | 'year' | 'year_missing' | 'month_missing' | 'future';

export type PartialDateReading =
  { readonly ok: true; readonly date: PartialDate } | { readonly ok: false; readonly reason: PartialDateProblem };

/**
 * Reads a date of which a part may be missing: nobody who was harmed should fail at a form because the day is lost.
 * @param today `YYYY-MM-DD`: nothing after it is accepted; a year or month is only future when all of it is
 */
export function readPartialDate(parts: PartialDateParts, today: string | undefined): PartialDateReading {
  const [day, month, year] = [parts.day, parts.month, parts.year].map((part) => toLatinDigits(part ?? '').trim()) as [
    string,
    string,
    string,
  ];
  if (!day && !month && !year) return { ok: true, date: { known: 'nothing' } };
  const shape = shapeProblem(day, month, year);
  if (shape) return { ok: false, reason: shape };
  if (day) return wholeDay({ day, month, year }, today);
  const part = month ? `${year}-${month.padStart(2, '0')}` : year;
  if (today !== undefined && part > today.slice(0, part.length)) return { ok: false, reason: 'future' };
  return { ok: true, date: { known: 'part', part } };
}

/** The problem as a line of the error summary, pointing at the field to correct. */
export function dateProblem(reason: PartialDateProblem): FieldProblem {
  const field = reason.startsWith('year') || reason === 'future' ? 'dateYear' : reason.startsWith('month') ? 'dateMonth' : 'dateDay';
  return { field, key: `intake-problems.date.${reason}`, params: {} };
}

function shapeProblem(day: string, month: string, year: string): PartialDateProblem | undefined {
  if (day && !(/^\d{1,2}$/.test(day) && Number(day) >= 1 && Number(day) <= 31)) return 'day';
  if (month && !(/^\d{1,2}$/.test(month) && Number(month) >= 1 && Number(month) <= 12)) return 'month';
  if (!year) return 'year_missing';
  // Years of other calendars (1405, 2083, 2019 in Ethiopia) cannot all be told apart; the plainly foreign ones can.
  if (!/^\d{4}$/.test(year) || Number(year) < 1900) return 'year';
  return day && !month ? 'month_missing' : undefined;
}

function wholeDay(parts: { day: string; month: string; year: string }, today: string | undefined): PartialDateReading {
  const reading = readDateParts(parts, today === undefined ? {} : { notAfter: today });
  if (!reading.ok) return { ok: false, reason: reading.reason === 'in_the_future' ? 'future' : 'no_such_day' };
  return { ok: true, date: reading.date === undefined ? { known: 'nothing' } : { known: 'day', date: reading.date } };
}
