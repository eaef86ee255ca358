import { calendarOf, clockFact, ruleOf, type Calendars, type ClockChange, type OpenClock } from '../clocks/clock-change';
import { clockChanges, endPause, openingClocks, timesGiven, type TimesGiven } from '../clocks/clock-changes';
import { clocksAfter } from '../clocks/clocks-after';
import { firingsAround } from '../clocks/firings';
import { movedClocks, timesAfterMove } from '../clocks/moved-clocks';
import type { Permission } from '../procedures/decide';
import type { ClockFact } from '../procedures/guards';
import type { Procedure } from '../procedures/procedure';
import type { RecordedMove } from './recorded-move';
import { firingOf, type ReplayedClock } from './track-replay';

type Log = { -readonly [K in keyof ReplayedClock]: ReplayedClock[K] extends readonly (infer T)[] ? T[] : ReplayedClock[K] };

/** The clocks of a track in a replay: those that are open, and what became of all of them. */
export class ReplayedClocks {
  #open: readonly OpenClock[] = [];
  #given: TimesGiven = new Map();
  readonly #logs = new Map<string, Log>();
  /** What clocks that had ended before a move are called since. */
  readonly #renamed = new Map<string, string>();

  constructor(
    private procedure: Procedure,
    private readonly calendars: Calendars,
    openedAt: Date,
  ) {
    this.#apply(openingClocks(procedure, openedAt, calendars));
  }

  /** Those that run or wait. */
  get open(): readonly OpenClock[] {
    return this.#open;
  }

  /** As {@link decide} sees them. */
  factsAt(at: Date): readonly ClockFact[] {
    return this.#open.map((clock) => clockFact(clock, at));
  }

  /** In the order in which they started, by the names that the rules have for them at the end. */
  courses(): readonly ReplayedClock[] {
    return [...this.#logs].map(([id, log]) => ({ ...log, clock: this.#renamed.get(id) ?? log.clock }));
  }

  /** What an action does to them. */
  take(permission: Permission, at: Date): void {
    // A clock that runs out in the very moment of an action was met in time, unless the action is taken because one ran out.
    this.noticeAll(permission.action.trigger === 'clock_ran_out' ? at : new Date(at.getTime() - 1));
    this.#apply(clockChanges(this.procedure, permission, this.#open, at, this.calendars, this.#given));
  }

  /** The track goes on under the other version. @param stage where it stands, by the version it leaves */
  move({ before, after, mapping }: RecordedMove, stage: string, at: Date): void {
    this.noticeAll(new Date(at.getTime() - 1));
    const hadClocks = new Set(this.courses().map(({ clock }) => clock));
    const changes = movedClocks({ before, after, mapping, stage, hadClocks, given: this.#given }, this.#open, at, this.calendars);
    for (const [id, { clock }] of this.#logs) {
      const name = this.#renamed.get(id) ?? clock;
      if (!this.#open.some((one) => one.id === id)) this.#renamed.set(id, mapping.clocks.get(name) ?? name);
    }
    this.procedure = after;
    this.#given = timesAfterMove(this.#given, mapping);
    // One after the other: a clock that goes on may pause in the same move.
    for (const change of changes) this.#apply([change]);
  }

  /** A pause is over. */
  goOn(clock: OpenClock, stage: string, at: Date): void {
    this.#apply(endPause(this.procedure, clock, stage, at, this.calendars));
  }

  /** False once it was noticed that a running clock ran out. */
  isYetToRunOut(clock: OpenClock): boolean {
    return clock.level <= ruleOf(this.procedure, clock).warnBefore.length;
  }

  /** Everything is told that is to be told until this moment. */
  noticeAll(moment: Date): void {
    for (const clock of this.#open) if (clock.state === 'running') this.notice(clock, moment);
  }

  /** The same for one clock. */
  notice(clock: OpenClock, moment: Date): void {
    const rule = ruleOf(this.procedure, clock);
    const calendar = calendarOf(this.calendars, clock.calendar);
    const { due } = firingsAround(rule, clock.startedAt, clock.dueAt, calendar, clock.level, moment);
    if (due.length === 0) return;
    this.#logs.get(clock.id)?.firings.push(...due.map((firing) => firingOf(rule, firing)));
    const noticed = { ...clock, level: clock.level + due.length };
    this.#open = this.#open.map((one) => (one.id === clock.id ? noticed : one));
  }

  #apply(changes: readonly ClockChange[]): void {
    this.#open = clocksAfter(this.#open, changes, (clock) => `${clock} ${this.#logs.size}`);
    this.#given = timesGiven(this.#open, this.#given);
    for (const change of changes) {
      const log = change.change === 'started' ? undefined : this.#logs.get(change.open.id);
      if (log && change.change === 'finished') log.state = change.state;
    }
    for (const { id, clock, stage, startedAt, dueAt, state } of this.#open) {
      const log = this.#logs.get(id);
      if (log) Object.assign(log, { clock, stage, dueAt, state });
      else this.#logs.set(id, { clock, stage, startedAt, dueAt, state, firings: [] });
    }
  }
}
