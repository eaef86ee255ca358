import type { FieldProblem } from '@recourse/web';

/** Largest story, in characters (Unicode code points). */
export const narrativeLimit = 30_000;
/** Largest answer to any other question with a big field. */
export const answerLimit = 5_000;
/** Largest answer in a field of one line. */
export const lineLimit = 300;

/**
 * Characters as a person counts them: code points, not UTF-16 units, so that an emoji or a letter outside the first
 * plane counts once. class-validator's `MaxLength` cannot say in its message how many there are, which is what
 * somebody who must shorten a text needs to know.
 */
export function characterCount(text: string): number {
  let count = 0;
  for (const character of text) count += character === '' ? 0 : 1;
  return count;
}

/** Problems of a text that is too long, naming both numbers. */
export function tooLong(
  field: string,
  text: string | undefined,
  limit: number,
  key = 'intake-problems.text.too_long',
): FieldProblem[] {
  const count = characterCount(text ?? '');
  return count > limit ? [{ field, key, params: { count, limit } }] : [];
}

/** Something that can be seen: a text of spaces and invisible marks says nothing. */
export const something = /[^\p{White_Space}\p{Cf}\p{Cc}]/u;
