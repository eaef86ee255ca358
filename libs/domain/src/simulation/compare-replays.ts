import type { Assumption, ReplayedClock, ReplayedFiring, ReplayStop, StopReason, TakenStep, TrackReplay } from './track-replay';

/** How one clock went in one replay. */
export interface ClockCourse {
  readonly dueAt: Date;
  readonly ranOut: boolean;
  readonly firings: readonly ReplayedFiring[];
}

/**
 * One thing that is different under other rules. What is absent did not happen there.
 * - `clock`: the clock ran out under one set of rules only, or other people were told of it.
 * - `ending`: the track stands elsewhere at the end, or closed with another outcome.
 */
export type ReplayDifference =
  | {
      readonly kind: 'clock';
      readonly clock: string;
      readonly startedAt: Date;
      readonly before?: ClockCourse;
      readonly after?: ClockCourse;
    }
  | { readonly kind: 'ending'; readonly before: ReplayEnding; readonly after: ReplayEnding };

/** Where a track ended. */
export interface ReplayEnding {
  readonly stage: string;
  readonly closedAt?: Date;
  readonly outcome?: string;
}

/** One track under two sets of rules. */
export interface SimulatedTrack {
  readonly before: TrackReplay;
  /** Where the rules refuse what people did, `before` goes no further either. */
  readonly after: TrackReplay;
  readonly differences: readonly ReplayDifference[];
}

/** Everything in which two replays of one track differ; nothing when the rules make no difference. Of one that stopped, the ending is not compared. */
export function compareReplays(before: TrackReplay, after: TrackReplay): readonly ReplayDifference[] {
  const differences = clockDifferences(before.clocks, after.clocks);
  return after.stop || isSameEnd(before, after)
    ? differences
    : [...differences, { kind: 'ending', before: endingOf(before), after: endingOf(after) }];
}

/**
 * Whether a replay under a track's own rules explains its record: the same actions in the same order, and the same end. The software may have had more to do
 * afterwards than it has done yet. What people and the software did in the same millisecond may stand in either order: a replay has nothing but the time to go by.
 */
export function isExplainedBy(record: TrackReplay, replay: TrackReplay): boolean {
  const isRecorded = areSameSteps(record.taken, replay.taken) || areSameSteps(softwareFirst(record.taken), softwareFirst(replay.taken));
  const more = replay.taken.slice(record.taken.length);
  return isRecorded && !replay.stop && more.every(({ by }) => by === 'system') && (more.length > 0 || isSameEnd(record, replay));
}

function areSameSteps(recorded: readonly TakenStep[], replayed: readonly TakenStep[]): boolean {
  return recorded.every((step, place) => isSameStep(step, replayed[place]));
}

/** At each instant, what the software did before what people did. */
function softwareFirst(steps: readonly TakenStep[]): readonly TakenStep[] {
  return [...steps].sort(
    (one, other) => one.at.getTime() - other.at.getTime() || Number(one.by === 'staff') - Number(other.by === 'staff'),
  );
}

function isSameStep(one: TakenStep, other: TakenStep | undefined): boolean {
  return one.action === other?.action && one.from === other.from && one.to === other.to && one.by === other.by;
}

function isSameEnd(one: TrackReplay, other: TrackReplay): boolean {
  return one.stage === other.stage && one.outcome === other.outcome && (one.closedAt === undefined) === (other.closedAt === undefined);
}

function endingOf({ stage, closedAt, outcome }: TrackReplay): ReplayEnding {
  return { stage, ...(closedAt && { closedAt }), ...(outcome !== undefined && { outcome }) };
}

/** Clocks with the same code are held against each other in the order in which they started. */
function clockDifferences(before: readonly ReplayedClock[], after: readonly ReplayedClock[]): readonly ReplayDifference[] {
  const codes = [...new Set([...before, ...after].map(({ clock }) => clock))];
  return codes.flatMap((clock) => {
    const then = before.filter((one) => one.clock === clock);
    const now = after.filter((one) => one.clock === clock);
    return Array.from({ length: Math.max(then.length, now.length) }, (_, place) => differenceOf(clock, then[place], now[place])).flat();
  });
}

function differenceOf(clock: string, then: ReplayedClock | undefined, now: ReplayedClock | undefined): readonly ReplayDifference[] {
  const [before, after] = [then && courseOf(then), now && courseOf(now)];
  // A clock of which nobody ever heard is no news, whether it is there or not.
  if (told(before) === told(after) && before?.ranOut === after?.ranOut) return [];
  if (told(before) === '' && told(after) === '' && !before?.ranOut && !after?.ranOut) return [];
  const startedAt = (then ?? now)?.startedAt ?? new Date(0);
  return [{ kind: 'clock', clock, startedAt, ...(before && { before }), ...(after && { after }) }];
}

function courseOf(clock: ReplayedClock): ClockCourse {
  return { dueAt: clock.dueAt, ranOut: hasRunOut(clock), firings: clock.firings };
}

function hasRunOut({ firings, state }: ReplayedClock): boolean {
  return state === 'missed_met' || firings.some(({ kind }) => kind === 'due');
}

function told(course: ClockCourse | undefined): string {
  return (course?.firings ?? []).map(({ kind, number }) => `${kind} ${number}`).join(', ');
}

/** How often each thing happened to the clocks of one code. */
export interface ClockCounts {
  readonly started: number;
  readonly ranOut: number;
  /** By `warning 1`, `escalation 2` and so on; repetitions together, as `repetition`. */
  readonly firings: ReadonlyMap<string, number>;
}

/** One clock under both sets of rules. */
export interface ClockTally {
  readonly clock: string;
  readonly before: ClockCounts;
  readonly after: ClockCounts;
}

/** How often the rules refuse an action in a stage for one reason. */
export interface StopCount {
  readonly action: string;
  readonly stage: string;
  readonly code: StopReason['code'];
  /** The guards that do not hold, for `guard_failed`; otherwise empty. */
  readonly guards: readonly string[];
  readonly count: number;
}

/** Everything counted. */
export interface SimulationCounts {
  /** Tracks that were replayed under both sets of rules. */
  readonly replayed: number;
  readonly different: number;
  /** Tracks that stop where the rules refuse what people did, by action and reason. */
  readonly stopped: number;
  readonly stops: readonly StopCount[];
  /** Tracks that closed, and would not; the other way round; and would have closed with another outcome. */
  readonly wouldStayOpen: number;
  readonly wouldClose: number;
  readonly otherOutcome: number;
  /** In the order of the document first replayed. */
  readonly clocks: readonly ClockTally[];
  /** In how many tracks each thing was taken for granted. */
  readonly assumptions: ReadonlyMap<Assumption, number>;
}

class Counted implements ClockCounts {
  started = 0;
  ranOut = 0;
  readonly firings = new Map<string, number>();

  take(clock: ReplayedClock): void {
    this.started += 1;
    if (hasRunOut(clock)) this.ranOut += 1;
    for (const { kind, number } of clock.firings) {
      if (kind !== 'due') addTo(this.firings, kind === 'repetition' ? kind : `${kind} ${number}`);
    }
  }
}

/** Counts as tracks come in. */
export class SimulationTally {
  #replayed = 0;
  #different = 0;
  #stopped = 0;
  #wouldStayOpen = 0;
  #wouldClose = 0;
  #otherOutcome = 0;
  readonly #stops = new Map<string, { readonly stop: ReplayStop; count: number }>();
  readonly #clocks = new Map<string, { readonly before: Counted; readonly after: Counted }>();
  readonly #assumptions = new Map<Assumption, number>();

  take({ before, after, differences }: SimulatedTrack): void {
    this.#replayed += 1;
    if (differences.length > 0 || after.stop) this.#different += 1;
    if (after.stop) this.#takeStop(after.stop);
    differences.forEach((difference) => this.#takeEnding(difference));
    before.clocks.forEach((clock) => this.#clock(clock.clock).before.take(clock));
    after.clocks.forEach((clock) => this.#clock(clock.clock).after.take(clock));
    for (const assumption of after.assumptions) addTo(this.#assumptions, assumption);
  }

  result(): SimulationCounts {
    return {
      replayed: this.#replayed,
      different: this.#different,
      stopped: this.#stopped,
      stops: [...this.#stops.values()].map(({ stop, count }) => ({
        action: stop.action,
        stage: stop.stage,
        code: stop.reason.code,
        guards: guardsOf(stop),
        count,
      })),
      wouldStayOpen: this.#wouldStayOpen,
      wouldClose: this.#wouldClose,
      otherOutcome: this.#otherOutcome,
      clocks: [...this.#clocks].map(([clock, counts]) => ({ clock, ...counts })),
      assumptions: this.#assumptions,
    };
  }

  #takeStop(stop: ReplayStop): void {
    this.#stopped += 1;
    const key = [stop.action, stop.stage, stop.reason.code, ...guardsOf(stop)].join(' ');
    this.#stops.set(key, { stop, count: (this.#stops.get(key)?.count ?? 0) + 1 });
  }

  #takeEnding(difference: ReplayDifference): void {
    if (difference.kind !== 'ending') return;
    const { before, after } = difference;
    if (before.closedAt && !after.closedAt) this.#wouldStayOpen += 1;
    else if (!before.closedAt && after.closedAt) this.#wouldClose += 1;
    else if (before.outcome !== after.outcome) this.#otherOutcome += 1;
  }

  #clock(code: string): { readonly before: Counted; readonly after: Counted } {
    const known = this.#clocks.get(code) ?? { before: new Counted(), after: new Counted() };
    this.#clocks.set(code, known);
    return known;
  }
}

function guardsOf({ reason }: ReplayStop): readonly string[] {
  return reason.code === 'guard_failed' ? reason.guards : [];
}

function addTo<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
