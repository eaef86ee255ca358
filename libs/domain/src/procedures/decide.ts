import { isMadeToWait } from '../clocks/waiting-clocks';
import { guardHolds, type ClockFact, type Facts } from './guards';
import { findAction, stageOf, type Action, type Approval, type ClockEffect, type ClockOperation, type Procedure } from './procedure';
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
 * - `awaiting_approval`: a second person has been asked for it already.
 * - `same_person`: whoever asked cannot be the second person.
 * - `clock_not_running`, `clock_not_paused`, `no_extension_left`: `clock` cannot be changed that way now.
 * - `clock_overdue`: `clock` has run out; a pause would only hide that it is late.
 */
export type Refusal =
  | {
      readonly code: 'unknown_action' | 'closed' | 'wrong_stage' | 'role_not_allowed' | 'not_on_team' | 'awaiting_approval' | 'same_person';
    }
  | { readonly code: 'guard_failed'; readonly guard: string; readonly guards: readonly string[] }
  | { readonly code: 'clock_not_running' | 'clock_not_paused' | 'no_extension_left' | 'clock_overdue'; readonly clock: string };

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
  /** Present when a second person must agree first: nothing moves until then. */
  readonly approval?: Approval;
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
  if (!action) return { ok: false, refusal: { code: 'unknown_action' } };
  const refusal = wayRefusal(action, track) ?? actorRefusal(action.roles, actor) ?? factsRefusal(procedure, track, action, facts, actor);
  if (refusal) return { ok: false, refusal };
  return facts.awaitingApproval.has(code) ? { ok: false, refusal: { code: 'awaiting_approval' } } : permit(procedure, track, action);
}

/**
 * Decides whether `actor` may be the second person for an action that somebody else asked for. Everything is decided again: what held when it
 * was asked may not hold now.
 * @param requestedBy id of the member of staff who asked
 */
export function decideApproval(
  procedure: Procedure,
  track: TrackState,
  facts: Facts,
  actor: ActionActor,
  request: { readonly action: string; readonly requestedBy: string },
): Decision {
  const action = findAction(procedure, request.action);
  if (!action?.approval) return { ok: false, refusal: { code: 'unknown_action' } };
  const refusal =
    wayRefusal(action, track) ??
    actorRefusal(action.approval.roles, actor) ??
    (actor.staffId === undefined || actor.staffId === request.requestedBy ? ({ code: 'same_person' } as const) : undefined) ??
    factsRefusal(procedure, track, action, facts, actor);
  return refusal ? { ok: false, refusal } : permit(procedure, track, action);
}

/**
 * Every reason why `actor` cannot take an action of the stage where the track stands, in the order in which {@link decide} looks for them: its answer is the first.
 * Empty when it is allowed. For people, who should not mend one thing only to hear of the next; `decide` stops at the first, because proofs ask it very often.
 */
export function allRefusals(procedure: Procedure, track: TrackState, facts: Facts, actor: ActionActor, action: Action): readonly Refusal[] {
  const way = wayRefusal(action, track);
  if (way) return [way];
  const declared = procedure.facts.map(({ code }) => code);
  const guards = action.guards.filter((name) => !guardHolds(name, declared, facts, actor.staffId));
  const to = action.to === SAME_STAGE ? track.stage : action.to;
  const overdue = to === track.stage ? overdueAndPaused(action, facts) : undefined;
  const isOverdue = ({ operation, clock }: ClockOperation): boolean => operation === 'pause' && clock === overdue;
  return [
    ...(action.roles.includes(actor.role) ? [] : [{ code: 'role_not_allowed' } as const]),
    ...(actor.role === 'system' || actor.onTeam ? [] : [{ code: 'not_on_team' } as const]),
    ...guards.map((guard) => ({ code: 'guard_failed', guard, guards }) as const),
    ...(overdue === undefined ? [] : [{ code: 'clock_overdue', clock: overdue } as const]),
    ...action.changesClocks.filter((change) => !isOverdue(change)).flatMap((change) => clockRefusal(procedure, change, facts, to) ?? []),
    ...(facts.awaitingApproval.has(action.code) ? [{ code: 'awaiting_approval' } as const] : []),
  ];
}

function permit(procedure: Procedure, track: TrackState, action: Action): Permission {
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
    ...(action.approval && { approval: action.approval }),
  };
}

function wayRefusal(action: Action, track: TrackState): Refusal | undefined {
  if (track.closed) return { code: 'closed' };
  return action.from.includes(track.stage) ? undefined : { code: 'wrong_stage' };
}

function actorRefusal(roles: readonly ActorRole[], actor: ActionActor): Refusal | undefined {
  if (!roles.includes(actor.role)) return { code: 'role_not_allowed' };
  return actor.role !== 'system' && !actor.onTeam ? { code: 'not_on_team' } : undefined;
}

function factsRefusal(procedure: Procedure, track: TrackState, action: Action, facts: Facts, actor: ActionActor): Refusal | undefined {
  const declared = procedure.facts.map(({ code }) => code);
  const guards = action.guards.filter((name) => !guardHolds(name, declared, facts, actor.staffId));
  const [guard] = guards;
  if (guard !== undefined) return { code: 'guard_failed', guard, guards };
  const to = action.to === SAME_STAGE ? track.stage : action.to;
  // Moving is not refused: a case may need an answer however late it is. The clock runs on then.
  const overdue = to === track.stage ? overdueAndPaused(action, facts) : undefined;
  if (overdue !== undefined) return { code: 'clock_overdue', clock: overdue };
  for (const operation of action.changesClocks) {
    const refusal = clockRefusal(procedure, operation, facts, to);
    if (refusal) return refusal;
  }
  return undefined;
}

function clockRefusal(procedure: Procedure, operation: ClockOperation, facts: Facts, to: string): Refusal | undefined {
  const { clock } = operation;
  const found = facts.clocks.find((one) => one.clock === clock);
  if (operation.operation === 'resume') return canGoOn(procedure, found, to) ? undefined : { code: 'clock_not_paused', clock };
  if (!found || (found.state !== 'running' && operation.operation !== 'restart')) return { code: 'clock_not_running', clock };
  return operation.operation !== 'pause' && found.extensions >= operation.times ? { code: 'no_extension_left', clock } : undefined;
}

function overdueAndPaused({ changesClocks }: Action, { clocks }: Facts): string | undefined {
  const paused = changesClocks.filter(({ operation }) => operation === 'pause').map(({ clock }) => clock);
  return clocks.find(({ clock, isOverdue }) => isOverdue === true && paused.includes(clock))?.clock;
}

/** Nobody can let go on what only its stage makes wait. */
function canGoOn(procedure: Procedure, found: ClockFact | undefined, to: string): boolean {
  return found?.state === 'paused' && (found.pausedUntil !== undefined || !isMadeToWait(procedure, found, to));
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

/** What happened that may make the software act. */
export interface Triggered {
  readonly trigger: ActionTrigger;
  /** For `clock_ran_out`: which clock. */
  readonly clock?: string;
}

/**
 * The actions that the software may take by itself in the stage where a track stands when something happens, in the order of the document.
 * Publishing proves that their guards exclude each other, so {@link decide} allows at most one. Perform it with {@link SYSTEM_ACTOR}.
 */
export function triggeredActions(
  procedure: Procedure,
  track: Pick<TrackState, 'stage' | 'closed'>,
  { trigger, clock }: Triggered,
): readonly Action[] {
  if (track.closed) return [];
  return procedure.actions.filter(
    (action) =>
      action.trigger === trigger && action.from.includes(track.stage) && (trigger !== 'clock_ran_out' || action.onClock === clock),
  );
}
