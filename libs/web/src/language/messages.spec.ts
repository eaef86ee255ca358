import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import MessageFormat from '@messageformat/core';
import fc from 'fast-check';
import { Languages } from './languages';

describe('the messages that are shipped', () => {
  it('are complete in English and Arabic: same keys, same placeholders, every plural form', () => {
    const languages = Languages.load(['en', 'ar']);
    expect(languages.keys().length).toBeGreaterThan(50);
    expect(languages.get('ar')).toMatchObject({ name: 'العربية', direction: 'rtl' });
  });
});

describe('messages of a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'languages-'));
    given('en', 'language.yaml', 'name: English\ndirection: ltr\nformats: en-GB');
    given('ar', 'language.yaml', 'name: عربي\ndirection: rtl\nformats: ar-u-nu-latn');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function given(code: string, file: string, text: string): void {
    mkdirSync(join(folder, code), { recursive: true });
    writeFileSync(join(folder, code, file), text);
  }

  const sixForms = '{days, plural, zero {z} one {o} two {t} few {# f} many {# m} other {# x}}';

  it('are keyed by file and path', () => {
    given('en', 'desk.yaml', 'queue:\n  title: "Your {n} cases"');
    expect(Languages.load(['en'], { folder }).in('en')('desk.queue.title', { n: 3 })).toBe('Your 3 cases');
  });

  it.each([
    [0, 'z'],
    [1, 'o'],
    [2, 't'],
    [3, '3 f'],
    [11, '11 m'],
    [100, '100 x'],
  ])('know the Arabic plural of %d', (days, said) => {
    given('en', 'a.yaml', 'left: "{days, plural, one {# day} other {# days}}"');
    given('ar', 'a.yaml', `left: "${sixForms}"`);
    expect(Languages.load(['en', 'ar'], { folder }).in('ar')('a.left', { days })).toBe(said);
  });

  it('of another program are left out, and what is wrong with them does not matter', () => {
    given('en', 'staff-desk.yaml', 'title: "{n"');
    given('en', 'public.yaml', 'title: Welcome');
    const languages = Languages.load(['en'], { folder, leavesOut: 'staff-' });
    expect(languages.keys()).toEqual(['public.title']);
    expect(() => Languages.load(['en'], { folder })).toThrow('en: "staff-desk.title" does not parse');
  });

  it('are refused with every problem at once', () => {
    given('en', 'a.yaml', 'one: "{name} wrote"\ntwo: two\nthree: "{n, plural, one {#} other {#}}"');
    given('ar', 'a.yaml', 'one: "كتب {nam}"\nthree: "{n, plural, other {#}}"\nfour: "{n, plural, one {a}"');
    const loading = () => Languages.load(['en', 'ar'], { folder });
    expect(loading).toThrow('ar: "a.two" is missing');
    expect(loading).toThrow('ar: "a.one" has the placeholders {nam}, the first language has {name}');
    expect(loading).toThrow('ar: "a.three" lacks the plural forms zero, one, two, few, many');
    expect(loading).toThrow('ar: "a.four" is not in the first language');
    expect(loading).toThrow('ar: "a.four" does not parse');
  });

  it('throw when the key or a parameter is missing', () => {
    given('en', 'a.yaml', 'one: "{name} wrote"');
    const say = Languages.load(['en'], { folder }).in('en');
    expect(() => say('a.two')).toThrow('There is no message "a.two" in "en"');
    expect(() => say('a.one')).toThrow(/"a\.one".*name/);
  });

  it('that are plain say themselves, as MessageFormat would have them', () => {
    const texts = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `${text}.`);
    const special = fc
      .string({ unit: fc.constantFrom(' ', ...'# < > % \\ | $ " ` , ; : & / a'.split(' ')), minLength: 1 })
      .map((text) => `${text}.`);
    const sample = fc.sample(fc.oneof(texts, special), { numRuns: 500, seed: 41 }).filter((text) => !/[{}']/.test(text));
    given('en', 'a.yaml', JSON.stringify(Object.fromEntries(sample.map((text, index) => [`n${index}`, text]))));
    const [say, format] = [Languages.load(['en'], { folder }).in('en'), new MessageFormat('en')];
    expect(sample.map((_, index) => say(`a.n${index}`))).toEqual(sample);
    expect(sample.map((text) => format.compile(text)({}))).toEqual(sample);
  });

  it('say an apostrophe and a brace that is quoted', () => {
    given('en', 'a.yaml', `{ one: "It''s the team's", two: "It''s '{'here'}'" }`);
    const say = Languages.load(['en'], { folder }).in('en');
    expect([say('a.one'), say('a.two')]).toEqual(["It's the team's", "It's {here}"]);
  });

  it('isolate a value of the other direction', () => {
    given('en', 'a.yaml', 'case: "Case {reference}"');
    given('ar', 'a.yaml', 'case: "القضية {reference}"');
    const languages = Languages.load(['en', 'ar'], { folder });
    expect(languages.in('ar')('a.case', { reference: 'RC-1' })).toBe('القضية \u2068RC-1\u2069');
    expect(languages.in('en')('a.case', { reference: 'RC-1' })).toBe('Case RC-1');
    expect(languages.in('en')('a.case', { reference: 'علي' })).toBe('Case \u2068علي\u2069');
  });

  it('need a folder for each language', () => {
    expect(() => Languages.load(['en', 'fr'], { folder })).toThrow('The language "fr" has no folder');
  });
});
