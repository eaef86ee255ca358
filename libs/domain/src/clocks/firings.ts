import { addDuration, subtractDuration } from './add-duration';
import type { Calendar } from './calendar';
import { multiplyDuration } from './duration';
import type { Recipient } from './recipients';
import type { Clock } from '../procedures/procedure';

/** One moment at which a clock must be noticed by a person. */
export interface Firing {
  /** Its number, from 0. `deadline.level` counts the firings that were done, so it is the level of the next one. */
  readonly level: number;
  readonly kind: 'warning' | 'due' | 'escalation';
  readonly at: Date;
  /** Whom to tell; {@link whomToTell} finds the people. */
  readonly tell: readonly Recipient[];
  /** Whom to tell when nobody holds any of these. Empty: the next one upwards. */
  readonly otherwise: readonly Recipient[];
  /** False when the board is enough. */
  readonly byMail: boolean;
}

/** A clock that begins to run. */
export interface StartedClock {
  readonly dueAt: Date;
  /** Warnings, the moment it runs out, then every rung of the ladder. Repetitions after the last rung are not listed. */
  readonly firings: readonly Firing[];
}

/** Starts a clock: when it runs out, and when who is told. */
export function startClock(clock: Clock, startedAt: Date, calendar: Calendar): StartedClock {
  const dueAt = addDuration(startedAt, clock.within, calendar);
  return { dueAt, firings: firingsOf(clock, startedAt, dueAt, calendar) };
}

/**
 * The firing with the number `level`, or nothing when the ladder is at its end and does not repeat.
 *
 * Give the clock's own `startedAt` and its present `dueAt` (moved by pauses). The number of firings before the ladder's end depends on the
 * procedure alone, so a stored level keeps its meaning when `dueAt` moves. A warning that would come before the start comes at the start.
 * @param level number of firings that were done, from 0
 */
export function nextFiring(clock: Clock, startedAt: Date, dueAt: Date, calendar: Calendar, level: number): Firing | undefined {
  const firings = firingsOf(clock, startedAt, dueAt, calendar);
  return firings[level] ?? repetition(clock, firings, calendar, level);
}

/**
 * Every firing from `level` on whose time has come, oldest first. More than one means that nothing ran for a while: tell people once, about
 * the last, and say what was missed. Of repetitions only the latest is given, numbered so that the level stays exact.
 */
export function firingsUntil(clock: Clock, startedAt: Date, dueAt: Date, calendar: Calendar, level: number, now: Date): readonly Firing[] {
  return firingsAround(clock, startedAt, dueAt, calendar, level, now).due;
}

/** What {@link firingsUntil} gives, and the firing after it, for the price of one: working out the days is most of what firing a clock costs. */
export function firingsAround(
  clock: Clock,
  startedAt: Date,
  dueAt: Date,
  calendar: Calendar,
  level: number,
  now: Date,
): { readonly due: readonly Firing[]; readonly next: Firing | undefined } {
  const firings = firingsOf(clock, startedAt, dueAt, calendar);
  const due: Firing[] = [];
  for (let number = level; ; number += 1) {
    const firing = firings[number] ?? repetition(clock, firings, calendar, number);
    if (!firing || firing.at > now) return { due, next: firing };
    due.push(firing);
  }
}

/** Every firing but the repetitions, for a clock with this end. */
export function firingsOf(clock: Clock, startedAt: Date, dueAt: Date, calendar: Calendar): readonly Firing[] {
  const moments: Omit<Firing, 'level'>[] = [
    ...clock.warnBefore.map((before) => ({
      kind: 'warning' as const,
      at: latest(startedAt, subtractDuration(dueAt, before, calendar)),
      ...warned(clock),
    })),
    { kind: 'due', at: dueAt, ...warned(clock) },
    ...clock.ladder.map((rung) => ({
      kind: 'escalation' as const,
      at: addDuration(dueAt, rung.after, calendar),
      tell: rung.tell,
      otherwise: rung.otherwise,
      byMail: rung.through.includes('email'),
    })),
  ];
  let before = new Date(0);
  return moments.map((moment, level) => {
    // Units can be mixed (2 working days, 50 hours): whatever the calendar makes of them, a later number never comes earlier.
    before = latest(before, moment.at);
    return { level, ...moment, at: before };
  });
}

function warned({ tell }: Clock): Pick<Firing, 'tell' | 'otherwise' | 'byMail'> {
  return { tell, otherwise: [], byMail: true };
}

function repetition(clock: Clock, firings: readonly Firing[], calendar: Calendar, level: number): Firing | undefined {
  const last = firings.at(-1);
  if (!clock.repeatEvery || !last || level < firings.length) return undefined;
  const times = level - firings.length + 1;
  const at = addDuration(last.at, multiplyDuration(clock.repeatEvery, times), calendar);
  return { level, kind: 'escalation', at, tell: last.tell, otherwise: last.otherwise, byMail: last.byMail };
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}
