/** How a date stands to now: it has passed, comes within three days, or has time. */
export type DueState = 'late' | 'due' | 'later' | 'none';

const soon = 3 * 24 * 60 * 60 * 1000;

/** Pure; `due` is what the amber mark means everywhere in casework. */
export function dueState(dueAt: Date | undefined, now: Date): DueState {
  if (dueAt === undefined) return 'none';
  const left = dueAt.getTime() - now.getTime();
  if (left < 0) return 'late';
  return left <= soon ? 'due' : 'later';
}
