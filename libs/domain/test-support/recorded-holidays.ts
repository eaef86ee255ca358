import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HolidaySource } from '../src';

const recorded = readFileSync(join(__dirname, 'recorded-holidays.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [place = '', date = '', ...name] = line.split(' ');
    return { place, date, name: name.join(' ') };
  });

/**
 * The public holidays of the places that the shipped calendars name, as the data of libs/cases had them: the domain reads nothing from outside, and loading the
 * data in every test file would take longer than the tests. libs/cases/src/calendars/shipped-calendars.spec.ts compares the two.
 */
export const RECORDED_HOLIDAYS: HolidaySource = {
  name: 'recorded 1.0.0',
  countries: ['CH', 'SA'],
  regionsOf: (country) => (country === 'CH' ? [{ code: 'GE', name: 'Canton of Geneva' }] : []),
  holidaysOf: ({ country, region }, year) => {
    const asked = region === undefined ? country : `${country}-${region}`;
    return recorded.filter(({ place, date }) => place === asked && date.startsWith(`${year}-`)).map(({ date, name }) => ({ date, name }));
  },
};
