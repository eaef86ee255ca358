import {
  clockChanges,
  decide,
  NO_FACTS,
  SYSTEM_ACTOR,
  triggeredActions,
  type Calendars,
  type CheckedActionForm,
  type Permission,
  type Procedure,
  type Triggered,
} from '@recourse/domain';
import { findTrack, moveTrack, refreshNextDueAt, type Track, type TrackChanges } from '@recourse/persistence';
import type { CaseKey } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import { lapseApprovals } from '../approvals/lapse-approvals';
import { changeClocks, openClocksOf, timesGivenOn } from '../clocks/change-clocks';
import { putInOutbox } from '../outbox/put-in-outbox';
import { appendToRecord, SYSTEM, type EventActor, type NewEvent } from '../record/append-to-record';
import { collectFacts } from './collect-facts';
import { openTrack, type PublishedProcedure } from './open-track';

/** What was given with an action, checked. */
export type GivenWithAction = Omit<Extract<CheckedActionForm, { ok: true }>, 'ok'>;

/** An action that was decided to be allowed. */
export interface DecidedAction {
  readonly procedure: Procedure;
  readonly calendars: Calendars;
  /** As read under lock. */
  readonly track: Track;
  readonly decision: Permission;
  readonly actor: EventActor;
  readonly given: GivenWithAction;
  /** The letter that goes with it, already stored. */
  readonly messageId?: string;
  /** The request to which a second person agreed. */
  readonly approvalId?: string;
  /** What `action.opens` names, as published now. */
  readonly subTrack?: PublishedProcedure;
  /** Id of the outbox row on which the software acts. */
  readonly cause?: string;
  /** To seal what a person wrote. */
  readonly key?: CaseKey;
  readonly now: Date;
}

/** Nothing was given: what the software does by itself. */
const NOTHING_GIVEN: GivenWithAction = { open: {}, sealed: {}, staffIds: [] };

/**
 * Moves the track, changes its clocks, writes the event, opens the track it asks for, and asks for everybody to be told who should be. Then takes what the
 * procedure has the software do on entering the new stage. Lock the track and decide first.
 * @returns the event's id, and where the track is now
 * @throws Error when the track is not at the revision it was read at: it is locked, so that is a bug
 */
export async function takeAction(tx: EntityManager, decided: DecidedAction): Promise<TakenAction> {
  const { track, decision, actor, now } = decided;
  if (!(await moveTrack(tx, track.id, track.revision, trackChanges(decided)))) {
    throw new Error('a locked track moved');
  }
  const eventId = await appendToRecord(tx, actionEvent(decided));
  const [open, given] = [await openClocksOf(tx, track.id), await timesGivenOn(tx, track.id)];
  const changes = clockChanges(decided.procedure, decision, open, now, decided.calendars, given);
  await changeClocks(tx, { caseId: track.caseId, trackId: track.id, actor, now, pausedBy: decision.action.code }, changes);
  await refreshNextDueAt(tx, track.id);
  if (decided.subTrack !== undefined) {
    const { caseId, teamId, id: parentTrackId } = track;
    await openTrack(tx, { caseId, teamId, parentTrackId, opened: decided.subTrack, calendars: decided.calendars, actor, now });
  }
  await tellOfAction(tx, decided, eventId);
  if (decision.moves) {
    await lapseApprovals(tx, { id: track.id, caseId: track.caseId, stage: decision.to }, now);
  }
  const followed = decision.moves && !decision.closes ? await onEntering(tx, decided) : undefined;
  return { eventId, stage: followed?.stage ?? decision.to, revision: followed?.revision ?? track.revision + 1 };
}

/** What an action did. */
export interface TakenAction {
  readonly eventId: string;
  /** Where the track is now, after what the software did by itself. */
  readonly stage: string;
  readonly revision: number;
}

async function tellOfAction(tx: EntityManager, { track, decision, actor, messageId, now }: DecidedAction, eventId: string): Promise<void> {
  const { caseId, id: trackId } = track;
  // A letter nudges by itself (storeLetter): nobody is told twice about one action.
  if (decision.tellsComplainant && messageId === undefined) {
    await putInOutbox(tx, { topic: 'complainant_to_be_told', payload: { caseId, eventId } }, now, `complainant_to_be_told:${eventId}`);
  }
  if (decision.action.tellsStaff.length > 0) {
    const payload = { caseId, trackId, action: decision.action.code, takenBy: actor.id ?? null };
    await putInOutbox(tx, { topic: 'action_taken', payload }, now, `action_taken:${eventId}`);
  }
  if (decision.closes && track.parentTrackId !== null) {
    const payload = { caseId, trackId: track.parentTrackId, trigger: 'sub_track_closed' } as const;
    await putInOutbox(tx, { topic: 'track_triggered', payload }, now, `track_triggered:${trackId}`);
  }
}

async function onEntering(tx: EntityManager, { procedure, calendars, track, now }: DecidedAction): Promise<TakenAction | undefined> {
  // Read again: the track has just moved.
  const moved = procedure.actions.some(({ trigger }) => trigger === 'stage_entered') ? await findTrack(tx, track.id) : undefined;
  return moved && takeByItself(tx, { procedure, calendars, track: moved, now }, { trigger: 'stage_entered' });
}

/**
 * Takes what the procedure has the software do when something happens, if it has anything to do and that is allowed now. Publishing proves that at most one
 * such action is allowed, and that what follows from it by itself comes to an end. Lock the track first.
 */
export async function takeByItself(
  tx: EntityManager,
  { procedure, calendars, track, now, cause }: Pick<DecidedAction, 'procedure' | 'calendars' | 'track' | 'now' | 'cause'>,
  triggered: Triggered,
): Promise<TakenAction | undefined> {
  const state = { stage: track.stage, revision: track.revision, closed: track.closedAt !== null };
  const candidates = triggeredActions(procedure, state, triggered);
  // The software takes part in nothing, and the worker may not read who did.
  const { id, caseId, assigneeId } = track;
  const facts = candidates.length > 0 ? await collectFacts(tx, { id, caseId, assigneeId, parentTrackId: null }, now) : NO_FACTS;
  for (const { code } of candidates) {
    const decision = decide(procedure, state, facts, SYSTEM_ACTOR, code);
    if (decision.ok) {
      const because = cause === undefined ? {} : { cause };
      return takeAction(tx, { procedure, calendars, track, decision, actor: SYSTEM, given: NOTHING_GIVEN, now, ...because });
    }
  }
  return undefined;
}

function trackChanges({ decision, given, now }: DecidedAction): TrackChanges {
  return {
    stage: decision.to,
    ...(decision.moves ? { stageEnteredAt: now } : {}),
    ...(decision.closes ? { closedAt: now, outcome: given.outcome ?? null, hasNews: false } : {}),
  };
}

function actionEvent(decided: DecidedAction): NewEvent {
  const { track, decision, actor, given, key, now } = decided;
  const { action } = decision;
  const isSealing = given.reason !== undefined || Object.keys(given.sealed).length > 0;
  if (isSealing && key === undefined) {
    throw new Error('an action with words needs the case key');
  }
  return {
    type: 'action_performed',
    payload: {
      action: action.code,
      from: decision.from,
      to: decision.to,
      ...(given.outcome === undefined ? {} : { outcome: given.outcome }),
      ...(Object.keys(given.open).length === 0 ? {} : { inputs: given.open }),
      ...(action.establishes.length === 0 ? {} : { establishes: action.establishes }),
      ...(action.revokes.length === 0 ? {} : { revokes: action.revokes }),
      ...(decided.messageId === undefined ? {} : { messageId: decided.messageId }),
      ...(decided.approvalId === undefined ? {} : { approvalId: decided.approvalId }),
      ...(decided.cause === undefined ? {} : { cause: decided.cause }),
    },
    caseId: track.caseId,
    trackId: track.id,
    actor,
    now,
    ...(isSealing && key !== undefined
      ? {
          sealed: {
            key,
            content: { ...(given.reason === undefined ? {} : { reason: given.reason }), inputs: given.sealed },
          },
        }
      : {}),
  };
}
