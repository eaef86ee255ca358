import { TopicRegistry, type AnyTopicHandler } from '@recourse/messaging';

import { CalendarPublishedHandler } from './calendar-published.handler';
import { DeadlineChangedHandler } from './deadline-changed.handler';
import { NotificationDueHandler } from './notification-due.handler';
import { ComplainantToBeToldHandler, MessageSentHandler } from './nudge-complainant.handlers';
import {
  ComplainantActed,
  ComplaintAddedToHandler,
  ComplaintFiledHandler,
  EvidenceAddedHandler,
  MessageReceivedHandler,
  PutOnTeamHandler,
  TrackAssignedHandler,
  TracksPutBackHandler,
} from './tell-staff.handlers';
import { ActionTakenHandler, ApprovalAnsweredHandler, ApprovalRequestedHandler, TrackTriggeredHandler } from './track.handlers';

/** One handler for each topic; {@link TopicRegistry} checks that none is missing or doubled. */
export const HANDLERS = [
  ComplaintFiledHandler,
  ComplaintAddedToHandler,
  EvidenceAddedHandler,
  MessageReceivedHandler,
  MessageSentHandler,
  ComplainantToBeToldHandler,
  TrackAssignedHandler,
  TracksPutBackHandler,
  PutOnTeamHandler,
  TrackTriggeredHandler,
  ActionTakenHandler,
  ApprovalRequestedHandler,
  ApprovalAnsweredHandler,
  DeadlineChangedHandler,
  CalendarPublishedHandler,
  NotificationDueHandler,
] as const;

/** Providers of the handlers and what they share. */
export const HANDLER_PROVIDERS = [ComplainantActed, ...HANDLERS] as const;

/**
 * The registry of this process. Made while the application starts, so that a topic without a handler keeps it from starting.
 * @param handlers instances of {@link HANDLERS}
 */
export function topicRegistry(...handlers: AnyTopicHandler[]): TopicRegistry {
  return new TopicRegistry(handlers);
}
