/** Kinds of public holiday that a calendar can rest on: `public` for everybody, `bank` for banks and offices. */
export const HOLIDAY_KINDS = ['public', 'bank'] as const;
/** One of {@link HOLIDAY_KINDS}. */
export type HolidayKind = (typeof HOLIDAY_KINDS)[number];

/** Where holidays are kept. */
export interface HolidayPlace {
  /** ISO 3166-1, two letters. */
  readonly country: string;
  /** Code of {@link HolidaySource.regionsOf}. */
  readonly region?: string;
}

/** A part of a country with holidays of its own. */
export interface HolidayRegion {
  /** The second half of ISO 3166-2, for instance `GE`; further parts are joined by dashes. */
  readonly code: string;
  readonly name: string;
}

/**
 * Data about public holidays. The domain has none: a calendar document names a place and a span of years, and whoever reads the document brings what is kept
 * there, so that the calendar can be written out day by day.
 */
export interface HolidaySource {
  /** Which data, and which edition of them, for the record. */
  readonly name: string;
  /** Codes of the countries that it knows. */
  readonly countries: readonly string[];
  /** The regions of a country, none when it is not divided. */
  regionsOf(country: string): readonly HolidayRegion[];
  /** The days that are not worked in a year, whole days only. */
  holidaysOf(place: HolidayPlace, year: number, kinds: readonly HolidayKind[]): readonly { readonly date: string; readonly name: string }[];
}

/** Knows no country: for calendars that write their holidays out. */
export const NO_HOLIDAY_SOURCE: HolidaySource = { name: 'none', countries: [], regionsOf: () => [], holidaysOf: () => [] };
