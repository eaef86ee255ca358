import type { Language } from './languages';

/** Formats dates and numbers for one language in the institution's time zone. */
export interface Formats {
  /** `24 November 2026`. Takes an instant, or a calendar day `YYYY-MM-DD`, which no time zone moves. */
  readonly date: (value: Date | string) => string;
  /** `24 November 2026 at 14:05`, always on a 24-hour clock. */
  readonly dateTime: (value: Date) => string;
  /** `14:05`. */
  readonly time: (value: Date) => string;
  /** `1,234`. */
  readonly number: (value: number) => string;
  /** Country name for an ISO 3166 alpha-2 code: `CH` → `Switzerland`. */
  readonly country: (code: string) => string;
  /** Name of a language in this language for a BCP 47 tag: `fa` → `Persian`. */
  readonly languageName: (tag: string) => string;
}

const day = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const plainDay = /^\d{4}-\d{2}-\d{2}$/;

/** @param timeZone IANA name, for example `Europe/Zurich`: the zone in which the institution counts its days. */
export function formatsFor(language: Language, timeZone: string): Formats {
  const instants = new Intl.DateTimeFormat(language.formats, { ...day, timeZone });
  const plainDays = new Intl.DateTimeFormat(language.formats, { ...day, timeZone: 'UTC' });
  const dateTimes = new Intl.DateTimeFormat(language.formats, { ...day, ...clock, timeZone });
  const times = new Intl.DateTimeFormat(language.formats, { ...clock, timeZone });
  const numbers = new Intl.NumberFormat(language.formats);
  const countries = new Intl.DisplayNames(language.code, { type: 'region' });
  const tongues = new Intl.DisplayNames(language.code, { type: 'language' });
  return {
    date: (value) => {
      if (typeof value !== 'string') return instants.format(value);
      return plainDay.test(value) ? plainDays.format(new Date(`${value}T00:00:00Z`)) : instants.format(new Date(value));
    },
    dateTime: (value) => dateTimes.format(value),
    time: (value) => times.format(value),
    number: (value) => numbers.format(value),
    country: (code) => countries.of(code) ?? code,
    languageName: (tag) => tongues.of(tag) ?? tag,
  };
}
