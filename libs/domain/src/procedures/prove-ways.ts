import type { Finding } from '../documents/document';
import type { Refusal } from './decide';
import { findClock, stageOf, type Action, type Procedure } from './procedure';
import { decideAt, isForPeople, isLate, type Standing } from './standing';
import { exploreTrack, MOST_STANDINGS, type Step, type TrackSpace } from './track-space';

/**
 * Whatever was done so far, in whatever order, and however late the clocks are: people can still lead the track to an end, without waiting for something that may never happen. Nothing goes
 * round for ever by itself, and every action can be taken some day. Proved by going every way there is.
 */
export function proveWays(procedure: Procedure): readonly Finding[] {
  const space = exploreTrack(procedure);
  if (!space.isWhole) {
    const message = `There are more than ${MOST_STANDINGS} ways in which a track can stand: too entangled to prove that none gets stuck.`;
    return [{ path: 'actions', code: 'too_entangled', message, hint: 'Ask for fewer facts, or let one procedure open another.' }];
  }
  return [...deadEnds(procedure, space), ...endlessRounds(procedure, space), ...neverPossible(procedure, space)];
}

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

/** One for each stage in which a track can get stuck: where it first does, and the shortest way there. */
function deadEnds(procedure: Procedure, space: TrackSpace): readonly Finding[] {
  const good = closable(procedure, space);
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
    const reasons = refusalsBeyond(procedure, space, number);
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

function wayTo({ foundBy }: TrackSpace, number: number): readonly string[] {
  const way: string[] = [];
  for (let step = foundBy[number]; step; step = foundBy[step.from]) way.unshift(nameOf(step));
  return way;
}

function nameOf({ action, ranOut }: Step): string {
  if (action) return `“${action.code}”`;
  return ranOut === undefined ? 'a pause that is over' : `the clock “${ranOut}” that ran out`;
}

const MOST_REASONS = 3;

/** Why nothing that people could do where the track is stuck leads on. */
function refusalsBeyond(procedure: Procedure, { standings, steps }: TrackSpace, start: number): readonly string[] {
  const region = new Set([start]);
  for (const number of region) {
    for (const step of steps) if (step.from === number && step.by !== 'system') region.add(step.to);
  }
  const reasons = [...region].flatMap((number) => {
    const standing = standings[number];
    if (!standing) return [];
    return procedure.actions
      .filter((action) => isForPeople(action) && action.from.includes(standing.stage))
      .flatMap((action) => {
        const decision = decideAt(procedure, standing, action);
        if ('ok' in decision)
          return isForUninvolved(action) ? [`“${action.code}” is for whoever took no part before, and perhaps everybody did.`] : [];
        return [reasonOf(action, decision, standing)];
      });
  });
  return [...new Set(reasons)].slice(0, MOST_REASONS);
}

function isForUninvolved({ guards }: Action): boolean {
  return guards.includes('took_no_part');
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
  const onward = new Map<number, Step[]>();
  for (const step of steps) {
    if (step.by !== 'system') continue;
    const known = onward.get(step.from);
    if (known) known.push(step);
    else onward.set(step.from, [step]);
  }
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
    const refusals = standings.flatMap((standing) => {
      if (!action.from.includes(standing.stage)) return [];
      const decision = decideAt(procedure, standing, action);
      return 'ok' in decision ? [] : [reasonOf(action, decision, standing)];
    });
    const message = isForPeople(action)
      ? `Nobody can ever take “${action.code}”.`
      : `The software never takes “${action.code}”: what it waits for cannot happen.`;
    const [reason] = refusals;
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
