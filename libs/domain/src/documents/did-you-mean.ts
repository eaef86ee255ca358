/**
 * “Did you mean …?” for a word that is not in a list, or nothing when no word of the list is near: at most two slips (a letter wrong, missing, too many, or
 * two exchanged), and fewer than half of the word.
 */
export function didYouMean(typed: string, known: readonly string[]): string | undefined {
  const nearest = known
    .map((word) => ({ word, slips: slipsBetween(typed.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, slips }) => slips <= 2 && slips * 2 < word.length)
    .sort((one, other) => one.slips - other.slips)[0];
  return nearest && `Did you mean “${nearest.word}”?`;
}

/** What may be meant by a word that is not in a list: the one that is near, or else what there is. */
export function suggestion(typed: string, known: readonly string[]): string {
  if (known.length === 0) return 'There is none yet.';
  const more = known.length - MOST_NAMED;
  return didYouMean(typed, known) ?? `There are: ${known.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

const MOST_NAMED = 30;

/** Optimal string alignment distance (Damerau–Levenshtein with neighbours exchanged once). Long words are not compared: they are no slips. */
function slipsBetween(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2 || one.length > 60) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const exchanged = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        exchanged ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, other.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
