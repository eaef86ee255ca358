/**
 * What a transaction may ask the worker to do afterwards: the topics of `outbox_message` and the shape of each payload.
 *
 * A payload carries identifiers and nothing else: no name, no address, no text, no key. It is copied into the queue
 * (Redis in some institutions), so it must be worthless to whoever steals the queue.
 *
 * Whoever adds a topic adds its handler in `apps/worker`; {@link TopicRegistry} refuses to start the worker otherwise.
 */
export interface TopicPayloads {
  /** A complaint became a case: tell the desk. Written by intake, which cannot read who the desk is. */
  readonly complaint_filed: { readonly caseId: string };
  /** Somebody added to their complaint: tell whoever holds the case, or the desk. */
  readonly complaint_added_to: { readonly caseId: string };
  /** A file was added to a complaint by the complainant: tell whoever holds the case, or the desk. */
  readonly evidence_added: { readonly caseId: string; readonly evidenceFileId: string };
  /** The complainant wrote: tell whoever holds the case, or the desk. */
  readonly message_received: { readonly caseId: string; readonly messageId: string };
  /** Staff wrote to the complainant: nudge them, if they chose a route. */
  readonly message_sent: { readonly caseId: string; readonly messageId: string };
  /** An action moved a track in a way that the complainant should come and see: nudge them, if they chose a route. */
  readonly complainant_to_be_told: { readonly caseId: string; readonly eventId: string };
  /** A track was given to somebody: tell that person. */
  readonly track_assigned: { readonly caseId: string; readonly trackId: string; readonly staffId: string };
  /** Somebody was taken off a team, and what they had in hand is in nobody's: tell its lead. `caseId` is one of these cases. */
  readonly tracks_put_back: { readonly teamId: string; readonly caseId: string };
  /** Somebody was put on a team: tell them. */
  readonly put_on_team: { readonly teamId: string; readonly staffId: string };
  /**
   * Something happened on which the software may act by itself: a clock ran out (`clock` is its code, `deadlineId` and `dueAt` say which and when, because it may be given more
   * time meanwhile), or a track that this one opened is over.
   */
  readonly track_triggered: {
    readonly caseId: string;
    readonly trackId: string;
    readonly trigger: 'clock_ran_out' | 'sub_track_closed';
    readonly clock?: string;
    readonly deadlineId?: string;
    /** ISO 8601, UTC. */
    readonly dueAt?: string;
  };
  /** An action was taken of which the procedure tells staff: tell them. */
  readonly action_taken: { readonly caseId: string; readonly trackId: string; readonly action: string; readonly takenBy: string | null };
  /** A second person was asked: tell those who may agree. */
  readonly approval_requested: { readonly caseId: string; readonly trackId: string; readonly action: string; readonly requestedBy: string };
  /** The second person answered: tell whoever asked. */
  readonly approval_answered: { readonly caseId: string; readonly requestedBy: string };
  /** A clock was started, paused, resumed or ended: plan its next firing in the queue. Only for punctuality. */
  readonly deadline_changed: { readonly deadlineId: string };
  /** A calendar was published: recompute the open clocks that are counted by it. */
  readonly calendar_published: { readonly calendarVersionId: string };
  /**
   * One row of `notification` waits to be sent. `eventIds` are the events it tells of, oldest first: the firings of a clock. None for
   * notifications that say no more than that there is something.
   */
  readonly notification_due: { readonly notificationId: string; readonly eventIds: readonly string[] };
}

/** Name of a topic, as stored in `outbox_message.topic`. */
export type Topic = keyof TopicPayloads;

/** A topic together with its own payload: what a use case writes into the outbox. */
export type OutboxEntry = { [T in Topic]: { readonly topic: T; readonly payload: TopicPayloads[T] } }[Topic];

/** Every topic, in the order of {@link TopicPayloads}. The compiler refuses a list that misses or invents one. */
export const TOPICS: readonly Topic[] = Object.keys({
  complaint_filed: true,
  complaint_added_to: true,
  evidence_added: true,
  message_received: true,
  message_sent: true,
  complainant_to_be_told: true,
  track_assigned: true,
  tracks_put_back: true,
  put_on_team: true,
  track_triggered: true,
  action_taken: true,
  approval_requested: true,
  approval_answered: true,
  deadline_changed: true,
  calendar_published: true,
  notification_due: true,
} satisfies Record<Topic, true>) as Topic[];

/**
 * Tells whether `value` is a topic this release knows.
 * @param value text from `outbox_message.topic`, perhaps written by another release
 */
export function isTopic(value: string): value is Topic {
  return (TOPICS as readonly string[]).includes(value);
}
