import { shippedCalendar } from '../../test-support/documents';
import { CALENDAR_PROBLEM_CODES, formatProblem, type ProblemCode } from '../procedures/problem';
import type { HolidaySource } from './holiday-source';
import { parseCalendar } from './parse-calendar';

const GOOD = `calendar: somewhere
title: { en: Somewhere, ar: مكان ما }
timeZone: Asia/Kabul
weekend: [friday]
holidays:
  2026-08-19: Independence Day
  2027-08-19: Independence Day
`;

/** With a country, hours, a closure over a New Year, and a day that is worked although the country rests. */
const FULL = `calendar: elsewhere
title: { en: Elsewhere, ar: مكان آخر }
timeZone: Europe/Zurich
weekend: [saturday, sunday]
workingHours:
  monday: [13:30-17:30, 09:00-12:30]
  tuesday: 09:00-17:00
  wednesday: 09:00-17:00
  thursday: 09:00-17:00
  friday: 09:00-24:00
publicHolidays:
  country: CH
  region: GE
  years: 2026-2027
  kinds: [public]
closures:
  2026-12-30/2027-01-02: Between the years
workedDays:
  2026-08-03: { name: Everybody comes, hours: 10:00-12:00 }
  2026-05-25: We work on Whit Monday
`;

/** A small country. */
const SOURCE: HolidaySource = {
  name: 'a small country 1.0.0',
  countries: ['CH', 'LI'],
  regionsOf: (country) => (country === 'CH' ? [{ code: 'GE', name: 'Canton of Geneva' }] : []),
  holidaysOf: ({ region }, year, kinds) => [
    { date: `${year}-05-25`, name: `Whit Monday in ${region ?? 'the country'}` },
    ...(kinds.includes('bank') ? [{ date: `${year}-12-26`, name: 'St Stephen' }] : []),
    { date: `${year + 1}-01-01`, name: 'next year’s' },
  ],
};

function problemsOf(text: string): readonly { readonly code: ProblemCode; readonly line: number; readonly text: string }[] {
  const parsed = parseCalendar(text, 'broken.yaml', SOURCE);
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
  ['unknown_time_zone', GOOD.replace('Asia/Kabul', 'asia/kabul'), 3, 'Did you mean “Asia/Kabul”?'],
  ['unknown_time_zone', GOOD.replace('Asia/Kabul', 'EST'), 3, '“EST” is an abbreviation or an offset, without summer time. Name a place'],
  ['unknown_time_zone', GOOD.replace('Asia/Kabul', 'Etc/GMT+3'), 3, 'without summer time. Name a place'],
  ['missing_wording', GOOD.replace('{ en: Somewhere, ar: مكان ما }', '{}'), 2, 'The title has no text'],
  ['invalid_language', GOOD.replace('en: Somewhere', 'xx_Somewhere: C'), 2, '“xx_Somewhere” is not a language tag'],
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
  ['unknown_weekday', GOOD.replace('[friday]', '[friday, none]'), 4, 'stands alone'],
  ['invalid_date', GOOD.replace('2026-08-19', '2026-08-19/2026-08-18'), 6, 'ends before it begins'],
  ['invalid_date', GOOD.replace('2026-08-19', '2026-08-19/2027-08-20'), 6, 'more than a year'],
  ['invalid_date', FULL.replace('2026-08-03:', '2026-13-03:'), 19, '“2026-13-03” is not a date'],
  ['contradicting_day', FULL.replace('2026-05-25', '2027-01-02'), 20, '2027-01-02 is worked here and not worked elsewhere'],
  ['invalid_hours', FULL.replace('tuesday: 09:00-17:00', 'tuesday: 9-17'), 7, 'as in 09:00-17:30'],
  ['invalid_hours', FULL.replace('09:00-24:00', '09:00-24:01'), 10, 'a day ends at 24:00'],
  ['invalid_hours', FULL.replace('09:00-24:00', '09:60-12:00'), 10, 'are not hours of a day'],
  ['hours_empty', FULL.replace('09:00-24:00', '09:00-09:00'), 10, 'no time at all'],
  ['hours_inverted', FULL.replace('09:00-24:00', '22:00-06:00'), 10, 'write 22:00-24:00 for one and 00:00-06:00 for the next'],
  ['hours_overlap', FULL.replace('13:30-17:30', '12:00-17:30'), 6, '12:00-17:30 begins before 09:00-12:30 has ended'],
  ['hours_missing', FULL.replace('  tuesday: 09:00-17:00\n', ''), 6, 'tuesday is worked and has no hours'],
  ['hours_missing', FULL.replace('2026-05-25', '2026-05-24'), 20, '2026-05-24 is worked, and its weekday has no hours'],
  ['hours_on_rest_day', FULL.replace('  friday', '  sunday: 09:00-10:00\n  friday'), 10, 'sunday is in the weekend and has hours'],
  ['unknown_country', FULL.replace('country: CH', 'country: ch'), 12, 'Did you mean “CH”?'],
  ['unknown_country', FULL.replace('country: CH', 'country: Switzerlnd'), 12, 'Did you mean “CH” (Switzerland)?'],
  ['unknown_country', FULL.replace('country: CH', 'country: AF'), 12, 'no data about Afghanistan: write its holidays out'],
  ['unknown_country', FULL.replace('country: CH', 'country: Atlantis'), 12, 'a small country 1.0.0. A code of ISO 3166-1'],
  ['unknown_region', FULL.replace('region: GE', 'region: ge'), 13, 'Did you mean “GE”?'],
  ['unknown_region', FULL.replace('region: GE', 'region: Genevaa'), 13, 'Did you mean “GE” (Canton of Geneva)?'],
  ['unknown_region', FULL.replace('region: GE', 'region: ZZ'), 13, 'Known: GE (Canton of Geneva).'],
  ['unknown_region', FULL.replace('country: CH', 'country: LI'), 13, 'leave the region away'],
  ['invalid_years', FULL.replace('2026-2027', '2027-2026'), 14, 'as in 2026-2031'],
  ['wrong_type', FULL.replace('2026-2027', '2026'), 14, 'A text belongs here'],
  ['invalid_years', FULL.replace('2026-2027', '2026-2080'), 14, 'at most 30'],
  ['unknown_value', FULL.replace('[public]', '[school]'), 15, 'Known: public, bank'],
  ['no_working_day', FULL.replace('2026-12-30/2027-01-02', '2026-06-01/2026-07-31'), 17, 'From 2026-05-30 on, 65 days in a row'],
  ['wrong_type', GOOD.replace('2026-08-19: Independence Day', '2026-08-19:'), 6, 'A text belongs here'],
];

describe('parseCalendar', () => {
  it('reads a calendar', () => {
    expect(parseCalendar(GOOD, 'good.yaml', SOURCE)).toEqual({
      ok: true,
      calendar: {
        code: 'somewhere',
        title: { en: 'Somewhere', ar: 'مكان ما' },
        timeZone: 'Asia/Kabul',
        weekend: [5],
        holidays: ['2026-08-19', '2027-08-19'],
        holidaysKnown: { from: '2026-01-01', until: '2027-12-31' },
      },
      days: [
        { date: '2026-08-19', name: 'Independence Day', why: 'holiday' },
        { date: '2027-08-19', name: 'Independence Day', why: 'holiday' },
      ],
    });
  });

  it('writes the holidays of a country out, with closures, exceptions and hours', () => {
    expect(parseCalendar(FULL, 'full.yaml', SOURCE)).toEqual({
      ok: true,
      calendar: {
        code: 'elsewhere',
        title: { en: 'Elsewhere', ar: 'مكان آخر' },
        timeZone: 'Europe/Zurich',
        weekend: [6, 7],
        holidays: ['2026-05-25', '2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02', '2027-05-25'],
        workedDays: [{ date: '2026-08-03', hours: [{ from: 600, to: 720 }] }, { date: '2026-05-25' }],
        workingHours: {
          1: [
            { from: 540, to: 750 },
            { from: 810, to: 1050 },
          ],
          2: [{ from: 540, to: 1020 }],
          3: [{ from: 540, to: 1020 }],
          4: [{ from: 540, to: 1020 }],
          5: [{ from: 540, to: 1440 }],
        },
        holidaysKnown: { from: '2026-01-01', until: '2027-12-31' },
      },
      days: [
        { date: '2026-05-25', name: 'Whit Monday in GE', why: 'public_holiday' },
        { date: '2026-05-25', name: 'We work on Whit Monday', why: 'worked' },
        { date: '2026-08-03', name: 'Everybody comes', why: 'worked' },
        { date: '2026-12-30', name: 'Between the years', why: 'closure' },
        { date: '2026-12-31', name: 'Between the years', why: 'closure' },
        { date: '2027-01-01', name: 'Between the years', why: 'closure' },
        { date: '2027-01-02', name: 'Between the years', why: 'closure' },
        { date: '2027-05-25', name: 'Whit Monday in GE', why: 'public_holiday' },
      ],
      origin: { country: 'CH', region: 'GE', source: 'a small country 1.0.0', known: { from: '2026-01-01', until: '2027-12-31' } },
    });
  });

  it('takes a week without a day of rest, and bank holidays where they are asked for', () => {
    const parsed = parseCalendar(
      FULL.replace('[public]', '[public, bank]')
        .replace('[saturday, sunday]', 'none')
        .replace(/workingHours:[^]*publicHolidays/, 'publicHolidays'),
      'full.yaml',
      SOURCE,
    );
    expect(parsed).toMatchObject({ calendar: { weekend: [], holidays: expect.arrayContaining(['2026-12-26', '2027-12-26']) as unknown } });
  });

  it('never runs out of holidays where it has none', () => {
    const parsed = parseCalendar(GOOD.replace(/holidays:[^]*/, ''), 'good.yaml', SOURCE);
    expect(parsed).toMatchObject({ ok: true, calendar: { holidays: [] } });
    expect(parsed.ok && parsed.calendar.holidaysKnown).toBeUndefined();
  });

  it.each(broken)('reports %s', (code, text, line, says) => {
    const found = problemsOf(text).find((problem) => problem.code === code && problem.line === line);
    expect({ found, all: problemsOf(text) }).toMatchObject({ found: { code, line } });
    expect(found?.text).toContain(says);
  });

  it.each(broken)('reports %s in a file with Windows line ends too', (_code, text) => {
    expect(problemsOf(text.replace(/\n/g, '\r\n'))).toEqual(problemsOf(text));
  });

  it.each(['Asia/Kolkata', 'Asia/Calcutta', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'US/Eastern', 'UTC'])(
    'takes the zone %s',
    (zone) => {
      expect(problemsOf(GOOD.replace('Asia/Kabul', zone))).toEqual([]);
    },
  );

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
  it.each([2025, 2026, 2027, 2028, 2029, 2030, 2031])('Geneva rests on the days of its law in %i', (year) => {
    const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
    const afterEaster = (days: number): string => day(easter(year) + days * 86_400_000);
    const firstOfSeptember = new Date(Date.UTC(year, 8, 1)).getUTCDay();
    const firstSunday = 1 + ((7 - firstOfSeptember) % 7);
    const onWeekdays = shippedCalendar('geneva').holidays.filter((date) => new Date(date).getUTCDay() !== 0);
    const isSunday = (date: string): boolean => new Date(date).getUTCDay() === 0;
    expect(onWeekdays.filter((date) => date.startsWith(`${year}-`))).toEqual(
      [
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
      ].filter((date) => !isSunday(date)),
    );
  });

  it('the Gulf rests on Friday and Saturday', () => {
    expect(shippedCalendar('gulf')).toMatchObject({ timeZone: 'Asia/Riyadh', weekend: [5, 6] });
  });
});
