const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** Undetermined (BCP 47, 4.1): what is said of a language that nobody could name. */
const UNDETERMINED = 'und';

/**
 * Whether a text is the tag of a language that exists (BCP 47), in whatever case. Well-formed is not enough: `zz` is, and a complaint in it would wait for a
 * translator whom nobody can find. What is known of some 7,600 languages comes with Node, out of Unicode CLDR: a name, or in which script they are most likely written.
 */
export function isLanguageTag(tag: string): boolean {
  if (!/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/.test(tag)) {
    return false;
  }
  try {
    // Not `Intl.Locale.language`: of `und` it is undefined.
    const language = Intl.getCanonicalLocales(tag)[0]?.split('-')[0] ?? '';
    return language === UNDETERMINED || names.of(language) !== undefined || new Intl.Locale(language).maximize().script !== undefined;
  } catch {
    // Intl answers by throwing; there is no other way to ask.
    return false;
  }
}
