import { findAction, findClock, type Procedure, type RecordedEvent } from '@recourse/domain';
import type { ChainedEvent, Errand } from './case-rows';

/** A track, as far as it matters to whom something is told. */
export interface ErrandTrack {
  readonly procedure: Procedure;
  readonly parentId: string | null;
}

/**
 * What follows from an event and has to be asked of the worker, as text: whoever is to be told, clocks to be planned, what the software does next. Nothing else is
 * asked, and nothing is asked without an event.
 * @param next the event after it
 */
export function toldErrands(event: ChainedEvent, track: ErrandTrack | undefined, next: ChainedEvent | undefined): readonly string[] {
  const { type, payload, actorId } = event;
  const deadline = `deadline_changed ${String(payload['deadlineId'])}`;
  switch (type) {
    case 'message_received':
    case 'message_sent':
      return [`${type} ${String(payload['messageId'])}`];
    case 'assigned': {
      const assigneeId = payload['assigneeId'] as string | null;
      return assigneeId === null || assigneeId === actorId ? [] : [`track_assigned ${assigneeId}`];
    }
    case 'approval_requested':
      return [`approval_requested ${String(payload['action'])} ${String(actorId)}`];
    case 'approval_given':
    case 'approval_declined':
      return [`approval_answered ${String(payload['requestedBy'])}`];
    case 'clock_started':
      // One that waits from its beginning is planned when it goes on.
      return next?.type === 'clock_paused' && next.payload['deadlineId'] === payload['deadlineId'] ? [] : [deadline];
    case 'clock_resumed':
    case 'clock_extended':
      return [deadline];
    case 'clock_paused':
      return payload['until'] === undefined ? [] : [deadline];
    case 'action_performed':
      return track ? ofAction(event, track) : [];
    case 'clock_warned':
    case 'clock_ran_out':
    case 'clock_escalated':
    case 'clock_missed':
      return track ? ofFiring(event, track) : [];
    default:
      return [];
  }
}

function ofAction({ id, payload, trackId, actorId }: ChainedEvent, { procedure, parentId }: ErrandTrack): readonly string[] {
  const action = findAction(procedure, String(payload['action']));
  const { messageId, outcome } = payload as Readonly<Record<string, string | undefined>>;
  return [
    ...(messageId === undefined ? [] : [`message_sent ${messageId}`]),
    ...(action?.tellsComplainant === true && messageId === undefined ? [`complainant_to_be_told ${id}`] : []),
    ...(action && action.tellsStaff.length > 0 ? [`action_taken ${String(trackId)} ${action.code} ${String(actorId)}`] : []),
    ...(outcome !== undefined && parentId !== null ? [`track_triggered ${parentId} sub_track_closed`] : []),
  ];
}

function ofFiring({ payload }: RecordedEvent, { procedure }: ErrandTrack): readonly string[] {
  const { clock, deadlineId, level, levels, told } = payload;
  const rule = findClock(procedure, String(clock));
  const isDue = (Array.isArray(levels) ? levels : [level]).includes(rule?.warnBefore.length);
  const people = Array.isArray(told) ? told.map((id) => `notification_due ${String(id)}`) : [];
  return [...people, ...(isDue ? [`track_triggered ${String(deadlineId)}`] : [])];
}

/** The same of what was really asked. */
export function errandLine({ topic, payload, notice }: Errand): string {
  const text = (...keys: readonly string[]): string => [topic, ...keys.map((key) => String(payload[key]))].join(' ');
  switch (topic) {
    case 'message_received':
    case 'message_sent':
      return text('messageId');
    case 'complainant_to_be_told':
      return text('eventId');
    case 'track_assigned':
      return text('staffId');
    case 'approval_requested':
      return text('action', 'requestedBy');
    case 'approval_answered':
      return text('requestedBy');
    case 'deadline_changed':
      return text('deadlineId');
    case 'action_taken':
      return text('trackId', 'action', 'takenBy');
    case 'track_triggered':
      return payload['deadlineId'] === undefined ? text('trackId', 'trigger') : text('deadlineId');
    case 'notification_due':
      return notice?.state === 'waiting' ? `${topic} ${notice.recipientId}` : `${topic} of nothing`;
    default:
      return topic;
  }
}
