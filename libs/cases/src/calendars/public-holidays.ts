import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import type { HolidayKind, HolidayPlace, HolidayRegion, HolidaySource } from '@recourse/domain';
import type Holidays from 'date-holidays';
import type { HolidaysTypes } from 'date-holidays';

/*
 * date-holidays, because it is kept: some 200 countries with their regions, several releases a year since 2016, movable feasts (Easter, the Islamic, Jewish,
 * Chinese and Persian years) computed and not listed. Code under ISC; its data are collected from Wikipedia under CC BY 3.0 (docs/calendars.md names them).
 * Rejected: a web service (nobody outside needs to know where we work, and publishing must not depend on it), libraries of single countries.
 */

const HOUR_MS = 3_600_000;

/**
 * Loads the data about public holidays: about a third of a second and 30 MB, so only whoever publishes calendars does. Every other process reads published
 * calendars, in which all days are written out.
 */
export async function loadPublicHolidays(): Promise<HolidaySource> {
  const { default: Library } = await import('date-holidays');
  const fromProject = createRequire(join(projectRoot, 'package.json'));
  const { version } = fromProject('date-holidays/package.json') as { readonly version: string };
  return new PublicHolidays(Library, `date-holidays ${version}`);
}

class PublicHolidays implements HolidaySource {
  readonly countries: readonly string[];
  readonly #names: Holidays;

  constructor(
    private readonly library: typeof Holidays,
    readonly name: string,
  ) {
    this.#names = new library();
    this.countries = Object.keys(this.#names.getCountries('en'));
  }

  regionsOf(country: string): readonly HolidayRegion[] {
    return entriesOf(this.#names.getStates(country, 'en')).flatMap(([state, stateName]) => [
      { code: state, name: stateName },
      ...entriesOf(this.#names.getRegions(country, state, 'en')).map(([part, name]) => ({ code: `${state}-${part}`, name })),
    ]);
  }

  holidaysOf({ country, region }: HolidayPlace, year: number, kinds: readonly HolidayKind[]): readonly { date: string; name: string }[] {
    const [state, ...parts] = region?.split('-') ?? [];
    const place = { country, ...(state === undefined ? {} : { state }), ...(parts.length === 0 ? {} : { region: parts.join('-') }) };
    const library = new this.library(place, { types: [...kinds] });
    // A feast of several days may begin in December.
    return [year - 1, year]
      .flatMap((one) => library.getHolidays(one))
      .flatMap(daysOf)
      .filter(({ date }) => date.startsWith(`${year}-`));
  }
}

/**
 * The whole days of a holiday. What begins in the course of a day, as Christmas Eve from noon on, leaves that day a working day; of a feast of three days
 * and a half, three are left. An institution that rests then says so in its own calendar.
 */
function daysOf({ date, start, end, name }: HolidaysTypes.Holiday): readonly { readonly date: string; readonly name: string }[] {
  const [first = '', time] = date.split(' ');
  if (time !== '00:00:00') {
    return [];
  }
  // A day on which clocks change has 23 or 25 hours.
  const days = Math.floor(((end.getTime() - start.getTime()) / HOUR_MS + 1.5) / 24);
  const from = Date.parse(`${first}T00:00:00Z`);
  return Array.from({ length: days }, (_, index) => ({ date: new Date(from + index * 24 * HOUR_MS).toISOString().slice(0, 10), name }));
}

/** The library answers with nothing at all for a place without parts. */
function entriesOf(names: Readonly<Record<string, string>> | undefined): readonly (readonly [string, string])[] {
  return Object.entries(names ?? {});
}
