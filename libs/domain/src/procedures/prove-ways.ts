import type { Finding } from '../documents/document';
import type { Refusal } from './decide';
import { findClock, type Action, type Procedure } from './procedure';
import type { TeamHolders } from './prove-approval';
import { proveTeam } from './prove-team';
import { decideAt, isForPeople, isLate, type Standing } from './standing';
import { exploreTrack, MOST_STANDINGS, type Step, type TrackSpace } from './track-space';
import { closable, isForUninvolved, nameOf, stepsByBeginning, wayTo } from './ways';

/** What going every way has found. */
export interface ProvedWays {
  /** Whoever is there. */
  readonly always: readonly Finding[];
  /** Because of who is on the teams of the institution. */
  readonly onTeams: readonly Finding[];
}

/**
 * Whatever was done so far, in whatever order, and however late the clocks are: people can still lead the track to an end, without waiting for something that may never happen. Nothing goes
 * round for ever by itself, and every action can be taken some day. Proved by going every way there is.
 * @param holders who holds which role on each team; unless given, every role is held
 */
export function proveWays(procedure: Procedure, holders: readonly TeamHolders[] = []): ProvedWays {
  const space = exploreTrack(procedure);
  if (!space.isWhole) {
    const message = `There are more than ${MOST_STANDINGS} ways in which a track can stand: too entangled to prove that none gets stuck.`;
    const hint = 'Ask for fewer facts, or let one procedure open another.';
    return { always: [{ path: 'actions', code: 'too_entangled', message, hint }], onTeams: [] };
  }
  const good = closable(procedure, space);
  return {
    always: [...deadEnds(procedure, space, good), ...endlessRounds(procedure, space), ...neverPossible(procedure, space)],
    onTeams: holders.flatMap((team) => proveTeam(procedure, space, good, team)),
  };
}

/** One for each stage in which a track can get stuck: where it first does, and the shortest way there. */
function deadEnds(procedure: Procedure, space: TrackSpace, good: ReadonlySet<number>): readonly Finding[] {
  const onward = stepsByBeginning(space);
  const told = new Set<string>();
  return space.standings.flatMap((standing, number): readonly Finding[] => {
    const before = space.foundBy[number];
    // Where one is stuck already, going further is no news.
    if (good.has(number) || told.has(standing.stage) || (before && !good.has(before.from))) return [];
    told.add(standing.stage);
    const way = wayTo(space, number);
    const message =
      way.length === 0
        ? `Nobody can ever close a track that begins in “${standing.stage}”.`
        : `In “${standing.stage}” nobody can close a track any more that came there by: ${way.join(', ')}.`;
    const reasons = refusalsBeyond(procedure, space, onward, number);
    return [
      {
        path: `stages.${standing.stage}`,
        code: 'track_gets_stuck',
        message,
        hint: reasons.join(' ') || 'Add an action that people can take there and that leads to an end.',
      },
    ];
  });
}

const MOST_REASONS = 3;

/** Why nothing that people could do where the track is stuck leads on. */
function refusalsBeyond(
  procedure: Procedure,
  { standings }: TrackSpace,
  onward: ReadonlyMap<number, readonly Step[]>,
  start: number,
): readonly string[] {
  const reasons = new Set<string>();
  const region = new Set([start]);
  for (const number of region) {
    const standing = standings[number];
    if (standing) refusalsAt(procedure, standing).forEach((reason) => reasons.add(reason));
    if (reasons.size >= MOST_REASONS) break;
    for (const step of onward.get(number) ?? []) if (step.by !== 'system') region.add(step.to);
  }
  return [...reasons].slice(0, MOST_REASONS);
}

function refusalsAt(procedure: Procedure, standing: Standing): readonly string[] {
  return procedure.actions
    .filter((action) => isForPeople(action) && action.from.includes(standing.stage))
    .flatMap((action) => {
      const decision = decideAt(procedure, standing, action);
      if ('ok' in decision)
        return isForUninvolved(action) ? [`“${action.code}” is for whoever took no part before, and perhaps everybody did.`] : [];
      return [reasonOf(action, decision, standing)];
    });
}

function reasonOf({ code }: Action, refusal: Refusal, standing: Standing): string {
  switch (refusal.code) {
    case 'guard_failed':
      return `“${code}” asks for “${refusal.guards.join('”, “')}”.`;
    case 'clock_not_running':
      return `“${code}” changes the clock “${refusal.clock}”, which does not run then.`;
    case 'clock_not_paused':
      return `“${code}” changes the clock “${refusal.clock}”, which is not paused then${isLate(standing, refusal.clock) ? ': it has run out' : ''}.`;
    case 'clock_overdue':
      return `“${code}” pauses the clock “${refusal.clock}”, which does not wait any more once it has run out.`;
    case 'no_extension_left':
      return `“${code}” gives the clock “${refusal.clock}” more time, which it has had as often as it may.`;
    default:
      return `“${code}” cannot be taken.`;
  }
}

/** What the software does by itself must come to rest: going round, it would start clocks afresh before anybody is told that they ran out. */
function endlessRounds(procedure: Procedure, { steps }: TrackSpace): readonly Finding[] {
  const onward = stepsByBeginning({ steps: steps.filter(({ by }) => by === 'system') });
  const told = new Set<Action>();
  return steps.flatMap((step): readonly Finding[] => {
    const { action, by } = step;
    if (by !== 'system' || !action || told.has(action) || !startsClocks(procedure, action)) return [];
    const round = roundOf(onward, step);
    if (!round) return [];
    round.forEach((one) => one.action && told.add(one.action));
    const message = `By itself the software could go round for ever: ${round.map(nameOf).join(', ')}. Clocks would start afresh, and nobody would be told that they ran out.`;
    return [{ path: `actions.${action.code}.trigger`, code: 'automatic_cycle', message, hint: 'Let a person take one of these actions.' }];
  });
}

function startsClocks(procedure: Procedure, action: Action): boolean {
  return (
    action.to !== 'same' ||
    action.changesClocks.some(({ operation }) => operation === 'restart') ||
    procedure.clocks.some(({ startsOn }) => startsOn.on === 'action' && startsOn.actions.includes(action.code))
  );
}

/** The shortest way from the end of a step back to its beginning, by what the software does alone; nothing when there is none. */
function roundOf(onward: ReadonlyMap<number, readonly Step[]>, first: Step): readonly Step[] | undefined {
  const foundBy = new Map<number, Step>();
  const waiting = [first.to];
  for (const number of waiting) {
    if (number === first.from) break;
    for (const step of onward.get(number) ?? []) {
      if (foundBy.has(step.to) || step.to === first.to) continue;
      foundBy.set(step.to, step);
      waiting.push(step.to);
    }
  }
  const round: Step[] = [];
  for (let number = first.from; number !== first.to;) {
    const step = foundBy.get(number);
    if (!step) return undefined;
    round.unshift(step);
    number = step.from;
  }
  return [first, ...round];
}

/** Actions that no way ever leads to. */
function neverPossible(procedure: Procedure, { standings, steps }: TrackSpace): readonly Finding[] {
  const taken = new Set(steps.flatMap(({ action }) => (action ? [action] : [])));
  return procedure.actions.flatMap((action): readonly Finding[] => {
    if (taken.has(action)) return [];
    const place = standings.find(({ stage }) => action.from.includes(stage));
    const decision = place && decideAt(procedure, place, action);
    const reason = !decision || 'ok' in decision ? undefined : reasonOf(action, decision, place);
    const message = isForPeople(action)
      ? `Nobody can ever take “${action.code}”.`
      : `The software never takes “${action.code}”: what it waits for cannot happen.`;
    return [{ path: `actions.${action.code}`, code: 'action_never_possible', message, hint: reason ?? triggerHint(procedure, action) }];
  });
}

function triggerHint(procedure: Procedure, { trigger, onClock }: Action): string {
  switch (trigger) {
    case 'sub_track_closed':
      return 'No action opens another track: add “opens” to one.';
    case 'stage_entered':
      return `A track begins in “${procedure.initial}” without entering it, and no action leads back there.`;
    case 'clock_ran_out':
      return `The clock “${onClock}” never runs there${findClock(procedure, onClock ?? '') ? '' : ': there is none'}.`;
    default:
      return 'Take it out.';
  }
}
