import type { Finding } from '../documents/document';
import type { Action, Procedure } from './procedure';
import type { TeamHolders } from './prove-approval';
import { isAmong } from './standing';
import type { Step, TrackSpace } from './track-space';
import type { StaffRole } from './vocabulary';
import { closable, stepsByBeginning, wayTo } from './ways';

const MOST_NAMED = 3;

/**
 * What can be done with every role can be done on a team only as far as somebody there holds it. Whether somebody may agree where a second person must is proved of
 * each action by itself (`prove-approval.ts`).
 * @param space every way that there is
 * @param good numbers of the standings from which people lead a track to an end, when every role is held
 */
export function proveTeam(
  procedure: Procedure,
  space: TrackSpace,
  good: ReadonlySet<number>,
  { team, holders }: TeamHolders,
): readonly Finding[] {
  const there = new Set((Object.keys(holders) as StaffRole[]).filter((role) => (holders[role] ?? []).length > 0));
  const onward = stepsByBeginning(space);
  const own = waysOfTeam(onward, there);
  const goodHere = closable(procedure, { standings: space.standings, steps: own.steps });
  const told = new Set<string>();
  return own.reached.flatMap((number): readonly Finding[] => {
    const stage = space.standings[number]?.stage ?? '';
    const before = own.foundBy[number];
    // Where nobody could with any role, that was told; where one is stuck already, going further is no news.
    if (goodHere.has(number) || !good.has(number) || told.has(stage) || (before && !goodHere.has(before.from))) return [];
    told.add(stage);
    const way = wayTo(own, number);
    const message =
      way.length === 0
        ? `Nobody on the team “${team}” can ever close a track that begins in “${stage}”.`
        : `On the team “${team}” nobody can close a track any more that came to “${stage}” by: ${way.join(', ')}.`;
    return [{ path: `stages.${stage}`, code: 'team_cannot_close', message, hint: hintFor(actionsOfOthers(onward, there, good, number)) }];
  });
}

interface WaysOfTeam extends Pick<TrackSpace, 'steps' | 'foundBy'> {
  /** Numbers of the standings to which the team can come, in the order of the shortest way there. */
  readonly reached: readonly number[];
}

function waysOfTeam(onward: ReadonlyMap<number, readonly Step[]>, there: ReadonlySet<StaffRole>): WaysOfTeam {
  const steps: Step[] = [];
  const foundBy: (Step | undefined)[] = [];
  const reached = new Set([0]);
  for (const number of reached) {
    for (const step of onward.get(number) ?? []) {
      if (!isTakenBy(there, step)) continue;
      steps.push(step);
      if (!reached.has(step.to)) foundBy[step.to] = step;
      reached.add(step.to);
    }
  }
  return { steps, foundBy, reached: [...reached] };
}

function isTakenBy(there: ReadonlySet<StaffRole>, { by, action }: Step): boolean {
  return by !== 'people' || !action || isAmong(action.roles, there);
}

/** What would lead on from where the team is stuck, and is for roles that nobody on it holds. */
function actionsOfOthers(
  onward: ReadonlyMap<number, readonly Step[]>,
  there: ReadonlySet<StaffRole>,
  good: ReadonlySet<number>,
  start: number,
): readonly Action[] {
  const actions = new Set<Action>();
  const region = new Set([start]);
  for (const number of region) {
    for (const step of onward.get(number) ?? []) {
      if (step.by === 'system') continue;
      if (isTakenBy(there, step)) region.add(step.to);
      else if (step.action && good.has(step.to)) actions.add(step.action);
    }
  }
  return [...actions];
}

function hintFor(actions: readonly Action[]): string {
  const roles = [...new Set(actions.flatMap((action) => action.roles))].filter((role) => isAmong([role]));
  const codes = actions.slice(0, MOST_NAMED).map(({ code }) => `“${code}”`);
  return `Add a person with one of these roles to the team: ${roles.join(', ')}; or let another role take ${codes.join(' or ')}.`;
}
