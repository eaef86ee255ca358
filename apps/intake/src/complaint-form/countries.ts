/** One country of the list. */
export interface CountryOption {
  /** ISO 3166-1 alpha-2. */
  readonly value: string;
  readonly text: string;
}

/** Codes that CLDR names but ISO 3166-1 does not assign to a country: groups, outliers of others, pseudo-locales. */
const noCountry = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'XK', 'ZZ']);

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** The 249 codes of ISO 3166-1, read from the runtime's CLDR so that there is no list of ours to grow old. */
export const countryCodes: readonly string[] = allCodes();

const made = new Map<string, readonly CountryOption[]>();

/** The list in one language, in its own order. */
export function countriesFor(language: string): readonly CountryOption[] {
  const known = made.get(language);
  if (known) return known;
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const collator = new Intl.Collator(language);
  const list = countryCodes
    .map((value) => ({ value, text: names.of(value) ?? value }))
    .sort((a, b) => collator.compare(a.text, b.text));
  made.set(language, list);
  return list;
}

function allCodes(): string[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !noCountry.has(code) && names.of(code) !== undefined && isCurrent(code));
}

/** Codes of states that are no more (SU, YU, ZR …) are aliases of others: CLDR replaces them when it tidies a tag. */
function isCurrent(code: string): boolean {
  return new Intl.Locale(`und-${code}`).region === code;
}
