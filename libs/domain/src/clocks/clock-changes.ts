import type { Calendar } from './calendar';
import { nextFiring, startClock } from './firings';
import { remainingAt, resumedDueAt } from './pause';
import type { Permission } from '../procedures/decide';
import { findClock, stageOf, type Clock, type Procedure } from '../procedures/procedure';

/** A clock of a track that is not over, as stored in `deadline`. */
export interface OpenClock {
  readonly id: string;
  /** Code of the clock in the procedure (`deadline.kind`). */
  readonly clock: string;
  readonly stage: string;
  readonly calendar: string;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly state: 'running' | 'paused';
  /** Milliseconds, while paused. */
  readonly remainingMs?: number;
  readonly level: number;
}

/** What becomes of one clock when an action is taken: one row to insert or update, and one event. */
export type ClockChange =
  | {
      readonly change: 'started';
      readonly clock: string;
      readonly stage: string;
      readonly calendar: string;
      readonly startedAt: Date;
      readonly dueAt: Date;
      readonly nextFireAt: Date;
    }
  | { readonly change: 'paused'; readonly open: OpenClock; readonly pausedAt: Date; readonly remainingMs: number }
  | {
      readonly change: 'resumed';
      readonly open: OpenClock;
      readonly dueAt: Date;
      /** Absent when every person on the ladder was told already. */
      readonly nextFireAt: Date | undefined;
    }
  | {
      readonly change: 'finished';
      readonly open: OpenClock;
      /** `met` in time, `missed_met` late, `cancelled` when it was paused and nobody needs it any more. */
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

/** The clocks that start when a track is opened. */
export function openingClocks(procedure: Procedure, now: Date, calendars: Calendars): readonly ClockChange[] {
  return startClocks(stageOf(procedure, procedure.initial).clocks, procedure.initial, now, calendars);
}

/**
 * What an allowed action does to the clocks of its track. Afterwards the track has a running clock or is closed.
 * @param procedure the version the track is pinned to
 * @param decision what {@link decide} allowed
 * @param open every clock of the track that is running or paused
 * @param now when the action is taken
 */
export function clockChanges(
  procedure: Procedure,
  decision: Permission,
  open: readonly OpenClock[],
  now: Date,
  calendars: Calendars,
): readonly ClockChange[] {
  if (decision.clocks === 'keep') return [];
  const goesOn = (clock: OpenClock): boolean => decision.clocks === 'resume' && clock.state === 'paused' && clock.stage === decision.to;
  const going = open.filter(goesOn);
  const starting = stageOf(procedure, decision.to).clocks.filter(({ code }) => !going.some(({ clock }) => clock === code));
  return [
    ...open.filter((clock) => !goesOn(clock)).map((clock) => leave(procedure, decision, clock, now, calendars)),
    ...going.map((clock) => resume(procedure, clock, now, calendars)),
    ...startClocks(starting, decision.to, now, calendars),
  ];
}

function leave(procedure: Procedure, decision: Permission, open: OpenClock, now: Date, calendars: Calendars): ClockChange {
  if (open.state === 'paused') return { change: 'finished', open, state: 'cancelled', finishedAt: now };
  if (decision.clocks === 'pause') {
    const remainingMs = remainingAt(ruleOf(procedure, open), open.dueAt, now, calendarOf(calendars, open.calendar));
    return { change: 'paused', open, pausedAt: now, remainingMs };
  }
  return { change: 'finished', open, state: now <= open.dueAt ? 'met' : 'missed_met', finishedAt: now };
}

function resume(procedure: Procedure, open: OpenClock, now: Date, calendars: Calendars): ClockChange {
  const rule = ruleOf(procedure, open);
  const calendar = calendarOf(calendars, open.calendar);
  if (open.remainingMs === undefined) throw new Error(`paused clock ${open.id} does not say what remains`);
  const dueAt = resumedDueAt(rule, open.remainingMs, now, calendar);
  return {
    change: 'resumed',
    open,
    dueAt,
    nextFireAt: nextFiring(rule, open.startedAt, dueAt, calendar, open.level)?.at,
  };
}

function startClocks(clocks: readonly Clock[], stage: string, now: Date, calendars: Calendars): readonly ClockChange[] {
  return clocks.map((clock) => {
    const { dueAt, firings } = startClock(clock, now, calendarOf(calendars, clock.calendar));
    return {
      change: 'started',
      clock: clock.code,
      stage,
      calendar: clock.calendar,
      startedAt: now,
      dueAt,
      nextFireAt: firings[0]?.at ?? dueAt,
    };
  });
}

function ruleOf(procedure: Procedure, open: OpenClock): Clock {
  const clock = findClock(procedure, open.clock);
  if (!clock) throw new Error(`procedure ${procedure.procedure} ${procedure.version} has no clock ${open.clock}`);
  return clock;
}
