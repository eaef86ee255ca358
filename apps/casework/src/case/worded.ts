import type { Wording } from '@recourse/cases';

/** A wording in the reader's language, or in English where an older procedure lacks it. */
export function worded(wording: Wording, language: string): string {
  return wording[language] ?? wording['en'] ?? Object.values(wording)[0] ?? '';
}
