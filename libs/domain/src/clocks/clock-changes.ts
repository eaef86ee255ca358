import type { Calendar } from './calendar';
import { addDuration } from './add-duration';
import type { Duration } from './duration';
import { firingsOf, nextFiring, startClock } from './firings';
import { remainingAt, resumedDueAt } from './pause';
import type { Permission } from '../procedures/decide';
import { findClock, stageOf, type Clock, type ClockOperation, type Procedure } from '../procedures/procedure';

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
  /** How often it was extended. */
  readonly extensions: number;
}

/** What becomes of one clock when an action is taken: one row to insert or update, and one event. */
export type ClockChange =
  | {
      readonly change: 'started';
      readonly clock: string;
      readonly stage: string;
      readonly calendar: string;
      readonly calendarVersion: number;
      readonly startedAt: Date;
      readonly dueAt: Date;
      readonly nextFireAt: Date;
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

/** A calendar that was never published has no version. */
export function versionOf(calendar: Calendar): number {
  return calendar.version ?? 0;
}

/** The clocks that start when a track is opened. */
export function openingClocks(procedure: Procedure, now: Date, calendars: Calendars): readonly ClockChange[] {
  const across = procedure.clocks.filter(({ startsOn }) => startsOn.on === 'track_opened');
  return startClocks([...across, ...stageOf(procedure, procedure.initial).clocks], procedure.initial, now, calendars);
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
  const isAcross = (code: string): boolean => procedure.clocks.some((clock) => clock.code === code);
  const ofStages = open.filter(({ clock }) => !isAcross(clock));
  return [
    ...stageClocks(procedure, decision, ofStages, now, calendars),
    ...decision.action.changesClocks
      .filter(({ clock }) => !isAcross(clock))
      .flatMap((operation) => operate(procedure, operation, ofStages, now, calendars)),
    ...procedure.clocks.flatMap((clock) => {
      const running = open.find((one) => one.clock === clock.code);
      return acrossStages({ procedure, decision, now, calendars }, clock, running);
    }),
  ];
}

function stageClocks(
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
    ...going.map((clock) => resumedClock(procedure, clock, now, calendars)),
    ...startClocks(starting, decision.to, now, calendars),
  ];
}

interface Surroundings {
  readonly procedure: Procedure;
  readonly decision: Permission;
  readonly now: Date;
  readonly calendars: Calendars;
}

/** A clock across stages: it ends, waits and goes on with the stages it names, starts with the actions it names, and does what the action says. */
function acrossStages(around: Surroundings, clock: Clock, open: OpenClock | undefined): readonly ClockChange[] {
  const { procedure, decision, now, calendars } = around;
  if (decision.closes || clock.stopsIn.includes(decision.to)) return open ? [finishedClock(open, now)] : [];
  const starts = clock.startsOn.on === 'action' && clock.startsOn.actions.includes(decision.action.code);
  if (starts) {
    const begun = startClocks([clock], decision.to, now, calendars);
    return open ? [finishedClock(open, now), ...begun] : begun;
  }
  if (!open) return [];
  const operation = decision.action.changesClocks.find((one) => one.clock === clock.code);
  if (operation) return operate(procedure, operation, [open], now, calendars);
  const waits = clock.pausesIn.includes(decision.to);
  const waited = clock.pausesIn.includes(decision.from);
  if (open.state === 'running' && waits && !waited) return [pausedClock(procedure, open, now, calendars)];
  return open.state === 'paused' && waited && !waits ? [resumedClock(procedure, open, now, calendars)] : [];
}

function operate(
  procedure: Procedure,
  operation: ClockOperation,
  open: readonly OpenClock[],
  now: Date,
  calendars: Calendars,
): readonly ClockChange[] {
  return open
    .filter(({ clock }) => clock === operation.clock)
    .flatMap((clock): readonly ClockChange[] => {
      const calendar = calendarOf(calendars, clock.calendar);
      switch (operation.operation) {
        case 'pause':
          return clock.state === 'paused'
            ? []
            : [{ ...pausedClock(procedure, clock, now, calendars), until: addDuration(now, operation.atMost, calendar) }];
        case 'resume':
          return clock.state === 'paused' ? [resumedClock(procedure, clock, now, calendars)] : [];
        case 'restart':
          return [
            { change: 'finished', open: clock, state: 'cancelled', finishedAt: now },
            ...startClocks([ruleOf(procedure, clock)], clock.stage, now, calendars),
          ];
        case 'extend':
          return clock.state === 'paused' ? [] : [extend(ruleOf(procedure, clock), clock, operation.by, now, calendar)];
      }
    });
}

/** Moves the end. What was warned of before is warned of again when it lies ahead again; what has passed is not told twice. */
function extend(rule: Clock, open: OpenClock, by: Duration, now: Date, calendar: Calendar): ClockChange {
  const dueAt = addDuration(open.dueAt > now ? open.dueAt : now, by, calendar);
  const ahead = firingsOf(rule, open.startedAt, dueAt, calendar).find(({ at }) => at > now);
  return {
    change: 'extended',
    open,
    calendarVersion: versionOf(calendar),
    by,
    dueAt,
    level: ahead?.level ?? open.level,
    nextFireAt: ahead?.at,
  };
}

/** A pause that is over by itself: what an officer may also do before. */
export function endPause(procedure: Procedure, open: OpenClock, now: Date, calendars: Calendars): ClockChange {
  return resumedClock(procedure, open, now, calendars);
}

/** A clock that ends: in time or late by what it asked for, or no longer needed while it was paused. */
export function finishedClock(open: OpenClock, now: Date): Extract<ClockChange, { readonly change: 'finished' }> {
  if (open.state === 'paused') return { change: 'finished', open, state: 'cancelled', finishedAt: now };
  return { change: 'finished', open, state: now <= open.dueAt ? 'met' : 'missed_met', finishedAt: now };
}

/** A running clock that stops and keeps what remains. */
export function pausedClock(procedure: Procedure, open: OpenClock, now: Date, calendars: Calendars) {
  const calendar = calendarOf(calendars, open.calendar);
  const remainingMs = remainingAt(ruleOf(procedure, open), open.dueAt, now, calendar);
  return { change: 'paused', open, calendarVersion: versionOf(calendar), pausedAt: now, remainingMs } as const;
}

function leave(procedure: Procedure, decision: Permission, open: OpenClock, now: Date, calendars: Calendars): ClockChange {
  return open.state === 'running' && decision.clocks === 'pause' ? pausedClock(procedure, open, now, calendars) : finishedClock(open, now);
}

/** A paused clock that goes on with what remained. */
export function resumedClock(procedure: Procedure, open: OpenClock, now: Date, calendars: Calendars): ClockChange {
  const rule = ruleOf(procedure, open);
  const calendar = calendarOf(calendars, open.calendar);
  if (open.remainingMs === undefined) throw new Error(`paused clock ${open.id} does not say what remains`);
  const dueAt = resumedDueAt(rule, open.remainingMs, now, calendar);
  return {
    change: 'resumed',
    open,
    calendarVersion: versionOf(calendar),
    dueAt,
    nextFireAt: nextFiring(rule, open.startedAt, dueAt, calendar, open.level)?.at,
  };
}

/** Clocks that begin now. */
export function startClocks(clocks: readonly Clock[], stage: string, now: Date, calendars: Calendars): readonly ClockChange[] {
  return clocks.map((clock) => {
    const calendar = calendarOf(calendars, clock.calendar);
    const { dueAt, firings } = startClock(clock, now, calendar);
    return {
      change: 'started',
      clock: clock.code,
      stage,
      calendar: clock.calendar,
      calendarVersion: versionOf(calendar),
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
