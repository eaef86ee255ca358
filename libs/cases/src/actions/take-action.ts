import { clockChanges, type Calendars, type CheckedActionForm, type Permission, type Procedure } from '@recourse/domain';
import { moveTrack, refreshNextDueAt, type Track, type TrackChanges } from '@recourse/persistence';
import type { CaseKey } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import { changeClocks, openClocksOf } from '../clocks/change-clocks';
import { putInOutbox } from '../outbox/put-in-outbox';
import { appendToRecord, type EventActor, type NewEvent } from '../record/append-to-record';

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
  /** To seal what a person wrote. */
  readonly key?: CaseKey;
  readonly now: Date;
}

/** Nothing was given: what the software does by itself. */
export const NOTHING_GIVEN: GivenWithAction = { open: {}, sealed: {}, staffIds: [] };

/**
 * Moves the track, changes its clocks, writes the event and asks for the complainant to be told. Lock the track and decide first.
 * @returns the event's id
 * @throws Error when the track is not at the revision it was read at: it is locked, so that is a bug
 */
export async function takeAction(tx: EntityManager, decided: DecidedAction): Promise<string> {
  const { track, decision, actor, now } = decided;
  const { caseId } = track;
  if (!(await moveTrack(tx, track.id, track.revision, trackChanges(decided)))) {
    throw new Error('a locked track moved');
  }
  const eventId = await appendToRecord(tx, actionEvent(decided));
  const changes = clockChanges(decided.procedure, decision, await openClocksOf(tx, track.id), now, decided.calendars);
  await changeClocks(tx, { caseId, trackId: track.id, actor, now, pausedBy: decision.action.code }, changes);
  await refreshNextDueAt(tx, track.id);
  // A letter nudges by itself (storeLetter): nobody is told twice about one action.
  if (decision.tellsComplainant && decided.messageId === undefined) {
    await putInOutbox(tx, { topic: 'complainant_to_be_told', payload: { caseId, eventId } }, now, `complainant_to_be_told:${eventId}`);
  }
  return eventId;
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
