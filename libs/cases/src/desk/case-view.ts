import type { RefusalView } from '../procedures/refusal-view';
import type { IntakeAnswers } from '../filing/intake-answers';
import type { Duration, Wording } from '@recourse/domain';

/** Everything a case page shows, opened for one member of staff. */
export interface CaseView {
  readonly reference: string;
  readonly receivedAt: Date;
  readonly channel: string;
  /** BCP 47 tag of the complaint's text. */
  readonly language: string;
  readonly answerLanguage: string;
  readonly country?: string;
  readonly kind: string;
  readonly anonymity: string;
  readonly company?: CompanyView;
  readonly deskTeam: { readonly id: string; readonly name: string };
  /** True when a nudge route exists; its address is the worker's alone. */
  readonly hasContactRoute: boolean;
  /** The complaint and one page of what was added to it, oldest first. */
  readonly items: readonly IntakeItemView[];
  /** Give it as `additionsBefore` for the page before; absent when there is none. */
  readonly earlierAdditions?: string;
  readonly parties: readonly PartyView[];
  readonly tracks: readonly TrackView[];
  /** One page of them, oldest first. */
  readonly messages: readonly MessageView[];
  /** Give it as `messagesBefore` for the page before; absent when there is none. */
  readonly earlierMessages?: string;
  readonly files: readonly FileView[];
  /** One page of the record, oldest first. */
  readonly timeline: readonly TimelineEntry[];
  /** Give it as `timelineBefore` for the page before; absent when there is none. */
  readonly earlierTimeline?: number;
  /** Give it to {@link MarkRead} to say that what is new on this page was read. */
  readonly seen: string;
  /** Who is on the team of this case. */
  readonly colleagues: readonly { readonly id: string; readonly displayName: string }[];
  /** Companies an action's `company` input can name. */
  readonly companies: readonly CompanyView[];
}

/** A company in the institution's list. */
export interface CompanyView {
  readonly id: string;
  readonly name: string;
  readonly country?: string;
  readonly membership: 'member' | 'former_member' | 'not_member';
}

/** The complaint or an addition, opened. Absent answers were not given. */
export interface IntakeItemView {
  readonly id: string;
  readonly kind: 'complaint' | 'addition';
  readonly channel: string;
  readonly receivedAt: Date;
  /** For an addition, `narrative` is its text. */
  readonly answers: IntakeAnswers;
}

/** A party of the case. `name` is opened; `company` is from the institution's list. */
export interface PartyView {
  readonly id: string;
  readonly role: string;
  readonly name?: string;
  readonly company?: CompanyView;
}

/** One procedure running on the case. */
export interface TrackView {
  readonly id: string;
  readonly procedure: string;
  readonly procedureVersion: number;
  readonly title: Wording;
  readonly stage: string;
  readonly stageName: Wording;
  /** Send it back as `seenRevision`. */
  readonly revision: number;
  readonly openedAt: Date;
  readonly stageEnteredAt: Date;
  readonly closed: boolean;
  readonly closedAt?: Date;
  readonly outcome?: string;
  readonly outcomeName?: Wording;
  readonly team: { readonly id: string; readonly name: string };
  readonly assignee?: { readonly id: string; readonly displayName: string };
  readonly handover: HandoverView;
  readonly hasNews: boolean;
  readonly clocks: readonly ClockView[];
  /** Every action of the procedure from this stage, with why not where it is refused. */
  readonly actions: readonly ActionView[];
  /** What people can do in other stages, in the order of the document; empty for a track that is closed. */
  readonly laterActions: readonly LaterAction[];
  /** What waits for a second person; empty where nothing sealed is opened. */
  readonly approvals: readonly ApprovalView[];
  /** Every action of the procedure, whatever the stage: what the record speaks of. */
  readonly vocabulary: readonly ActionWords[];
  /** Every stage of the procedure, for the same reason. */
  readonly stages: readonly StageWords[];
}

/** A stage, as staff call it. */
export interface StageWords {
  readonly code: string;
  readonly name: Wording;
}

/** What the reader may do about who holds a track. */
export interface HandoverView {
  /** Whom they may give it to; whoever holds it now is among them only where giving it to them would be allowed. */
  readonly to: readonly { readonly id: string; readonly displayName: string }[];
  /** Whether they may put it back to the team. */
  readonly mayPutBack: boolean;
}

/** One clock of a track. */
export interface ClockView {
  readonly id: string;
  /** Code of the clock in the procedure. */
  readonly kind: string;
  /** What is done by then, as the procedure calls it for staff. */
  readonly name: Wording;
  readonly stage: string;
  readonly state: 'running' | 'paused' | 'met' | 'missed_met' | 'cancelled';
  readonly startedAt: Date;
  readonly dueAt: Date;
  /** The day on which it runs out in its calendar's time zone, `YYYY-MM-DD`: what to show. */
  readonly dueOn: string;
  /** True when it runs out in the middle of that day: then show the hour too. */
  readonly dueWithinTheDay: boolean;
  readonly pausedAt?: Date;
  /** The day on which it goes on by itself, `YYYY-MM-DD`; absent when another clock watches over the pause. */
  readonly pausedUntilOn?: string;
  /** Name of the action that paused it. */
  readonly pauseReasonName?: Wording;
  /** What is left of it while it is paused. */
  readonly remaining?: Duration;
  readonly finishedAt?: Date;
  /** The pauses that are over, oldest first. */
  readonly pauses: readonly ClockPause[];
  /** How often it was given more time. */
  readonly extensions: number;
  /** The day on which it first ran out, `YYYY-MM-DD`, when it was given more time after that. */
  readonly missedOn?: string;
  readonly isLate: boolean;
  readonly level: number;
}

/** A pause of a clock that is over. */
export interface ClockPause {
  readonly pausedAt: Date;
  readonly endedAt: Date;
  /** Name of the action that paused it; absent when the procedure has no such action any more. */
  readonly reasonName?: Wording;
}

/** An action that people can take in other stages than the one where the track stands. */
export interface LaterAction {
  readonly code: string;
  readonly name: Wording;
  /** The stages in which it can be taken. */
  readonly stages: readonly { readonly code: string; readonly name: Wording }[];
}

/** How the procedure names an action and what it asked for. */
export interface ActionWords {
  readonly code: string;
  readonly name: Wording;
  readonly inputs: readonly { readonly name: string; readonly label: Wording }[];
}

/** An action for which a second person was asked, with everything they have to judge. */
export interface ApprovalView {
  readonly id: string;
  readonly action: string;
  readonly actionName: Wording;
  readonly requestedBy: { readonly id: string; readonly displayName: string };
  readonly requestedAt: Date;
  /** After that it counts as waiting too long. */
  readonly answerDueAt: Date;
  readonly isLate: boolean;
  readonly reason?: string;
  readonly message?: string;
  readonly outcomeName?: Wording;
  /** What was given: as typed, or the words of what was chosen. */
  readonly inputs: readonly { readonly label: Wording; readonly text: string | Wording }[];
  /** Whether the reader may be the second person. */
  readonly mayAnswer: boolean;
  /** Whether the reader asked for it. */
  readonly mayTakeBack: boolean;
}

/** An action as a form: what must be given, and whether the actor may take it now. */
export interface ActionView {
  readonly code: string;
  readonly name: Wording;
  /** When to use it. */
  readonly hint?: Wording;
  /** Code of the stage it leads to, or `same`. */
  readonly to: string;
  readonly inputs: readonly ActionInputView[];
  readonly reason: 'required' | 'optional' | 'none';
  readonly message: 'required' | 'optional' | 'none';
  /** What the letter must say. */
  readonly messageHint?: Wording;
  /** Closing outcomes to choose from; empty when the action closes nothing or has one outcome. */
  readonly outcomes: readonly { readonly code: string; readonly name: Wording }[];
  readonly allowed: boolean;
  /** Why not: `wrong_stage`, `role_not_allowed`, `not_on_team`, `guard_failed`, `closed`. */
  readonly refusal?: RefusalView;
  /** Every reason why not; the first is `refusal`. Empty when it is allowed. */
  readonly refusals: readonly RefusalView[];
  /** True when a second person must agree before anything happens. */
  readonly needsApproval: boolean;
}

/** One field of an action's form. */
export interface ActionInputView {
  readonly name: string;
  readonly type: 'text' | 'long_text' | 'choice' | 'date' | 'company' | 'staff' | 'boolean';
  readonly required: boolean;
  readonly label: Wording;
  readonly hint?: Wording;
  readonly choices: readonly { readonly code: string; readonly name: Wording }[];
}

/** One message between the complainant and the staff, opened. */
export interface MessageView {
  readonly id: string;
  readonly direction: 'to_complainant' | 'from_complainant';
  readonly author?: { readonly id: string; readonly displayName: string };
  readonly sentAt: Date;
  readonly body: string;
  /** When the other side first read it. */
  readonly firstReadAt?: Date;
}

/** A file of the case; its bytes come from {@link OpenEvidence}. */
export interface FileView {
  readonly id: string;
  readonly name: string;
  readonly mediaType?: string;
  readonly receivedAt: Date;
  readonly sizeBytes: number;
}

/** One event of the record. Render it from `type` and `payload` in the reader's language. */
export interface TimelineEntry {
  readonly id: string;
  readonly seq: number;
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
  readonly actorKind: 'complainant' | 'staff' | 'system' | 'partner';
  readonly actor?: { readonly id: string; readonly displayName: string };
  /** What the member of staff wrote as the reason, opened. */
  readonly reason?: string;
  /** Sealed inputs of an action, opened, by input name. */
  readonly sealedInputs?: Readonly<Record<string, string>>;
  /** For an event about a clock. */
  readonly clock?: ClockNews;
}

/** What happened to a clock, as far as the event says so. */
export interface ClockNews {
  /** As the procedure calls it for staff; as the present version does, where the track has moved to another since. */
  readonly name: Wording;
  /** When it would have run out before it was moved. */
  readonly from?: ClockMoment;
  /** When it runs out. */
  readonly dueAt?: ClockMoment;
  /** When a pause ends by itself. */
  readonly until?: ClockMoment;
  /** What is left of a paused clock. */
  readonly remaining?: Duration;
  /** What came due while nothing ran, oldest first; absent where the track has moved to another version since. */
  readonly missed?: readonly FiringKind[];
  /** Who was told. */
  readonly told?: readonly { readonly id: string; readonly displayName: string }[];
  /** For whom the board is enough. */
  readonly onBoard?: readonly { readonly id: string; readonly displayName: string }[];
}

/** A moment of a clock. */
export interface ClockMoment {
  readonly at: Date;
  /** The day as the clock's calendar counts it, `YYYY-MM-DD`: what to show. */
  readonly on: string;
  /** True when it lies in the middle of that day: then show the hour too. */
  readonly withinTheDay: boolean;
}

/** What a clock does when its moment has come. */
export type FiringKind = 'warning' | 'due' | 'escalation';
