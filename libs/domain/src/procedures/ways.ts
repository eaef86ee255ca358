import { stageOf, type Action, type Procedure } from './procedure';
import type { Step, TrackSpace } from './track-space';

/**
 * Numbers of the standings from which people lead the track to an end. That a pause is over some day, and that a clock runs out, is certain; that there is anybody who took
 * no part before is not.
 * @param isKnown for standings beyond which was not looked: whether people lead them to an end
 */
export function closable(
  procedure: Procedure,
  { standings, steps }: Pick<TrackSpace, 'standings' | 'steps'>,
  isKnown: (number: number) => boolean = () => false,
): ReadonlySet<number> {
  const before = new Map<number, number[]>();
  for (const { from, to, by, action } of steps) {
    if (by === 'system' || (action && isForUninvolved(action))) continue;
    const known = before.get(to);
    if (known) known.push(from);
    else before.set(to, [from]);
  }
  const good = new Set<number>();
  const waiting = standings.flatMap(({ stage }, number) => (stageOf(procedure, stage).isEnd || isKnown(number) ? [number] : []));
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (good.has(number)) continue;
    good.add(number);
    waiting.push(...(before.get(number) ?? []));
  }
  return good;
}

/** What was done up to a standing, in words. */
export function wayTo({ foundBy }: Pick<TrackSpace, 'foundBy'>, number: number): readonly string[] {
  const way: string[] = [];
  for (let step = foundBy[number]; step; step = foundBy[step.from]) way.unshift(nameOf(step));
  return way;
}

/** What a step is, in words. */
export function nameOf({ action, ranOut }: Step): string {
  if (action) return `“${action.code}”`;
  return ranOut === undefined ? 'a pause that is over' : `the clock “${ranOut}” that ran out`;
}

/** The steps from each standing. There may be a hundred thousand: to look through them all for each standing takes seconds. */
export function stepsByBeginning({ steps }: Pick<TrackSpace, 'steps'>): ReadonlyMap<number, readonly Step[]> {
  const onward = new Map<number, Step[]>();
  for (const step of steps) {
    const known = onward.get(step.from);
    if (known) known.push(step);
    else onward.set(step.from, [step]);
  }
  return onward;
}

/** True when it is not certain that there is anybody who may take it. */
export function isForUninvolved({ guards }: Action): boolean {
  return guards.includes('took_no_part');
}
