import { CODE_PROVISIONS, provisionOf } from './code-provisions';
import { countriesIn, countryName, COUNTRY_CODES, isCountryCode } from './countries';

describe('the provisions of the Code', () => {
  it('cover its paragraphs 28 to 69 without a gap or an overlap', () => {
    const paragraphs = CODE_PROVISIONS.flatMap(({ firstParagraph, lastParagraph }) =>
      Array.from({ length: lastParagraph - firstParagraph + 1 }, (_, index) => firstParagraph + index),
    );
    expect(paragraphs).toEqual(Array.from({ length: 42 }, (_, index) => 28 + index));
  });

  it('are found by paragraph', () => {
    expect(provisionOf(36)).toMatchObject({ code: 'p35', section: 'personnel_conduct' });
    expect(provisionOf(54)).toMatchObject({ code: 'p52', section: 'management_and_governance' });
    expect([provisionOf(27), provisionOf(70)]).toEqual([undefined, undefined]);
  });

  it('have a title in both languages', () => {
    for (const { title } of CODE_PROVISIONS) {
      expect(title['en']).toMatch(/^[A-Z]/);
      expect(title['ar']).toMatch(/\p{Script=Arabic}/u);
    }
  });
});

describe('countries', () => {
  it('are the 249 of ISO 3166-1 and Kosovo, each once', () => {
    expect(COUNTRY_CODES).toHaveLength(250);
    expect(new Set(COUNTRY_CODES).size).toBe(250);
    expect([...COUNTRY_CODES].sort()).toEqual(COUNTRY_CODES);
  });

  it('have a name in every language we speak, and are not old codes of another country', () => {
    for (const code of COUNTRY_CODES) {
      for (const language of ['en', 'ar', 'fr', 'es']) expect(countryName(code, language)).not.toBe(code);
      expect(new Intl.Locale(`und-${code}`).maximize().region).toBe(code);
    }
  });

  it('are sorted as readers of the language expect', () => {
    const french = countriesIn('fr').map(({ name }) => name);
    expect(french.indexOf('Émirats arabes unis')).toBeLessThan(french.indexOf('Espagne'));
    expect(countriesIn('ar')).toHaveLength(250);
  });

  it.each([
    ['CH', true],
    ['XK', true],
    ['ch', false],
    ['UK', false],
    ['EU', false],
    ['ZZ', false],
    ['', false],
  ])('%s: %s', (code, expected) => {
    expect(isCountryCode(code)).toBe(expected);
  });
});
