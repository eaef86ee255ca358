import type { Calendar } from '../clocks/calendar';
import type { Calendars, OpenClock } from '../clocks/clock-change';
import { clockChanges, endPause, openingClocks, timesGiven, type TimesGiven } from '../clocks/clock-changes';
import { clocksAfter } from '../clocks/clocks-after';
import type { Permission } from './decide';
import { factAsked, isBuiltInGuard } from './guards';
import { clocksWhoseLatenessMatters, MOMENT } from './lateness';
import { allClocks, type Action, type Procedure } from './procedure';
import { decideAt, factsAt, isAhead, isForPeople, keyOfClocks, withoutTime, type Standing } from './standing';
import { SAME_STAGE, type StaffRole } from './vocabulary';

/** From one standing to another. */
export interface Step {
  /** Numbers in {@link TrackSpace.standings}. */
  readonly from: number;
  readonly to: number;
  /** For certain, time ends a pause and makes a running clock late. What the software does waits for something that may never come. */
  readonly by: 'people' | 'system' | 'time';
  /** Absent when time passed. */
  readonly action?: Action;
  /** Code of the clock that ran out, where nothing else happened. */
  readonly ranOut?: string;
}

/** Everything that can become of a track, whatever is done in whatever order. */
export interface TrackSpace {
  /** In the order of the shortest way there; the first is where it begins. */
  readonly standings: readonly Standing[];
  readonly steps: readonly Step[];
  /** For each standing, what tells it from the others; {@link keyOfStandings} gives the same for one that was not explored. */
  readonly keys: readonly string[];
  /** For each standing but the first, the step by which it was found: the last one of a shortest way. */
  readonly foundBy: readonly (Step | undefined)[];
  /** False when there is more than was looked at. */
  readonly isWhole: boolean;
}

/** The largest shipped procedure has a thousand standings; one with more than this cannot be overlooked by people either. */
export const MOST_STANDINGS = 20_000;
/** What is tried in all: keeps a document with hundreds of actions in a stage from taking minutes. */
const MOST_TRIES = 200_000;

/** What can be done does not depend on how long something takes, so any calendar will do. */
const PLAIN: Calendar = { code: 'plain', timeZone: 'UTC', weekend: [6, 7], holidays: [] };

/** Where a walk begins, and who is there to go on. */
export interface Beginning {
  /** Unless given, where every track begins. */
  readonly start?: Standing;
  /** Who is there; every role unless given. Administrators see no cases and do not count. */
  readonly roles?: ReadonlySet<StaffRole>;
  /** By their keys, standings beyond which nothing new is to be learned: they are not gone on from. */
  readonly known?: Pick<ReadonlySet<string>, 'has'>;
}

/**
 * Goes every way that a track can go, by {@link decide} and {@link clockChanges} themselves. People are taken to be there for every role and to agree when they
 * are asked, tracks that this one opened to be over some day, and the track to be in somebody's hands: each of that a person can bring about elsewhere.
 */
export function exploreTrack(procedure: Procedure, { start, roles, known }: Beginning = {}): TrackSpace {
  return new Exploration(procedure, roles).from(start, known);
}

/** Tells standings apart: two with the same key go the same ways under this procedure. */
export function keyOfStandings(procedure: Procedure): (standing: Standing) => string {
  const exploration = new Exploration(procedure, undefined);
  return (standing) => exploration.keyOf(standing);
}

/** The clocks of a standing with their key, worked out once for all standings that have them. */
interface ClocksOfStanding extends Pick<Standing, 'clocks'> {
  readonly given: TimesGiven;
  readonly clocksKey: string;
}

interface Placed extends Standing, ClocksOfStanding {
  readonly given: TimesGiven;
}

class Exploration {
  readonly #standings: Placed[] = [];
  readonly #keys: string[] = [];
  readonly #steps: Step[] = [];
  readonly #foundBy: (Step | undefined)[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #clocksAfter = new Map<string, ClocksOfStanding>();
  readonly #calendars: Calendars;
  readonly #facts: ReadonlySet<string>;
  readonly #clocks: ReadonlySet<string>;
  /** Clocks that are changed by actions which do something else besides: when no time is left to give, or the clock is late, that cannot be done either. */
  readonly #counted: ReadonlySet<string>;
  /** Clocks of which it is looked at whether they have run out. */
  readonly #late: ReadonlySet<string>;
  readonly #actionsOf: ReadonlyMap<string, readonly Action[]>;
  #tries = 0;
  #startedClocks = 0;

  constructor(
    private readonly procedure: Procedure,
    private readonly roles: ReadonlySet<StaffRole> | undefined,
  ) {
    const declared = procedure.facts.map(({ code }) => code);
    const { actions, stages } = procedure;
    this.#calendars = new Map([procedure.calendar, ...allClocks(procedure).map(({ calendar }) => calendar)].map((code) => [code, PLAIN]));
    this.#facts = new Set(
      actions.flatMap(({ guards }) => guards.filter((guard) => !isBuiltInGuard(guard)).map((guard) => factAsked(guard, declared).fact)),
    );
    this.#clocks = new Set(
      actions.flatMap(({ changesClocks, onClock }) => [
        ...changesClocks.map(({ clock }) => clock),
        ...(onClock === undefined ? [] : [onClock]),
      ]),
    );
    this.#late = clocksWhoseLatenessMatters(procedure);
    this.#counted = new Set(actions.filter(doesMore).flatMap(({ changesClocks }) => changesClocks.map(({ clock }) => clock)));
    this.#actionsOf = new Map(stages.map(({ code }) => [code, actions.filter(({ from }) => from.includes(code))]));
  }

  from(start: Standing | undefined, known: Beginning['known']): TrackSpace {
    this.#number(start ? this.#keeping(start) : this.#opening());
    for (let at = 0; at < this.#standings.length; at += 1) {
      if (this.#standings.length > MOST_STANDINGS || this.#tries > MOST_TRIES) return this.#space(false);
      if (!known?.has(this.#keys[at] ?? '')) this.#goOn(at);
    }
    return this.#space(true);
  }

  keyOf(standing: Standing): string {
    return keyOf(this.#keeping(standing));
  }

  #space(isWhole: boolean): TrackSpace {
    return { standings: this.#standings, steps: this.#steps, keys: this.#keys, foundBy: this.#foundBy, isWhole };
  }

  #opening(): Placed {
    const clocks = clocksAfter([], openingClocks(this.procedure, MOMENT, this.#calendars), (code) => this.#newId(code));
    return this.#keeping({ stage: this.procedure.initial, facts: new Set(), companyNamed: false, clocks });
  }

  #goOn(at: number): void {
    const standing = this.#standings[at];
    if (!standing) return;
    const facts = factsAt(standing);
    for (const action of this.#actionsOf.get(standing.stage) ?? []) {
      this.#tries += 1;
      const isForPeopleHere = isForPeople(action, this.roles);
      const here = isForPeopleHere ? standing : this.#triggered(standing, action);
      const decision = here && decideAt(this.procedure, here, action, here === standing ? facts : factsAt(here));
      if (!decision || !('ok' in decision)) continue;
      for (const next of this.#after(here, decision)) this.#step(at, next, { by: isForPeopleHere ? 'people' : 'system', action });
    }
    this.#letTimePass(at, standing);
  }

  #letTimePass(at: number, standing: Placed): void {
    for (const clock of standing.clocks) {
      if (clock.pausedUntil) this.#step(at, this.#pauseOver(standing, clock), { by: 'time' });
      if (this.#late.has(clock.clock) && isAhead(clock)) {
        this.#step(at, this.#ranOut(standing, clock), { by: 'time', ranOut: clock.clock });
      }
    }
  }

  /** Where the software acts by itself; nothing where it never does. It acts on a clock when that has run out, and once. */
  #triggered(standing: Placed, action: Action): Placed | undefined {
    if (!action.roles.includes('system') || !this.#canBeTriggered(standing, action)) return undefined;
    const clock = action.trigger === 'clock_ran_out' && standing.clocks.find((one) => one.clock === action.onClock);
    return clock ? this.#ranOut(standing, clock) : standing;
  }

  #ranOut(standing: Placed, clock: OpenClock): Placed {
    return keyed({ ...withoutTime(standing, clock), given: standing.given });
  }

  /** Some triggers never come: nothing was opened that could close, the clock does not run, no track enters the first stage but by an action. */
  #canBeTriggered(standing: Standing, { trigger, onClock }: Action): boolean {
    const { actions, initial } = this.procedure;
    switch (trigger) {
      case 'clock_ran_out':
        return standing.clocks.some((clock) => clock.clock === onClock && isAhead(clock));
      case 'sub_track_closed':
        return actions.some(({ opens }) => opens !== undefined);
      case 'stage_entered':
        return standing.stage !== initial || actions.some(({ to, from }) => to === initial && from.some((code) => code !== initial));
      case 'complainant_wrote':
        return true;
      default:
        return false;
    }
  }

  /** One standing, or two where a company may be named and need not be. */
  #after(standing: Placed, decision: Permission): readonly Placed[] {
    const { action, to } = decision;
    const names = action.inputs.filter(({ type }) => type === 'company');
    const named = standing.companyNamed || names.length > 0;
    const next = { stage: to, facts: this.#factsAfter(standing, action), companyNamed: named, ...this.#changedClocks(standing, decision) };
    return named === standing.companyNamed || names.some(({ required }) => required) ? [next] : [next, { ...next, companyNamed: false }];
  }

  #factsAfter({ facts }: Standing, { establishes, revokes }: Action): ReadonlySet<string> {
    if (establishes.length + revokes.length === 0) return facts;
    const established = establishes.filter((fact) => this.#facts.has(fact));
    return new Set([...[...facts].filter((fact) => !revokes.includes(fact)), ...established]);
  }

  #changedClocks(standing: Placed, decision: Permission): ClocksOfStanding {
    const key = `${decision.action.code} ${standing.stage} ${standing.clocksKey}`;
    const known = this.#clocksAfter.get(key);
    if (known) return known;
    const given = timesGiven(standing.clocks, standing.given);
    const changes = clockChanges(this.procedure, decision, standing.clocks, MOMENT, this.#calendars, given);
    const clocks = this.#relevant(clocksAfter(standing.clocks, changes, (code) => this.#newId(code)));
    const after = keyed({ clocks, given: this.#givenBefore(given, clocks) });
    this.#clocksAfter.set(key, after);
    return after;
  }

  /** Of the clocks that are not open any more, and whose count somebody may need later: what is open says it itself. */
  #givenBefore(given: TimesGiven, open: readonly OpenClock[]): TimesGiven {
    return new Map([...given].filter(([code]) => this.#counted.has(code) && !open.some(({ clock }) => clock === code)));
  }

  #pauseOver(standing: Placed, clock: OpenClock): Placed {
    const changes = endPause(this.procedure, clock, standing.stage, MOMENT, this.#calendars);
    return keyed({ ...standing, clocks: this.#relevant(clocksAfter(standing.clocks, changes, (code) => this.#newId(code))) });
  }

  #keeping(standing: Standing): Placed {
    const clocks = this.#relevant(standing.clocks);
    return keyed({
      ...standing,
      clocks,
      facts: new Set([...standing.facts].filter((fact) => this.#facts.has(fact))),
      given: this.#givenBefore(timesGiven(standing.clocks, standing.given), clocks),
    });
  }

  #relevant(clocks: readonly OpenClock[]): readonly OpenClock[] {
    return clocks.filter(({ clock }) => this.#clocks.has(clock));
  }

  #newId(code: string): string {
    this.#startedClocks += 1;
    return `${code} ${this.#startedClocks}`;
  }

  #step(from: number, standing: Placed, how: Omit<Step, 'from' | 'to'>): void {
    const before = this.#standings.length;
    const to = this.#number(standing);
    const step: Step = { from, to, ...how };
    this.#steps.push(step);
    if (to === before) this.#foundBy[to] = step;
  }

  #number(standing: Placed): number {
    const key = keyOf(standing);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#standings.length;
    this.#numbers.set(key, number);
    this.#standings.push(standing);
    this.#keys.push(key);
    this.#foundBy.push(undefined);
    return number;
  }
}

function keyOf({ stage, facts, companyNamed, clocksKey }: Placed): string {
  return [stage, [...facts].sort().join(' '), String(companyNamed), clocksKey].join('|');
}

function keyed<S extends Omit<ClocksOfStanding, 'clocksKey'>>(standing: S): S & ClocksOfStanding {
  return { ...standing, clocksKey: keyOfClocks(standing) };
}

function doesMore({ to, establishes, revokes, inputs, opens }: Action): boolean {
  return (
    to !== SAME_STAGE || establishes.length + revokes.length > 0 || opens !== undefined || inputs.some(({ type }) => type === 'company')
  );
}
