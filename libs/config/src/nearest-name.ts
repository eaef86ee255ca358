/**
 * The known name that somebody probably meant, or undefined when none is near: at most a third of the letters behind the prefix
 * may differ.
 * @param given the name as written
 * @param known all names there are
 */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const candidates = known
    .map((name) => ({ name, distance: editDistance(given, name) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor((name.length - 'RECOURSE_'.length) / 3)))
    .sort((one, other) => one.distance - other.distance);
  return candidates[0]?.name;
}

/** Letters to insert, delete or replace to get from one text to the other (Levenshtein). */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
