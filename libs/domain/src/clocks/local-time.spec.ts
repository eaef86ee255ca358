import fc from 'fast-check';
import { DAY_MS, dateOfDay, dayOfDate, firstMoment, localTime, weekdayOf } from './local-time';

const HOUR_MS = 3_600_000;

function moment(timeZone: string, date: string, time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(firstMoment(timeZone, dayOfDate(date), hours * HOUR_MS + minutes * 60_000)).toISOString();
}

describe('the first moment of a date at which the clock shows a time', () => {
  it.each([
    ['an ordinary time', 'Europe/Zurich', '2026-06-15', '09:00', '2026-06-15T07:00:00.000Z'],
    ['midnight at the end of a day', 'Europe/Zurich', '2026-06-15', '24:00', '2026-06-15T22:00:00.000Z'],
    ['a time that does not exist: when clocks go forward over it', 'Europe/Zurich', '2026-03-29', '02:30', '2026-03-29T01:00:00.000Z'],
    ['the time to which they go forward: the same moment', 'Europe/Zurich', '2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
    ['a time that exists twice: the first', 'Europe/Zurich', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['the time after both', 'Europe/Zurich', '2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
    ['half an hour twice, on Lord Howe', 'Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
    ['half an hour left out, on Lord Howe', 'Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:30:00.000Z'],
    ['a midnight that does not exist', 'Asia/Beirut', '2024-03-31', '00:00', '2024-03-30T22:00:00.000Z'],
    ['a midnight from which clocks go back', 'Asia/Beirut', '2024-10-27', '00:00', '2024-10-26T22:00:00.000Z'],
    ['a time of a date that was left out', 'Pacific/Apia', '2011-12-30', '15:00', '2011-12-30T10:00:00.000Z'],
    ['a zone with three quarters of an hour', 'Asia/Kathmandu', '2026-01-01', '09:00', '2026-01-01T03:15:00.000Z'],
  ])('%s', (_what, timeZone, date, time, at) => {
    expect(moment(timeZone, date, time)).toBe(at);
  });

  it('does not know a zone that does not exist', () => {
    expect(() => firstMoment('Mars/Olympus', 0, 0)).toThrow('no time zone Mars/Olympus');
  });

  const zones = fc.constantFrom('Europe/Zurich', 'America/St_Johns', 'Asia/Beirut', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Tehran');
  const days = fc.integer({ min: dayOfDate('2005-01-01'), max: dayOfDate('2032-01-01') });
  const times = fc.integer({ min: 0, max: DAY_MS });

  it('is never earlier for a later time', () => {
    fc.assert(
      fc.property(zones, days, times, times, (zone, day, one, other) => {
        expect(firstMoment(zone, day, Math.max(one, other))).toBeGreaterThanOrEqual(firstMoment(zone, day, Math.min(one, other)));
        expect(firstMoment(zone, day + 1, 0)).toBeGreaterThanOrEqual(firstMoment(zone, day, DAY_MS));
      }),
      { numRuns: 200 },
    );
  });

  it('shows that time, or a later one where clocks go forward', () => {
    fc.assert(
      fc.property(zones, days, times, (zone, day, ms) => {
        const shown = localTime(zone, firstMoment(zone, day, ms));
        expect(shown.day * DAY_MS + shown.ms).toBeGreaterThanOrEqual(day * DAY_MS + ms);
        const before = localTime(zone, firstMoment(zone, day, ms) - 1);
        if (before.day * DAY_MS + before.ms >= day * DAY_MS + ms) throw new Error('there is an earlier moment');
      }),
      { numRuns: 300 },
    );
  });
});

describe('what the clock shows at a moment', () => {
  it.each([
    ['just before clocks go forward', 'Europe/Zurich', '2026-03-29T00:59:59.000Z', '2026-03-29 01:59:59'],
    ['when they do', 'Europe/Zurich', '2026-03-29T01:00:00.000Z', '2026-03-29 03:00:00'],
    ['a time that exists twice, the first', 'Europe/Zurich', '2026-10-25T00:30:00.000Z', '2026-10-25 02:30:00'],
    ['and the second', 'Europe/Zurich', '2026-10-25T01:30:00.000Z', '2026-10-25 02:30:00'],
    ['the last second before a date that was left out', 'Pacific/Apia', '2011-12-30T09:59:59.000Z', '2011-12-29 23:59:59'],
    ['the first one after it', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', '2011-12-31 00:00:00'],
  ])('%s', (_what, timeZone, at, shown) => {
    const { day, ms } = localTime(timeZone, Date.parse(at));
    expect(`${dateOfDay(day)} ${new Date(ms).toISOString().slice(11, 19)}`).toBe(shown);
  });

  it('is what Intl says, in every zone, also on the days on which clocks are changed', () => {
    const moments = fc.integer({ min: Date.parse('1975-01-01T00:00:00Z'), max: Date.parse('2035-01-01T00:00:00Z') });
    const zones = Intl.supportedValuesOf('timeZone').map((zone) => {
      const format = { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
      return [zone, new Intl.DateTimeFormat('sv-SE', { ...format, second: '2-digit', hourCycle: 'h23' })] as const;
    });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, ([zone, format], at) => {
        for (let hour = 0; hour < 48; hour += 6) {
          const moment = at + hour * HOUR_MS;
          const { day, ms } = localTime(zone, moment);
          expect(`${dateOfDay(day)} ${new Date(ms).toISOString().slice(11, 19)}`).toBe(format.format(moment));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a day as a number', () => {
  it.each([
    ['1970-01-01', 0, 4],
    ['2026-11-02', 20759, 1],
    ['1969-12-28', -4, 7],
  ])('%s', (date, day, weekday) => {
    expect([dayOfDate(date), dateOfDay(day), weekdayOf(day)]).toEqual([day, date, weekday]);
  });
});
