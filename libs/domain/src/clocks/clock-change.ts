import type { Calendar } from './calendar';
import { addDuration } from './add-duration';
import type { Duration } from './duration';
import { firingsOf, nextFiring, startClock } from './firings';
import { remainingAt, resumedDueAt } from './pause';
import type { ClockFact } from '../procedures/guards';
import { findClock, type Clock, type Procedure } from '../procedures/procedure';

/** A clock of a track that is not over, as stored in `deadline`. */
export interface OpenClock {
  readonly id: string;
  /** Code of the clock in the procedure (`deadline.kind`). */
  readonly clock: string;
  readonly stage: string;
  readonly calendar: string;
  /** The version of the calendar by which it was computed. */
  readonly calendarVersion: number;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly state: 'running' | 'paused';
  /** Milliseconds, while paused. */
  readonly remainingMs?: number;
  /** When it goes on by itself, while paused. Absent when it waits for its stage. */
  readonly pausedUntil?: Date;
  readonly level: number;
  /** How often it was given more time, counted over all clocks with its code that the track ever had. */
  readonly extensions: number;
  /** The first end that it had and missed, when it was given more time after that. It is missed for good, though it runs again. */
  readonly missedAt?: Date;
}

/**
 * What becomes of one clock: one row to insert or update, and one event, or two for a clock that waits from its start. One action may change a clock twice; `open`
 * of the second change is the clock as the first one left it.
 */
export type ClockChange =
  | {
      readonly change: 'started';
      readonly clock: string;
      readonly stage: string;
      readonly calendar: string;
      readonly calendarVersion: number;
      readonly startedAt: Date;
      readonly dueAt: Date;
      /** How often the clock was given more time on this track, before too. */
      readonly extensions: number;
      /** Milliseconds: what is left of it, when its stage makes it wait from the beginning. */
      readonly remainingMs?: number;
      /** Absent while it waits. */
      readonly nextFireAt?: Date;
    }
  | {
      readonly change: 'paused';
      readonly open: OpenClock;
      readonly calendarVersion: number;
      readonly pausedAt: Date;
      readonly remainingMs: number;
      /** When it goes on by itself. Absent when another clock watches over the wait: that of the stage where one waits. */
      readonly until?: Date;
    }
  | {
      readonly change: 'extended';
      readonly open: OpenClock;
      readonly calendarVersion: number;
      readonly by: Duration;
      readonly dueAt: Date;
      /** The end that it missed before, now or earlier. */
      readonly missedAt?: Date;
      /** The first firing that lies ahead again. */
      readonly level: number;
      readonly nextFireAt: Date | undefined;
    }
  | {
      readonly change: 'resumed';
      readonly open: OpenClock;
      readonly calendarVersion: number;
      readonly dueAt: Date;
      /** Absent when every person on the ladder was told already. */
      readonly nextFireAt: Date | undefined;
    }
  | {
      /** The end of its pause has come, or somebody let it go on; but the stage of the track makes it wait, so it waits on, now without an end of its own. */
      readonly change: 'kept_waiting';
      readonly open: OpenClock;
    }
  | {
      /** It goes on under another version of the procedure; its end stays where it was. */
      readonly change: 'carried';
      readonly open: OpenClock;
      /** The same clock by the other version. */
      readonly as: OpenClock;
      /** Of a clock that runs: when it fires next, or undefined when its ladder is at its end. Absent while it is paused: its moment stays. */
      readonly nextFireAt?: Date | undefined;
    }
  | {
      readonly change: 'finished';
      readonly open: OpenClock;
      /** `missed_met` when it had run out, now or before it was given more time, whatever ends it; otherwise `met`, or `cancelled` when nobody needs it any more. */
      readonly state: 'met' | 'missed_met' | 'cancelled';
      readonly finishedAt: Date;
    };

/** The calendars of the institution, by code. */
export type Calendars = ReadonlyMap<string, Calendar>;

/**
 * The calendar with this code.
 * @throws Error when the institution has none: publishing refuses a procedure that names it
 */
export function calendarOf(calendars: Calendars, code: string): Calendar {
  const calendar = calendars.get(code);
  if (!calendar) throw new Error(`there is no calendar ${code}`);
  return calendar;
}

/** A calendar that was never published has no version. */
export function versionOf(calendar: Calendar): number {
  return calendar.version ?? 0;
}

/** What every change of a clock depends on besides the clock. */
export interface ClockSurroundings {
  readonly procedure: Procedure;
  readonly now: Date;
  readonly calendars: Calendars;
}

type Change<C extends ClockChange['change']> = Extract<ClockChange, { readonly change: C }>;

/** How a clock begins. */
export interface ClockStartState {
  /** True when the stage of the track makes it wait from the beginning. */
  readonly isWaiting?: boolean;
  /** How often it was given more time before. */
  readonly extensions?: number;
  /** Since when it counts; now unless given. */
  readonly since?: Date;
}

/** A clock that begins. */
export function startedClock(
  clock: Clock,
  stage: string,
  { now, calendars }: ClockSurroundings,
  { isWaiting = false, extensions = 0, since = now }: ClockStartState = {},
): Change<'started'> {
  const calendar = calendarOf(calendars, clock.calendar);
  const { dueAt, firings } = startClock(clock, since, calendar);
  return {
    change: 'started',
    clock: clock.code,
    stage,
    calendar: clock.calendar,
    calendarVersion: versionOf(calendar),
    startedAt: since,
    dueAt,
    extensions,
    ...(isWaiting ? { remainingMs: remainingAt(clock, dueAt, now, calendar) } : { nextFireAt: firings[0]?.at ?? dueAt }),
  };
}

/** A running clock that stops and keeps what remains. @param until when it goes on by itself, unless another clock watches over the wait */
export function pausedClock(open: OpenClock, { procedure, now, calendars }: ClockSurroundings, until?: Date): Change<'paused'> {
  const calendar = calendarOf(calendars, open.calendar);
  const remainingMs = remainingAt(ruleOf(procedure, open), open.dueAt, now, calendar);
  return { change: 'paused', open, calendarVersion: versionOf(calendar), pausedAt: now, remainingMs, ...(until && { until }) };
}

/** A paused clock that goes on with what remained. */
export function resumedClock(open: OpenClock, { procedure, now, calendars }: ClockSurroundings): Change<'resumed'> {
  const rule = ruleOf(procedure, open);
  const calendar = calendarOf(calendars, open.calendar);
  if (open.remainingMs === undefined) throw new Error(`paused clock ${open.id} does not say what remains`);
  // One that had run out when it was paused has been late since then.
  const dueAt = open.remainingMs === 0 ? open.dueAt : resumedDueAt(rule, open.remainingMs, now, calendar);
  return {
    change: 'resumed',
    open,
    calendarVersion: versionOf(calendar),
    dueAt,
    nextFireAt: nextFiring(rule, open.startedAt, dueAt, calendar, open.level)?.at,
  };
}

/** A running clock whose end moves. What was warned of before is warned of again when it lies ahead again; what has passed is not told twice. That it was missed stays. */
export function extendedClock(open: OpenClock, by: Duration, { procedure, now, calendars }: ClockSurroundings): Change<'extended'> {
  const calendar = calendarOf(calendars, open.calendar);
  const dueAt = addDuration(open.dueAt > now ? open.dueAt : now, by, calendar);
  const missedAt = open.missedAt ?? (hasRunOut(open, now) ? open.dueAt : undefined);
  const ahead = firingsOf(ruleOf(procedure, open), open.startedAt, dueAt, calendar).find(({ at }) => at > now);
  return {
    change: 'extended',
    open,
    calendarVersion: versionOf(calendar),
    by,
    dueAt,
    ...(missedAt && { missedAt }),
    level: ahead?.level ?? open.level,
    nextFireAt: ahead?.at,
  };
}

/**
 * A clock that ends: late when it had run out, whatever was given to it since and whatever ends it; otherwise met, or no longer needed when it was paused.
 * @param isUnneeded true when nothing was done by then that it asked for: it starts again, or its rules are gone
 */
export function finishedClock(open: OpenClock, now: Date, isUnneeded = open.state === 'paused'): Change<'finished'> {
  const isLate = open.missedAt !== undefined || (open.state === 'paused' ? open.remainingMs === 0 : hasRunOut(open, now));
  const inTime = isUnneeded ? 'cancelled' : 'met';
  return { change: 'finished', open, state: isLate ? 'missed_met' : inTime, finishedAt: now };
}

/** True when a clock is late. Such a clock does not wait: nothing is left of it that could be kept, and being late ends only by what it asks for. */
export function hasRunOut({ state, dueAt }: Pick<OpenClock, 'state' | 'dueAt'>, now: Date): boolean {
  return state === 'running' && dueAt < now;
}

/** A clock as {@link decide} sees it at a moment. */
export function clockFact(open: OpenClock, now: Date): ClockFact {
  const { clock, stage, state, pausedUntil, extensions } = open;
  return { clock, stage, state, extensions, ...(pausedUntil && { pausedUntil }), isOverdue: hasRunOut(open, now) };
}

/**
 * The rule of a clock.
 * @throws Error when the procedure has none: a clock pinned to a procedure cannot stand outside it
 */
export function ruleOf(procedure: Procedure, open: OpenClock): Clock {
  const clock = findClock(procedure, open.clock);
  if (!clock) throw new Error(`procedure ${procedure.procedure} ${procedure.version} has no clock ${open.clock}`);
  return clock;
}
