import type { Firing } from '../clocks/firings';
import type { Clock } from '../procedures/procedure';
import type { Refusal } from '../procedures/decide';

/** In what order a clock is noticed; a repetition is the last rung again. */
export const FIRING_KINDS = ['warning', 'due', 'escalation', 'repetition'] as const;

/** One moment at which a clock was noticed. */
export interface ReplayedFiring {
  readonly kind: (typeof FIRING_KINDS)[number];
  /** Which warning, rung or repetition, from 1. */
  readonly number: number;
}

/** What became of one clock. */
export interface ReplayedClock {
  /** Code of the clock in the procedure. */
  readonly clock: string;
  readonly stage: string;
  readonly startedAt: Date;
  /** When it runs out, moved by pauses and extensions. */
  readonly dueAt: Date;
  /** Oldest first. After an extension the same one may come again. */
  readonly firings: readonly ReplayedFiring[];
  /** Where it stands at the end of the replay. */
  readonly state: 'running' | 'paused' | 'met' | 'missed_met' | 'cancelled';
}

/** One action that was taken. */
export interface TakenStep {
  readonly action: string;
  readonly from: string;
  readonly to: string;
  readonly at: Date;
  readonly by: 'staff' | 'system';
  /** Closing outcome; absent when the action does not close, or the outcome cannot be known. */
  readonly outcome?: string;
}

/**
 * Why an action of the record cannot be taken in a replay: what {@link decide} says, or
 * - `outcome_not_offered`, `choice_not_offered`: what was chosen then cannot be chosen;
 * - `request_lapsed`: there is no request any more to which the second person could agree.
 */
export type StopReason =
  | Refusal
  | { readonly code: 'outcome_not_offered'; readonly outcome: string }
  | { readonly code: 'choice_not_offered'; readonly input: string; readonly choice: string }
  | { readonly code: 'request_lapsed' };

/** Where a replay ends, because what people did next would have been refused. */
export interface ReplayStop {
  readonly at: Date;
  readonly action: string;
  /** The stage in which the track stood. */
  readonly stage: string;
  readonly reason: StopReason;
  /** How many items of the history were replayed before it. */
  readonly items: number;
}

/**
 * What a replay takes for granted because the record cannot tell:
 * - `second_person_agreed`: nobody was asked then; a second person is taken to have agreed at once.
 * - `role_unknown`: whoever acted has another role today; they are taken to have one that may.
 * - `input_unknown`: the action asks for something that was not asked then; it is taken to have been given.
 * - `outcome_unknown`: which outcome was asked for is sealed.
 * - `sub_track_unknown`: a track would have been opened that never was; it is taken not to hold anything up.
 */
export type Assumption = 'second_person_agreed' | 'role_unknown' | 'input_unknown' | 'outcome_unknown' | 'sub_track_unknown';

/** A track as some rules make it of its history. */
export interface TrackReplay {
  readonly taken: readonly TakenStep[];
  /** Where it stands at the end. */
  readonly stage: string;
  readonly closedAt?: Date;
  readonly outcome?: string;
  /** In the order in which they started. */
  readonly clocks: readonly ReplayedClock[];
  readonly stop?: ReplayStop;
  readonly assumptions: ReadonlySet<Assumption>;
}

/** Which warning, rung or repetition the firing with this level is. */
export function firingOf(clock: Clock, { level }: Pick<Firing, 'level'>): ReplayedFiring {
  const due = clock.warnBefore.length;
  if (level < due) return { kind: 'warning', number: level + 1 };
  if (level === due) return { kind: 'due', number: 1 };
  const rung = level - due;
  const rungs = clock.ladder.length;
  return rung <= rungs ? { kind: 'escalation', number: rung } : { kind: 'repetition', number: rung - rungs };
}
