import {
  allRefusals,
  availableActions,
  clockName,
  decide,
  findAction,
  findClock,
  findOutcome,
  stageOf,
  type Action,
  type AvailableAction,
  type Calendars,
  type Procedure,
  type Refusal,
} from '@recourse/domain';
import { findTeam, type CaseEventRow, type Deadline, type StaffName, type Track } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { collectFacts } from '../actions/collect-facts';
import { dueDay } from '../procedures/due-day';
import { refusalView } from '../procedures/refusal-view';
import type { StaffIdentity } from '../staff/signed-in-staff';
import type { ActionView, ApprovalView, ClockView, LaterAction, TrackView } from './case-view';
import { whatRemains } from './clock-news';
import { pausesOver } from './clock-pauses';
import { handoverOf } from './handover';

/** A track with what is needed to show it. */
export interface TrackToView {
  readonly track: Track;
  readonly procedure: Procedure;
  readonly calendars: Calendars;
  /** All clocks of the case. */
  readonly deadlines: readonly Deadline[];
  readonly staff: ReadonlyMap<string, StaffName>;
  readonly actor: StaffIdentity;
  readonly now: Date;
  /** What the record says, oldest first. */
  readonly events: readonly CaseEventRow[];
  /** What waits for a second person, opened. */
  readonly approvals?: readonly ApprovalView[];
}

/** A track as the case page shows it: where it stands, its clocks, and every action with what the procedure says to this actor. */
export async function trackView(
  tx: EntityManager,
  { track, procedure, calendars, deadlines, staff, actor, now, events, approvals }: TrackToView,
): Promise<TrackView> {
  const state = { stage: track.stage, revision: track.revision, closed: track.closedAt !== null };
  const onTeam = actor.teams.some(({ id }) => id === track.teamId);
  const who = { role: actor.role, staffId: actor.staffId, onTeam };
  const assignee = track.assigneeId === null ? undefined : staff.get(track.assigneeId);
  const facts = await collectFacts(tx, track, now);
  return {
    id: track.id,
    procedure: track.procedure,
    procedureVersion: procedure.version,
    title: procedure.title,
    stage: track.stage,
    stageName: stageOf(procedure, track.stage).staffName,
    revision: track.revision,
    openedAt: track.openedAt,
    stageEnteredAt: track.stageEnteredAt,
    closed: track.closedAt !== null,
    ...(track.closedAt === null ? {} : { closedAt: track.closedAt }),
    ...outcomeOf(track, procedure),
    team: { id: track.teamId, name: (await findTeam(tx, track.teamId))?.name ?? '' },
    ...(assignee === undefined ? {} : { assignee }),
    handover: await handoverOf(tx, actor, track),
    hasNews: track.hasNews,
    clocks: deadlines
      .filter(({ trackId }) => trackId === track.id)
      .map((deadline) => ({
        ...clockView(deadline, procedure, calendars, now),
        pauses: pausesOver(deadline, events, procedure),
      })),
    actions: availableActions(procedure, state, facts, who).map((available) =>
      actionView(procedure, available, allRefusals(procedure, state, facts, who, available.action)),
    ),
    laterActions: track.closedAt === null ? laterActions(procedure, track.stage) : [],
    approvals: approvals ?? [],
    vocabulary: procedure.actions.map(({ code, name, inputs }) => ({
      code,
      name,
      inputs: inputs.map((input) => ({ name: input.name, label: input.label })),
    })),
    stages: procedure.stages.map(({ code, staffName }) => ({ code, name: staffName })),
  };
}

/**
 * One action with what the procedure says to this actor now, also where the track has left the stage in which it can be taken; undefined
 * for one that the procedure does not have or that is the software's.
 */
export async function actionNow(
  tx: EntityManager,
  { track, procedure, actor, now }: Pick<TrackToView, 'track' | 'procedure' | 'actor' | 'now'>,
  code: string,
): Promise<ActionView | undefined> {
  const action = findAction(procedure, code);
  if (action === undefined || action.roles.every((role) => role === 'system')) {
    return undefined;
  }
  const state = { stage: track.stage, revision: track.revision, closed: track.closedAt !== null };
  const who = { role: actor.role, staffId: actor.staffId, onTeam: actor.teams.some(({ id }) => id === track.teamId) };
  const facts = await collectFacts(tx, track, now);
  return actionView(
    procedure,
    { action, decision: decide(procedure, state, facts, who, code) },
    allRefusals(procedure, state, facts, who, action),
  );
}

function laterActions(procedure: Procedure, stage: string): readonly LaterAction[] {
  return procedure.actions
    .filter(({ from, roles }) => !from.includes(stage) && roles.some((role) => role !== 'system'))
    .map(({ code, name, from }) => ({ code, name, stages: from.map((one) => ({ code: one, name: stageOf(procedure, one).staffName })) }));
}

function outcomeOf(track: Track, procedure: Procedure): Pick<TrackView, 'outcome' | 'outcomeName'> {
  if (track.outcome === null) {
    return {};
  }
  const outcome = findOutcome(procedure, track.outcome);
  return { outcome: track.outcome, ...(outcome === undefined ? {} : { outcomeName: outcome.staffName }) };
}

function clockView(deadline: Deadline, procedure: Procedure, calendars: Calendars, now: Date): Omit<ClockView, 'pauses'> {
  const { dueOn, withinTheDay } = dueDay(calendars, deadline.calendar, deadline.dueAt);
  return {
    id: deadline.id,
    kind: deadline.kind,
    name: clockName(procedure, deadline.kind),
    stage: deadline.stage,
    state: deadline.state,
    startedAt: deadline.startedAt,
    dueAt: deadline.dueAt,
    dueOn,
    dueWithinTheDay: withinTheDay,
    ...(deadline.pausedAt === null ? {} : { pausedAt: deadline.pausedAt, ...waitOf(deadline, procedure) }),
    ...(deadline.finishedAt === null ? {} : { finishedAt: deadline.finishedAt }),
    ...(deadline.pauseUntil === null ? {} : { pausedUntilOn: dueDay(calendars, deadline.calendar, deadline.pauseUntil).dueOn }),
    extensions: deadline.extensions,
    ...(deadline.missedAt === null ? {} : { missedOn: dueDay(calendars, deadline.calendar, deadline.missedAt).dueOn }),
    isLate: deadline.state === 'running' && deadline.dueAt <= now,
    level: deadline.level,
  };
}

/** Why a paused clock waits, and what is left of it. */
function waitOf({ kind, pauseReasonCode, remainingMs }: Deadline, procedure: Procedure): Pick<ClockView, 'pauseReasonName' | 'remaining'> {
  const reason = pauseReasonCode === null ? undefined : findAction(procedure, pauseReasonCode);
  const clock = findClock(procedure, kind);
  return {
    ...(reason === undefined ? {} : { pauseReasonName: reason.name }),
    ...(clock === undefined || remainingMs === null ? {} : { remaining: whatRemains(clock, remainingMs) }),
  };
}

function actionView(procedure: Procedure, { action, decision }: AvailableAction, refusals: readonly Refusal[]): ActionView {
  return {
    code: action.code,
    name: action.name,
    ...(action.hint === undefined ? {} : { hint: action.hint }),
    to: action.to,
    inputs: action.inputs.map(({ name, type, required, label, hint, choices }) => ({
      name,
      type,
      required,
      label,
      ...(hint === undefined ? {} : { hint }),
      choices,
    })),
    reason: action.reason,
    message: action.message,
    ...(action.messageHint === undefined ? {} : { messageHint: action.messageHint }),
    outcomes: outcomesOf(procedure, action),
    allowed: decision.ok,
    ...(decision.ok ? {} : { refusal: refusalView(procedure, decision.refusal) }),
    refusals: refusals.map((refusal) => refusalView(procedure, refusal)),
    needsApproval: action.approval !== undefined,
  };
}

/** Outcomes to choose from: with one only, there is nothing to choose. */
function outcomesOf(procedure: Procedure, action: Action): ActionView['outcomes'] {
  if (action.outcomes.length < 2) {
    return [];
  }
  return action.outcomes.map((code) => ({ code, name: findOutcome(procedure, code)?.staffName ?? { en: code } }));
}
