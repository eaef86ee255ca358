import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDuration, parseCalendar, type Calendar, type HolidaySource } from '@recourse/domain';
import { loadPublicHolidays } from '../calendars/public-holidays';
import { dueDay } from './due-day';

function shipped(name: string, source: HolidaySource): Calendar {
  const file = join(__dirname, '../../../domain/calendars', name);
  const parsed = parseCalendar(readFileSync(file, 'utf8'), name, source);
  if (!parsed.ok) throw new Error(`${name} has mistakes`);
  return parsed.calendar;
}

const calendars = new Map<string, Calendar>();
beforeAll(async () => {
  const source = await loadPublicHolidays();
  for (const code of ['geneva', 'gulf']) calendars.set(code, shipped(`${code}.yaml`, source));
});

describe('the day on which a clock runs out', () => {
  it.each([
    // A Thursday: the Gulf rests on Friday and Saturday, Geneva on Saturday and Sunday.
    ['geneva', '2026-11-19T10:00:00Z', 3, '2026-11-24'],
    ['gulf', '2026-11-19T10:00:00Z', 3, '2026-11-24'],
    ['geneva', '2026-07-16T10:00:00Z', 1, '2026-07-17'],
    ['gulf', '2026-07-16T10:00:00Z', 1, '2026-07-19'],
  ])('is the last day that its own calendar counts: %s from %s', (code, start, amount, dueOn) => {
    const calendar = calendars.get(code);
    if (!calendar) throw new Error('no calendar');
    const end = addDuration(new Date(start), { amount, unit: 'working_days' }, calendar);
    expect(dueDay(calendars, code, end)).toEqual({ dueOn, withinTheDay: false });
  });

  it('is a day with an hour for clocks that count hours', () => {
    expect(dueDay(calendars, 'gulf', new Date('2026-11-19T21:30:00Z'))).toEqual({ dueOn: '2026-11-20', withinTheDay: true });
    expect(dueDay(calendars, 'geneva', new Date('2026-11-19T21:30:00Z'))).toEqual({ dueOn: '2026-11-19', withinTheDay: true });
  });

  it.each([null, 'moved_away'])('is told by UTC when the calendar is gone: %s', (code) => {
    expect(dueDay(calendars, code, new Date('2026-11-19T22:59:59.999Z')).dueOn).toBe('2026-11-19');
  });
});
