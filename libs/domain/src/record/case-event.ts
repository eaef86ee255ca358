import type { Channel } from '../taxonomy/intake';

/** Who did it. `system` is the software itself, on a clock or a trigger. */
export const ACTOR_KINDS = ['complainant', 'staff', 'system', 'partner'] as const;
/** One of {@link ACTOR_KINDS}. */
export type ActorKind = (typeof ACTOR_KINDS)[number];

/**
 * The payload of each event, by `case_event.type`: what stays readable. Ids, codes and instants (ISO 8601, UTC) only; what a person wrote is in the
 * sealed part ({@link SealedEventPayload}). Events are rendered at reading, in the reader's language, so a payload is never a sentence.
 */
export interface CaseEventPayloads {
  readonly complaint_received: { readonly intakeItemId: string; readonly channel: Channel; readonly language: string };
  /** A track began. */
  readonly case_opened: { readonly procedure: string; readonly procedureVersion: number; readonly stage: string };
  readonly complaint_added_to: { readonly intakeItemId: string };
  /** `sha256` is of the sealed bytes, in hexadecimal. */
  readonly evidence_added: { readonly evidenceFileId: string; readonly sizeBytes: number; readonly sha256: string };
  readonly action_performed: {
    readonly action: string;
    readonly from: string;
    readonly to: string;
    readonly outcome?: string;
    /** Inputs that stay readable, by name. */
    readonly inputs?: Readonly<Record<string, string>>;
    readonly establishes?: readonly string[];
    readonly revokes?: readonly string[];
    /** The letter that went with it. */
    readonly messageId?: string;
    /** The request to which a second person agreed. */
    readonly approvalId?: string;
    /** Id of the outbox row on which the software acted: the same row handed over again does nothing. */
    readonly cause?: string;
  };
  /**
   * The track goes on under another version of its procedure. `from` and `to` are stages; facts that have another code there are revoked and established,
   * and what the other version does not know is revoked.
   */
  readonly track_moved_to_version: {
    readonly procedure: string;
    readonly fromVersion: number;
    readonly toVersion: number;
    readonly from: string;
    readonly to: string;
    readonly establishes?: readonly string[];
    readonly revokes?: readonly string[];
  };
  /** Somebody asked for an action that a second person must agree to. What was given with it waits in the request, sealed. */
  readonly approval_requested: { readonly approvalId: string; readonly action: string; readonly stage: string };
  /** The second person agreed; the action follows as an event of its own. */
  readonly approval_given: ApprovalReference & { readonly requestedBy: string };
  readonly approval_declined: ApprovalReference & { readonly requestedBy: string };
  /** The track moved meanwhile, or whoever asked took it back: nobody needs to answer any more. */
  readonly approval_lapsed: ApprovalReference;
  /** This track opened another one on the same case, `subTrackId`. */
  readonly sub_track_opened: { readonly subTrackId: string; readonly procedure: string };
  readonly message_sent: { readonly messageId: string };
  readonly message_received: { readonly messageId: string };
  /** The other side opened a message for the first time. */
  readonly message_read: { readonly messageId: string };
  /** Null: in nobody's hands. */
  readonly assigned: { readonly assigneeId: string | null; readonly previousAssigneeId: string | null };
  /** `startedAt` when it counts since an earlier moment than that of the event: the one at which another clock ran out. */
  readonly clock_started: ClockReference & { readonly dueAt: string; readonly startedAt?: string };
  readonly clock_warned: ClockFired;
  readonly clock_ran_out: ClockFired;
  readonly clock_escalated: ClockFired;
  /** Several firings had passed unnoticed, because nothing ran; the last of them was told in their stead. */
  readonly clock_missed: ClockReference & { readonly levels: readonly number[] };
  /** `reason` is the code of the action that paused it. */
  readonly clock_paused: ClockReference & { readonly reason: string; readonly remainingMs: number; readonly until?: string };
  readonly clock_extended: ClockReference & {
    readonly from: string;
    readonly dueAt: string;
    readonly extensions: number;
    /** By how much, as documents write it; absent in records from before it was kept. */
    readonly by?: string;
  };
  /** Its calendar was changed, and with it the day on which it runs out, or what is left of it while it is paused. */
  readonly clock_recomputed: ClockReference & {
    readonly calendar: string;
    readonly calendarVersion: number;
    readonly from: string;
    readonly dueAt: string;
    /** The same two as the calendar counts them, `YYYY-MM-DD`. */
    readonly fromOn: string;
    readonly dueOn: string;
    readonly remainingMs?: number;
  };
  readonly clock_resumed: ClockReference & { readonly dueAt: string };
  /** Its pause with an end is over, and the stage of its track makes it wait on. */
  readonly clock_kept_waiting: ClockReference;
  /** It has another code or stage in the version to which its track moved. */
  readonly clock_carried_over: ClockReference & { readonly fromClock: string; readonly fromStage: string };
  readonly clock_met: ClockReference & { readonly late: boolean };
  readonly clock_cancelled: ClockReference;
  /** Somebody read sealed content; `evidenceFileId` when it was one file. */
  readonly sealed_content_opened: { readonly what: 'case' | 'evidence_file'; readonly evidenceFileId?: string };
  readonly access_granted: KeyHolder;
  readonly access_removed: KeyHolder;
  readonly notification_failed: { readonly notificationId: string; readonly errorCode: string };
  /** No key of the team opened this key of the case when it was to be sealed anew. It is left as it is; the complainant and the recovery key hold theirs. */
  readonly case_key_set_aside: { readonly grantId: string; readonly teamId: string; readonly keyVersion: number };
  /**
   * Somebody had it tried again what was given up: a clock, a task of the outbox, a key of the case. `code` is that of the clock, the topic, or the code of
   * the team.
   */
  readonly work_tried_again: { readonly work: 'clock' | 'task' | 'case_key' | 'team_key'; readonly workId: string; readonly code: string };
}

/** Which request for a second person, and for which action. */
export interface ApprovalReference {
  readonly approvalId: string;
  readonly action: string;
}

/** Which clock. */
export interface ClockReference {
  readonly deadlineId: string;
  /** Code of the clock in the procedure. */
  readonly clock: string;
  readonly stage: string;
}

/** A clock was noticed: `level` of the firing, the ids of the staff who are sent a mail, and of those for whom the board is enough. */
export interface ClockFired extends ClockReference {
  readonly level: number;
  readonly dueAt: string;
  readonly told: readonly string[];
  readonly onBoard?: readonly string[];
}

/** Who was given the key of the case, or no longer is. */
export interface KeyHolder {
  readonly holderKind: 'team' | 'complainant' | 'recovery' | 'staff';
  readonly holderId: string | null;
  readonly keyVersion: number;
}

/** What an event carries sealed: why, and the inputs a person wrote, by name. */
export interface SealedEventPayload {
  readonly reason?: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

/** What happened, `case_event.type`. Past tense. */
export type CaseEventType = keyof CaseEventPayloads;

/** A typed event: its type with the payload of that type. */
export type CaseEvent = {
  [T in CaseEventType]: { readonly type: T; readonly payload: CaseEventPayloads[T] };
}[CaseEventType];

/** Every type of event, in the order of {@link CaseEventPayloads}. The compiler refuses a list that misses or invents one. */
export const CASE_EVENT_TYPES = Object.keys({
  complaint_received: true,
  case_opened: true,
  complaint_added_to: true,
  evidence_added: true,
  action_performed: true,
  track_moved_to_version: true,
  approval_requested: true,
  approval_given: true,
  approval_declined: true,
  approval_lapsed: true,
  sub_track_opened: true,
  message_sent: true,
  message_received: true,
  message_read: true,
  assigned: true,
  clock_started: true,
  clock_warned: true,
  clock_ran_out: true,
  clock_escalated: true,
  clock_missed: true,
  clock_paused: true,
  clock_extended: true,
  clock_recomputed: true,
  clock_resumed: true,
  clock_kept_waiting: true,
  clock_carried_over: true,
  clock_met: true,
  clock_cancelled: true,
  sealed_content_opened: true,
  access_granted: true,
  access_removed: true,
  notification_failed: true,
  case_key_set_aside: true,
  work_tried_again: true,
} satisfies Record<CaseEventType, true>) as readonly CaseEventType[];

/** True when this release knows the type: a record outlives the release that wrote it. */
export function isCaseEventType(value: string): value is CaseEventType {
  return (CASE_EVENT_TYPES as readonly string[]).includes(value);
}
