import fc from 'fast-check';
import { DateTime } from 'luxon';

import { nextContactAt } from './contact-hours';

const at = (text: string, zone: string) => DateTime.fromISO(text, { zone }).toJSDate();

describe('hours in which somebody may be contacted', () => {
  const night = { from: '22:00', until: '07:00', timeZone: 'Africa/Nairobi' };

  it.each([
    ['2026-03-10T21:59:59', '2026-03-10T21:59:59'],
    ['2026-03-10T22:00:00', '2026-03-11T07:00:00'],
    ['2026-03-10T23:30:00', '2026-03-11T07:00:00'],
    ['2026-03-11T00:00:00', '2026-03-11T07:00:00'],
    ['2026-03-11T06:59:59', '2026-03-11T07:00:00'],
    ['2026-03-11T07:00:00', '2026-03-11T07:00:00'],
  ])('across midnight: %s may be contacted at %s', (now, expected) => {
    expect(nextContactAt(at(now, night.timeZone), night)).toEqual(at(expected, night.timeZone));
  });

  it.each([
    ['2026-03-10T08:59:00', '2026-03-10T08:59:00'],
    ['2026-03-10T09:00:00', '2026-03-10T17:30:00'],
    ['2026-03-10T17:29:59', '2026-03-10T17:30:00'],
    ['2026-03-10T17:30:00', '2026-03-10T17:30:00'],
  ])('within a day: %s may be contacted at %s', (now, expected) => {
    const office = { from: '09:00:00', until: '17:30:00', timeZone: 'Asia/Kolkata' };
    expect(nextContactAt(at(now, office.timeZone), office)).toEqual(at(expected, office.timeZone));
  });

  it('goes by their clock, not ours', () => {
    // 20:30 in Geneva is 22:30 in Nairobi.
    const now = at('2026-01-10T20:30:00', 'Europe/Zurich');
    expect(nextContactAt(now, night)).toEqual(at('2026-01-11T07:00:00', 'Africa/Nairobi'));
  });

  it('ends in the next minute that exists when the clocks jump over the end', () => {
    // Geneva, 29 March 2026: 02:00 becomes 03:00.
    const quiet = { from: '23:00', until: '02:30', timeZone: 'Europe/Zurich' };
    const next = nextContactAt(at('2026-03-29T01:00:00', quiet.timeZone), quiet);
    expect(DateTime.fromJSDate(next, { zone: quiet.timeZone }).toFormat('dd HH:mm')).toBe('29 03:30');
  });

  it('knows no quiet when none was chosen', () => {
    const now = new Date('2026-03-10T00:00:00Z');
    expect(nextContactAt(now, undefined)).toBe(now);
    expect(nextContactAt(now, { from: '08:00', until: '08:00', timeZone: 'UTC' })).toEqual(now);
  });

  it.each([
    { from: '24:00', until: '07:00', timeZone: 'UTC' },
    { from: '22:00', until: '7', timeZone: 'UTC' },
    { from: '22:00', until: '07:00', timeZone: 'Mars/Olympus' },
  ])('refuses what it cannot read: %p', (quiet) => {
    expect(() => nextContactAt(new Date(), quiet)).toThrow(RangeError);
  });

  it('never answers with an instant that is past, quiet, or more than a day and an hour away', () => {
    const minute = fc.integer({ min: 0, max: 1439 }).map((m) => `${pad(Math.floor(m / 60))}:${pad(m % 60)}`);
    const zone = fc.constantFrom('Africa/Nairobi', 'America/Bogota', 'Europe/Zurich', 'Asia/Kathmandu', 'Pacific/Apia');
    const instant = fc.date({ min: new Date('2025-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, minute, minute, zone, (now, from, until, timeZone) => {
        const next = nextContactAt(now, { from, until, timeZone });
        expect(next.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        expect(nextContactAt(next, { from, until, timeZone })).toEqual(next);
      }),
    );
  });
});

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
