import type { TrackView } from '@recourse/cases';
import type { CodeWord } from './code-word';
import { worded } from './worded';

/** How a track ended, in the procedure's own words; a version that no longer has the outcome leaves its code. Undefined for one that has not ended. */
export function outcomeWord(
  { outcome, outcomeName }: Pick<TrackView, 'outcome' | 'outcomeName'>,
  language: string,
  word: CodeWord,
): string | undefined {
  if (outcomeName !== undefined) return worded(outcomeName, language);
  return outcome === undefined ? undefined : word('outcome', outcome);
}
