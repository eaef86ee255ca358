import { shippedCalendar } from '../../test-support/documents';
import { CALENDAR_PROBLEM_CODES, formatProblem, type ProblemCode } from '../procedures/problem';
import { parseCalendar } from './parse-calendar';

const GOOD = `calendar: somewhere
title: { en: Somewhere, ar: مكان ما }
timeZone: Asia/Kabul
weekend: [friday]
holidays:
  2026-08-19: Independence Day
  2027-08-19: Independence Day
`;

function problemsOf(text: string): readonly { readonly code: ProblemCode; readonly line: number; readonly text: string }[] {
  const parsed = parseCalendar(text, 'broken.yaml');
  return parsed.ok ? [] : parsed.problems.map((problem) => ({ code: problem.code, line: problem.line, text: formatProblem(problem) }));
}

/** A calendar that rests from the first of January 2026 for this many days. */
function resting(days: number): string {
  const dates = Array.from({ length: days }, (_, day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10));
  return GOOD.replace(/holidays:[^]*/, `holidays:\n${dates.map((date) => `  ${date}: Rest`).join('\n')}\n`);
}

const broken: readonly (readonly [ProblemCode, string, number, string])[] = [
  ['unknown_time_zone', GOOD.replace('Asia/Kabul', 'Asia/Kabull'), 3, 'Did you mean “Asia/Kabul”?'],
  ['unknown_time_zone', GOOD.replace('Asia/Kabul', 'Mars/Olympus'), 3, 'An IANA name'],
  ['unknown_weekday', GOOD.replace('friday', 'fryday'), 4, 'Did you mean “friday”?'],
  [
    'no_working_day',
    GOOD.replace('[friday]', '[monday, tuesday, wednesday, thursday, friday, saturday, sunday]'),
    4,
    'no clock would ever end',
  ],
  ['no_working_day', resting(61), 6, '61 days in a row'],
  ['invalid_date', GOOD.replace('2026-08-19', '2026-02-29'), 6, '“2026-02-29” is not a date'],
  ['invalid_date', GOOD.replace('2026-08-19', '19.8.2026'), 6, 'as in 2026-12-25'],
  ['duplicate_code', GOOD.replace('2027-08-19', '2026-08-19'), 7, 'twice'],
  ['listed_twice', GOOD.replace('[friday]', '[friday, friday]'), 4, 'twice'],
  ['missing_key', GOOD.replace('weekend: [friday]\n', ''), 1, '“weekend” is missing'],
  ['unknown_key', GOOD.replace('timeZone', 'timezone'), 3, 'Did you mean “timeZone”?'],
  ['invalid_code', GOOD.replace('somewhere', 'Some where'), 1, 'not a code'],
  ['wrong_type', GOOD.replace('2026-08-19: Independence Day', '2026-08-19:'), 6, 'A text belongs here'],
];

describe('parseCalendar', () => {
  it('reads a calendar', () => {
    expect(parseCalendar(GOOD, 'good.yaml')).toEqual({
      ok: true,
      calendar: {
        code: 'somewhere',
        title: { en: 'Somewhere', ar: 'مكان ما' },
        timeZone: 'Asia/Kabul',
        weekend: [5],
        holidays: ['2026-08-19', '2027-08-19'],
      },
    });
  });

  it.each(broken)('reports %s', (code, text, line, says) => {
    const found = problemsOf(text).find((problem) => problem.code === code && problem.line === line);
    expect({ found, all: problemsOf(text) }).toMatchObject({ found: { code, line } });
    expect(found?.text).toContain(says);
  });

  it('takes a rest of sixty days, and no more', () => {
    expect(problemsOf(resting(60))).toEqual([]);
  });

  it('has a broken example for each code of its own', () => {
    expect(CALENDAR_PROBLEM_CODES.filter((code) => !broken.some(([shown]) => shown === code))).toEqual([]);
  });
});

/** Easter Sunday of a year, by the anonymous Gregorian algorithm (Nature, 20 April 1876), as milliseconds. */
function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1);
}

describe('the shipped calendars', () => {
  it.each([2026, 2027, 2028])('Geneva rests on the days of its law in %i', (year) => {
    const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
    const afterEaster = (days: number): string => day(easter(year) + days * 86_400_000);
    const firstOfSeptember = new Date(Date.UTC(year, 8, 1)).getUTCDay();
    const firstSunday = 1 + ((7 - firstOfSeptember) % 7);
    expect(shippedCalendar('geneva').holidays.filter((date) => date.startsWith(`${year}-`))).toEqual([
      `${year}-01-01`,
      afterEaster(-2),
      afterEaster(1),
      afterEaster(39),
      afterEaster(50),
      `${year}-08-01`,
      // Jeûne genevois: the Thursday after the first Sunday of September.
      day(Date.UTC(year, 8, firstSunday + 4)),
      `${year}-12-25`,
      `${year}-12-31`,
    ]);
  });

  it('the Gulf rests on Friday and Saturday', () => {
    expect(shippedCalendar('gulf')).toMatchObject({ timeZone: 'Asia/Riyadh', weekend: [5, 6] });
  });
});
