import { dateProblem, readPartialDate } from './partial-date';

const today = '2026-11-24';

describe('a date of which a part may be missing', () => {
  it.each([
    ['nothing at all', '', '', '', { known: 'nothing' }],
    ['a whole day', '4', '9', '2026', { known: 'day', date: '2026-09-04' }],
    ['Arabic digits', '٢٤', '١١', '٢٠٢٦', { known: 'day', date: '2026-11-24' }],
    ['Persian digits', '۰۱', '۰۲', '۲۰۲۶', { known: 'day', date: '2026-02-01' }],
    ['Devanagari digits with spaces', ' २९ ', ' २ ', ' २०२४ ', { known: 'day', date: '2024-02-29' }],
    ['a month', '', '7', '2026', { known: 'part', part: '2026-07' }],
    ['this month, which is not over', '', '11', '2026', { known: 'part', part: '2026-11' }],
    ['a year', '', '', '2019', { known: 'part', part: '2019' }],
  ])('reads %s', (_, day, month, year, date) => {
    expect(readPartialDate({ day, month, year }, today)).toEqual({ ok: true, date });
  });

  it.each([
    ['the 31st of February', '31', '2', '2026', 'no_such_day'],
    ['the 29th of February of a common year', '29', '2', '2025', 'no_such_day'],
    ['a 32nd', '32', '1', '2026', 'day'],
    ['a day that is a word', 'Monday', '1', '2026', 'day'],
    ['a 13th month', '1', '13', '2026', 'month'],
    ['a year of two digits', '1', '1', '26', 'year'],
    ['a year of the Solar Hijri calendar', '1', '1', '1405', 'year'],
    ['a day and a month without a year', '4', '9', '', 'year_missing'],
    ['a day without a month', '4', '', '2026', 'month_missing'],
    ['tomorrow', '25', '11', '2026', 'future'],
    ['next month', '', '12', '2026', 'future'],
    ['next year', '', '', '2027', 'future'],
  ])('refuses %s', (_, day, month, year, reason) => {
    expect(readPartialDate({ day, month, year }, today)).toEqual({ ok: false, reason });
  });

  it('points at the field to correct', () => {
    expect(dateProblem('month')).toEqual({ field: 'dateMonth', key: 'intake-problems.date.month', params: {} });
    expect(dateProblem('future').field).toBe('dateYear');
    expect(dateProblem('no_such_day').field).toBe('dateDay');
  });
});
