import { addDuration } from './add-duration';
import type { Calendar } from './calendar';
import type { OpenClock } from './clock-change';
import type { Duration } from './duration';
import { nextFiring } from './firings';
import { remainingAt, resumedDueAt } from './pause';
import type { Clock } from '../procedures/procedure';

/** What happened to a clock after it started, as the record has it. */
export type ClockStep =
  | { readonly step: 'paused'; readonly at: Date }
  | { readonly step: 'resumed'; readonly at: Date }
  | { readonly step: 'extended'; readonly at: Date; readonly by: Duration };

/** Where a clock stands. */
export interface ClockEnd {
  readonly dueAt: Date;
  /** Milliseconds, while paused. */
  readonly remainingMs?: number;
  /** The first end that it had and missed before it was given more time. */
  readonly missedAt?: Date;
}

/**
 * Where a clock would stand had this calendar held from the day it started: the same steps, counted by other days. It depends on nothing else, so that a
 * calendar published back moves every clock back, in whatever order and however often clocks are recomputed.
 * @param steps oldest first
 * @returns undefined when the steps do not follow from each other: the record says less than happened
 */
export function replayClock(clock: Clock, startedAt: Date, steps: readonly ClockStep[], calendar: Calendar): ClockEnd | undefined {
  let dueAt = addDuration(startedAt, clock.within, calendar);
  let remainingMs: number | undefined;
  let missedAt: Date | undefined;
  for (const step of steps) {
    if (step.step === 'resumed') {
      if (remainingMs === undefined) return undefined;
      // As resumedClock: what had run out before the pause stays late.
      if (remainingMs > 0) dueAt = resumedDueAt(clock, remainingMs, step.at, calendar);
      remainingMs = undefined;
      continue;
    }
    if (remainingMs !== undefined) return undefined;
    if (step.step === 'paused') {
      remainingMs = remainingAt(clock, dueAt, step.at, calendar);
    } else {
      if (dueAt < step.at) missedAt ??= dueAt;
      dueAt = addDuration(dueAt > step.at ? dueAt : step.at, step.by, calendar);
    }
  }
  return { dueAt, ...(remainingMs === undefined ? {} : { remainingMs }), ...(missedAt && { missedAt }) };
}

/** What the record says of a clock, and how its calendar changed. */
export interface CalendarChange {
  /** What happened to the clock; undefined when the record does not tell. */
  readonly steps: readonly ClockStep[] | undefined;
  /** The version by which the clock was computed; undefined for one from before calendars had versions. */
  readonly before: Calendar | undefined;
  readonly after: Calendar;
  /** When the version after `before` was published: what was done to the clock since then may be counted by either. */
  readonly changedAt: Date | undefined;
}

/** A clock under another version of its calendar. */
export interface RecomputedClock extends ClockEnd {
  /** Of a clock that runs: when it fires next, by its level, so that what was told is not told again. Absent when its ladder is at its end. */
  readonly nextFireAt: Date | undefined;
  /** False when the record does not explain where the clock stands: then what was left of it is counted from now on by the other calendar. */
  readonly isReplayed: boolean;
}

/**
 * Where an open clock stands once another version of its calendar holds.
 *
 * It is replayed from the record. Where the record does not explain where it stands by the calendar it was computed with (its track was moved to another version of
 * its procedure, for instance), the time that was left is laid out anew from now on; one that had run out, or is paused, stays as it is.
 */
export function recomputedClock(rule: Clock, open: OpenClock, change: CalendarChange, now: Date): RecomputedClock {
  const replayed = replayedEnd(rule, open, change);
  const end = replayed ?? laidOutAnew(rule, open, change, now);
  const next = open.state === 'running' ? nextFiring(rule, open.startedAt, end.dueAt, change.after, open.level) : undefined;
  return { ...end, nextFireAt: next?.at, isReplayed: replayed !== undefined };
}

function replayedEnd(rule: Clock, open: OpenClock, { steps, before, after, changedAt }: CalendarChange): ClockEnd | undefined {
  if (!steps) return undefined;
  const end = replayClock(rule, open.startedAt, steps, after);
  if (!end || (open.state === 'paused') !== (end.remainingMs !== undefined)) return undefined;
  const isMixed = changedAt !== undefined && steps.some(({ at }) => at >= changedAt);
  return before === undefined || isMixed || isSame(replayClock(rule, open.startedAt, steps, before), open) ? end : undefined;
}

function isSame(end: ClockEnd | undefined, open: OpenClock): boolean {
  return end?.dueAt.getTime() === open.dueAt.getTime() && end.remainingMs === open.remainingMs;
}

function laidOutAnew(rule: Clock, open: OpenClock, { before, after }: CalendarChange, now: Date): ClockEnd {
  const { state, dueAt, remainingMs, missedAt } = open;
  const missed = missedAt && { missedAt };
  if (state === 'paused' || before === undefined || dueAt <= now) {
    return { dueAt, ...(remainingMs === undefined ? {} : { remainingMs }), ...missed };
  }
  return { dueAt: resumedDueAt(rule, remainingAt(rule, dueAt, now, before), now, after), ...missed };
}
