import type { QuietWish } from '@recourse/cases';
import type { hoursChoices } from './contact.form';

/** Hours in which a nudge must not arrive, for each choice of the form but "any". */
const quietOf = {
  day: { from: '18:00', until: '08:00' },
  evening: { from: '22:00', until: '18:00' },
} as const;

/**
 * The quiet hours of a choice, in the time of the country that was named.
 *
 * Nobody is asked for a time zone. Of a country with several (CLDR's list, through Intl), the middle one is taken: the
 * hours are then wrong by an hour or two at worst nearly everywhere, and the choice leaves a margin at both ends.
 * @param country ISO 3166 alpha-2, if the person named one
 * @param otherwise IANA zone for when they did not: the institution's
 */
export function quietHours(choice: (typeof hoursChoices)[number], country: string | undefined, otherwise: string): QuietWish | undefined {
  if (choice === 'any') return undefined;
  return { ...quietOf[choice], timeZone: middleZone(country) ?? otherwise };
}

/** `Intl.Locale.prototype.timeZones`: a property in Node 20, a method from Node 24 on; TypeScript's library has neither yet. */
interface LocaleWithZones {
  readonly timeZones?: readonly string[];
  readonly getTimeZones?: () => readonly string[] | undefined;
}

function middleZone(country: string | undefined): string | undefined {
  if (country === undefined || !/^[A-Z]{2}$/.test(country)) return undefined;
  const locale = new Intl.Locale(`und-${country}`) as unknown as LocaleWithZones;
  const zones = [...(locale.getTimeZones?.() ?? locale.timeZones ?? [])];
  zones.sort((a, b) => offset(a) - offset(b));
  return zones[Math.floor((zones.length - 1) / 2)];
}

/** Hours from UTC in January, to sort by. */
function offset(timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(new Date(Date.UTC(2026, 0, 1)));
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-]\d{2}):(\d{2})/.exec(name);
  return match ? Number(match[1]) + Math.sign(Number(match[1])) * (Number(match[2]) / 60) : 0;
}
