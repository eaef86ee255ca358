import type { Finding } from '../documents/document';
import type { Procedure } from './procedure';

/** A procedure speaks every language in which the institution receives people, or somebody reads of their own case in a language that is not theirs. */
export function proveLanguages({ languages }: Procedure, offered: readonly string[] = []): readonly Finding[] {
  const missing = offered.filter((language) => !languages.includes(language));
  if (missing.length === 0 || languages.length === 0) return [];
  const names = missing.map((language) => `“${language}”`).join(', ');
  const message = `The pages are offered in ${names}, and the procedure has no words in it.`;
  const hint = 'Add it to “languages” and give every text in it, or take it out of RECOURSE_LANGUAGES.';
  return [{ path: 'languages', code: 'language_missing', message, hint }];
}
