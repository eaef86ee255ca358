/** ISO 3166-1 alpha-2, the officially assigned codes, and XK, the user-assigned code by which the European Union and CLDR know Kosovo. */
const CODES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL ' +
  'CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU ' +
  'GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC ' +
  'MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT ' +
  'PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA ' +
  'UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW';

/** The codes of all countries and territories, in the order of the code. */
export const COUNTRY_CODES: readonly string[] = CODES.split(' ');

const known = new Set(COUNTRY_CODES);

/** True for a code of {@link COUNTRY_CODES}, in upper case. */
export function isCountryCode(code: string): boolean {
  return known.has(code);
}

/** A country with its name. */
export interface Country {
  readonly code: string;
  readonly name: string;
}

/**
 * All countries, named and sorted as people of that language expect. The names are those of Unicode CLDR, which every browser has too.
 * @param language BCP 47 tag
 */
export function countriesIn(language: string): readonly Country[] {
  const collator = new Intl.Collator(language);
  return COUNTRY_CODES.map((code) => ({ code, name: countryName(code, language) })).sort((one, other) =>
    collator.compare(one.name, other.name),
  );
}

/**
 * The name of a country, or the code itself when there is none.
 * @param language BCP 47 tag
 */
export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(code) ?? code;
}
