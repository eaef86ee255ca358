import { DUE_WITHIN_MS } from '@recourse/cases';

/** How a date stands to now: it has passed, is due soon as the queue and the board count it, or has time. */
export type DueState = 'late' | 'due' | 'later' | 'none';

/** Pure; `due` is what the amber mark means everywhere in casework. */
export function dueState(dueAt: Date | undefined, now: Date): DueState {
  if (dueAt === undefined) return 'none';
  const left = dueAt.getTime() - now.getTime();
  if (left <= 0) return 'late';
  return left <= DUE_WITHIN_MS ? 'due' : 'later';
}
