import { GUARDS, type Facts, type GuardName } from './guards';
import { findAction, stageOf, type Action, type ClockEffect, type Procedure } from './procedure';
import { SAME_STAGE, type ActionTrigger, type ActorRole } from './vocabulary';

/** Where a track stands. */
export interface TrackState {
  readonly stage: string;
  readonly revision: number;
  readonly closed: boolean;
}

/** Who wants to act on a track. */
export interface ActionActor {
  readonly role: ActorRole;
  /** Absent for the software itself. */
  readonly staffId?: string;
  /** True when the person is on the team that has the track. */
  readonly onTeam: boolean;
}

/** The software acting by itself. */
export const SYSTEM_ACTOR: ActionActor = { role: 'system', onTeam: false };

/**
 * Why an action cannot be taken.
 * - `unknown_action`: the procedure has none of this code.
 * - `closed`: the track is over.
 * - `wrong_stage`: not in the stage where the track stands.
 * - `role_not_allowed`: not for this role.
 * - `not_on_team`: another team has the track.
 * - `guard_failed`: `guard` does not hold; `guards` are all that do not.
 */
export type Refusal =
  | { readonly code: 'unknown_action' | 'closed' | 'wrong_stage' | 'role_not_allowed' | 'not_on_team' }
  | { readonly code: 'guard_failed'; readonly guard: GuardName; readonly guards: readonly GuardName[] };

/** Code of a {@link Refusal}. */
export type RefusalCode = Refusal['code'];

/** Where to. */
export interface Permission {
  readonly ok: true;
  readonly action: Action;
  readonly from: string;
  /** The stage after it; the same as `from` when the action stays. */
  readonly to: string;
  readonly moves: boolean;
  /** True when the track is closed by it. An outcome out of `outcomes` is then needed. */
  readonly closes: boolean;
  /** Codes of the closing outcomes to choose from. */
  readonly outcomes: readonly string[];
  readonly clocks: ClockEffect;
  readonly tellsComplainant: boolean;
}

/** Where to, or why not. */
export type Decision = Permission | { readonly ok: false; readonly refusal: Refusal };

/**
 * Decides whether `actor` may take an action on a track now, and where it leads. Pure: buttons, API, permission table and the exhaustive
 * tests all come from here. What the actor gives with the action is checked by {@link checkActionForm}.
 * @param procedure the version the track is pinned to
 * @param track where it stands, as read under lock
 * @param facts what the guards look at
 * @param actor who acts
 * @param code code of the action
 */
export function decide(procedure: Procedure, track: TrackState, facts: Facts, actor: ActionActor, code: string): Decision {
  const action = findAction(procedure, code);
  const refusal = action ? refusalOf(action, track, facts, actor) : ({ code: 'unknown_action' } as const);
  if (!action || refusal) return { ok: false, refusal: refusal ?? { code: 'unknown_action' } };
  const to = action.to === SAME_STAGE ? track.stage : action.to;
  return {
    ok: true,
    action,
    from: track.stage,
    to,
    moves: to !== track.stage,
    closes: stageOf(procedure, to).isEnd,
    outcomes: action.outcomes,
    clocks: action.clocks,
    tellsComplainant: action.tellsComplainant,
  };
}

function refusalOf(action: Action, track: TrackState, facts: Facts, actor: ActionActor): Refusal | undefined {
  if (track.closed) return { code: 'closed' };
  if (!action.from.includes(track.stage)) return { code: 'wrong_stage' };
  if (!action.roles.includes(actor.role)) return { code: 'role_not_allowed' };
  if (actor.role !== 'system' && !actor.onTeam) return { code: 'not_on_team' };
  const guards = action.guards.filter((name) => !GUARDS[name].holds(facts));
  const [guard] = guards;
  return guard ? { code: 'guard_failed', guard, guards } : undefined;
}

/** An action of the stage where a track stands, with what {@link decide} says about it. */
export interface AvailableAction {
  readonly action: Action;
  readonly decision: Decision;
}

/**
 * The actions that people can take in the stage where a track stands, in the order of the document, allowed or refused with the reason.
 * Empty for a closed track. What the software does by itself is not among them.
 */
export function availableActions(procedure: Procedure, track: TrackState, facts: Facts, actor: ActionActor): readonly AvailableAction[] {
  if (track.closed) return [];
  return procedure.actions
    .filter((action) => action.from.includes(track.stage) && action.roles.some((role) => role !== 'system'))
    .map((action) => ({ action, decision: decide(procedure, track, facts, actor, action.code) }));
}

/**
 * The action that the software takes by itself in the stage where a track stands when `trigger` happens, if the procedure has one.
 * Publishing proves that there is at most one. Perform it with {@link SYSTEM_ACTOR}.
 */
export function triggeredAction(procedure: Procedure, track: TrackState, trigger: ActionTrigger): Action | undefined {
  if (track.closed) return undefined;
  return procedure.actions.find((action) => action.trigger === trigger && action.from.includes(track.stage));
}
