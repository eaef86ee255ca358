import { didYouMean } from '../documents/did-you-mean';
import type { CheckedDocument, Field } from '../documents/document';
import { readOneOrMore, readRecord, readText, readWords } from '../documents/read-fields';
import { countriesIn, isCountryCode, countryName } from '../taxonomy/countries';
import type { HolidayOrigin } from './calendar-document';
import { HOLIDAY_KINDS, type HolidayPlace, type HolidaySource } from './holiday-source';
import type { PlacedDay } from './read-calendar-days';

const MOST_YEARS = 30;
/** Tables of the Islamic calendar, which many countries rest by, end soon after. */
const YEARS = { first: 1970, last: 2075 } as const;
const MOST_NAMED = 60;

/**
 * Reads `publicHolidays`: a country, perhaps a region of it, and the years for which its holidays are written out.
 * @param source data about holidays
 */
export function readPublicHolidays(
  document: CheckedDocument,
  field: Field | undefined,
  source: HolidaySource,
): { readonly days: readonly PlacedDay[]; readonly origin?: HolidayOrigin } {
  if (!field) return { days: [] };
  const fields = readRecord(document, field, { required: ['country', 'years'], optional: ['region', 'kinds'] });
  const years = readYears(document, fields.get('years'));
  const kinds = readWords(document, readOneOrMore(document, fields.get('kinds'), HOLIDAY_KINDS.length), HOLIDAY_KINDS);
  const place = readPlace(document, fields, source);
  if (!place || !years) return { days: [] };
  const days: PlacedDay[] = [];
  for (let year = years.first; year <= years.last; year += 1) {
    for (const { date, name } of source.holidaysOf(place, year, kinds.length > 0 ? kinds : ['public'])) {
      if (date.startsWith(`${year}-`)) days.push({ date, name, why: 'public_holiday', path: field.path });
    }
  }
  return { days, origin: { ...place, source: source.name, known: { from: `${years.first}-01-01`, until: `${years.last}-12-31` } } };
}

function readYears(document: CheckedDocument, field: Field | undefined): { readonly first: number; readonly last: number } | undefined {
  const typed = readText(document, field);
  if (typed === undefined || !field) return undefined;
  const parts = /^\s*(\d{4})\s*[-–]\s*(\d{4})\s*$/.exec(typed);
  const [first, last] = [Number(parts?.[1]), Number(parts?.[2])];
  if (parts && first <= last && last - first < MOST_YEARS && first >= YEARS.first && last <= YEARS.last) return { first, last };
  const hint = `The first and the last year, as in 2026-2031: at most ${MOST_YEARS}, between ${YEARS.first} and ${YEARS.last}.`;
  document.report(field, 'invalid_years', `“${typed}” is not a span of years.`, hint);
  return undefined;
}

function readPlace(document: CheckedDocument, fields: ReadonlyMap<string, Field>, source: HolidaySource): HolidayPlace | undefined {
  const countryField = fields.get('country');
  const country = readText(document, countryField);
  if (country === undefined || !countryField) return undefined;
  if (!source.countries.includes(country)) {
    document.report(
      countryField,
      'unknown_country',
      `The holidays of “${country}” are not known to ${source.name}.`,
      countryHint(country, source),
    );
    return undefined;
  }
  const regionField = fields.get('region');
  const region = readText(document, regionField);
  if (!regionField || region === undefined) return regionField ? undefined : { country };
  const regions = source.regionsOf(country);
  if (regions.some(({ code }) => code === region)) return { country, region };
  document.report(
    regionField,
    'unknown_region',
    `${countryName(country, 'en')} has no region “${region}” in ${source.name}.`,
    regionHint(region, regions),
  );
  return undefined;
}

function countryHint(typed: string, { countries }: HolidaySource): string {
  if (isCountryCode(typed)) return `There are no data about ${countryName(typed, 'en')}: write its holidays out under “holidays”.`;
  const upper = typed.toUpperCase();
  if (countries.includes(upper)) return `Did you mean “${upper}”?`;
  const named = countriesIn('en').filter(({ code }) => countries.includes(code));
  const nearest = didYouMean(
    typed,
    named.map(({ name }) => name),
  );
  const found = named.find(({ name }) => nearest === `Did you mean “${name}”?`);
  return found ? `Did you mean “${found.code}” (${found.name})?` : 'A code of ISO 3166-1, as in CH.';
}

function regionHint(typed: string, regions: ReturnType<HolidaySource['regionsOf']>): string {
  if (regions.length === 0) return 'It is not divided: leave the region away.';
  const upper = typed.toUpperCase();
  if (regions.some(({ code }) => code === upper)) return `Did you mean “${upper}”?`;
  const byName = regions.find(({ name }) => didYouMean(typed, name.split(/\s+/)) !== undefined);
  if (byName) return `Did you mean “${byName.code}” (${byName.name})?`;
  return `Known: ${regions
    .slice(0, MOST_NAMED)
    .map(({ code, name }) => `${code} (${name})`)
    .join(', ')}.`;
}
