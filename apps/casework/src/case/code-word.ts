import type { Languages, Say } from '@recourse/web';

/** The word for a code that an institution's own procedure may have invented: ours where we have one, else the code, legible. */
export type CodeWord = (area: string, code: string) => string;

/** @param say of the reader's language */
export function codeWords(languages: Languages, say: Say): CodeWord {
  return (area, code) => {
    const key = `casework-words.${area}.${code}`;
    return languages.knows(key) ? say(key) : code.replaceAll('_', ' ');
  };
}
