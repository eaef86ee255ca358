import type { HolidaySource } from '@recourse/domain';
import { loadPublicHolidays } from './public-holidays';

let source: HolidaySource;
beforeAll(async () => {
  source = await loadPublicHolidays();
});

const datesOf = (country: string, year: number, region?: string, kinds: readonly ('public' | 'bank')[] = ['public']): readonly string[] =>
  source.holidaysOf({ country, ...(region === undefined ? {} : { region }) }, year, kinds).map(({ date }) => date);

describe('data about public holidays', () => {
  it('say which edition they are', () => {
    expect(source.name).toMatch(/^date-holidays \d+\.\d+\.\d+$/);
  });

  it('know countries and their regions, and not every country', () => {
    expect(source.countries).toEqual(expect.arrayContaining(['CH', 'CO', 'SA', 'NG']));
    expect(source.countries).not.toContain('AF');
    expect(source.regionsOf('CH')).toContainEqual({ code: 'GE', name: 'Canton of Geneva' });
    expect(source.regionsOf('DE').map(({ code }) => code)).toEqual(expect.arrayContaining(['BY', 'BY-A']));
    expect(source.regionsOf('SA')).toEqual([]);
  });

  it('give the holidays of a region, not of its neighbours', () => {
    expect(datesOf('CH', 2026, 'GE')).toContain('2026-09-10');
    expect(datesOf('CH', 2026, 'ZH')).not.toContain('2026-09-10');
    expect(datesOf('DE', 2026, 'BY-A')).toContain('2026-08-08');
    expect(datesOf('DE', 2026, 'BY')).not.toContain('2026-08-08');
  });

  it('give every day of a feast that lasts several, also over the end of a year', () => {
    expect(datesOf('SA', 2026).filter((date) => date.startsWith('2026-05'))).toEqual([
      '2026-05-26',
      '2026-05-27',
      '2026-05-28',
      '2026-05-29',
    ]);
    // In 2006 Eid al-Adha began on 30 December (in 2039 it does again).
    expect(datesOf('SA', 2007).slice(0, 2)).toEqual(['2007-01-01', '2007-01-02']);
  });

  it('leave a day a working day that is free from noon on only', () => {
    expect(datesOf('IS', 2026)).not.toContain('2026-12-24');
  });

  it('give bank holidays to whoever asks for them', () => {
    expect(datesOf('CH', 2026, 'GE')).not.toContain('2026-12-26');
    expect(datesOf('CH', 2026, 'GE', ['public', 'bank'])).toContain('2026-12-26');
  });
});
