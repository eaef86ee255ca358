import { COMPLAINT_LIMITS } from '@recourse/cases';
import { countCharacters } from '@recourse/domain';
import type { FieldProblem } from '@recourse/web';

/** Largest story, in characters (Unicode code points). */
export const narrativeLimit = COMPLAINT_LIMITS.narrative;
/** Largest message to the staff, or addition to what happened. */
export const messageLimit = COMPLAINT_LIMITS.message;
/** Largest answer to any other question with a big field: less than the use case takes, which gets several joined into one. */
export const answerLimit = 5_000;
/** Largest answer in a field of one line. */
export const lineLimit = COMPLAINT_LIMITS.name;

/**
 * Problems of a text that is too long, naming both numbers. class-validator's `MaxLength` cannot say how many characters
 * there are, which is what somebody who must shorten a text needs to know.
 */
export function tooLong(field: string, text: string | undefined, limit: number, key = 'intake-problems.text.too_long'): FieldProblem[] {
  const count = countCharacters(text ?? '');
  return count > limit ? [{ field, key, params: { count, limit } }] : [];
}

/** Something that can be read: a text of spaces and invisible marks says nothing. The use cases ask for the same. */
export const something = /[\p{L}\p{N}\p{S}\p{P}]/u;
