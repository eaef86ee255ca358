/**
 * Languages offered under the story, as BCP 47 tags: the widest spoken ones where private security companies work.
 * `und` (undetermined, BCP 47 §4.1) stands for all others: a wrong tag would be worse than none, because it decides who
 * is asked to translate and how a screen reader pronounces.
 */
export const writingLanguages: readonly string[] = [
  'am',
  'ar',
  'az',
  'bn',
  'my',
  'zh',
  'cs',
  'prs',
  'nl',
  'en',
  'fr',
  'ka',
  'de',
  'el',
  'gn',
  'gu',
  'ht',
  'ha',
  'he',
  'hi',
  'hu',
  'ig',
  'id',
  'it',
  'ja',
  'km',
  'kk',
  'rw',
  'rn',
  'ko',
  'ku',
  'ky',
  'lo',
  'ln',
  'lg',
  'mg',
  'ms',
  'mr',
  'ne',
  'ny',
  'om',
  'ps',
  'fa',
  'pl',
  'pt',
  'pa',
  'qu',
  'ro',
  'ru',
  'sr',
  'sn',
  'sd',
  'si',
  'so',
  'es',
  'sw',
  'tl',
  'tg',
  'ta',
  'te',
  'th',
  'ti',
  'tr',
  'tk',
  'uk',
  'ur',
  'uz',
  'vi',
  'wo',
  'xh',
  'yo',
  'zu',
  'und',
];

/** One language of the list under its own name, so that it is found by those who do not read the page's language well. */
export interface WritingLanguage {
  readonly tag: string;
  readonly name: string;
}

/**
 * The list as it is shown: the page's own language first, then by name in each language's own writing.
 * @param pageLanguage code of the language of the page
 */
export function writingLanguagesFor(pageLanguage: string): readonly WritingLanguage[] {
  const named = writingLanguages.filter((tag) => tag !== 'und').map((tag) => ({ tag, name: ownName(tag) }));
  const collator = new Intl.Collator('en');
  return named.sort((a, b) => Number(b.tag === pageLanguage) - Number(a.tag === pageLanguage) || collator.compare(a.name, b.name));
}

function ownName(tag: string): string {
  const own = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  // Languages that the runtime's CLDR does not describe name themselves in another language or only by their tag.
  const name = own === tag ? (new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag) : own;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}
