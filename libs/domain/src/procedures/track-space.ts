import type { Calendar } from '../clocks/calendar';
import type { Calendars, OpenClock } from '../clocks/clock-change';
import { clockChanges, endPause, openingClocks, timesGiven, type TimesGiven } from '../clocks/clock-changes';
import { clocksAfter } from '../clocks/clocks-after';
import { decide, SYSTEM_ACTOR, type ActionActor, type Permission, type Refusal } from './decide';
import { factAsked, isBuiltInGuard, NO_FACTS } from './guards';
import { allClocks, stageOf, type Action, type Procedure } from './procedure';
import { SAME_STAGE, type StaffRole } from './vocabulary';

/** How a track stands, as far as it matters for what can be done next. */
export interface Standing {
  readonly stage: string;
  /** Codes of the facts that hold. */
  readonly facts: ReadonlySet<string>;
  readonly companyNamed: boolean;
  /** Those that an action changes or waits for; every other clock only tells people. */
  readonly clocks: readonly OpenClock[];
  /** How often each of those that have ended was given more time. */
  readonly given?: TimesGiven;
}

/** From one standing to another. */
export interface Step {
  /** Numbers in {@link TrackSpace.standings}. */
  readonly from: number;
  readonly to: number;
  /** Time ends a pause for certain. What the software does waits for something that may never come. */
  readonly by: 'people' | 'system' | 'time';
  /** Absent when a pause is over. */
  readonly action?: Action;
}

/** Everything that can become of a track, whatever is done in whatever order. */
export interface TrackSpace {
  /** In the order of the shortest way there; the first is where it begins. */
  readonly standings: readonly Standing[];
  readonly steps: readonly Step[];
  /** For each standing but the first, the step by which it was found: the last one of a shortest way. */
  readonly foundBy: readonly (Step | undefined)[];
  /** False when there is more than was looked at. */
  readonly isWhole: boolean;
}

/** The largest shipped procedure has a thousand standings; one with more than this cannot be overlooked by people either. */
export const MOST_STANDINGS = 20_000;
/** What is tried in all: keeps a document with hundreds of actions in a stage from taking minutes. */
const MOST_TRIES = 200_000;

/** Where every date is counted from, and by: what can be done does not depend on how long something takes. */
const NOW = new Date('2024-01-01T12:00:00Z');
const PLAIN: Calendar = { code: 'plain', timeZone: 'UTC', weekend: [6, 7], holidays: [] };

/** Where a walk begins, and who is there to go on. */
export interface Beginning {
  /** Unless given, where every track begins. */
  readonly start?: Standing;
  /** Who is there; every role unless given. Administrators see no cases and do not count. */
  readonly roles?: ReadonlySet<StaffRole>;
}

/**
 * Goes every way that a track can go, by {@link decide} and {@link clockChanges} themselves. People are taken to be there for every role and to agree when they
 * are asked, tracks that this one opened to be over some day, and the track to be in somebody's hands: each of that a person can bring about elsewhere.
 */
export function exploreTrack(procedure: Procedure, { start, roles }: Beginning = {}): TrackSpace {
  return new Exploration(procedure, roles).from(start);
}

/** People who can act at once; the software; and what each may do where a track stands. */
export function decideAt(procedure: Procedure, standing: Standing, action: Action): Permission | Refusal {
  const decision = decide(
    procedure,
    { stage: standing.stage, revision: 1, closed: stageOf(procedure, standing.stage).isEnd },
    { ...NO_FACTS, companyNamed: standing.companyNamed, assigned: true, established: standing.facts, clocks: standing.clocks },
    actorOf(action),
    action.code,
  );
  return decision.ok ? decision : decision.refusal;
}

/** True when people take an action, and the people are there. */
export function isForPeople({ roles }: Action, there?: ReadonlySet<StaffRole>): boolean {
  return roles.some((role) => role !== 'system' && role !== 'administrator' && (!there || there.has(role)));
}

function actorOf({ roles }: Action): ActionActor {
  const role = roles.find((one) => one !== 'system' && one !== 'administrator');
  return role === undefined ? SYSTEM_ACTOR : { role, staffId: 'somebody', onTeam: true };
}

class Exploration {
  readonly #standings: Standing[] = [];
  readonly #steps: Step[] = [];
  readonly #foundBy: (Step | undefined)[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #clocksAfter = new Map<string, readonly OpenClock[]>();
  readonly #calendars: Calendars;
  readonly #facts: ReadonlySet<string>;
  readonly #clocks: ReadonlySet<string>;
  /** Clocks that are given more time by actions which do something else besides: when no time is left to give, that cannot be done either. */
  readonly #counted: ReadonlySet<string>;
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
    this.#counted = new Set(actions.filter(doesMore).flatMap(({ changesClocks }) => changesClocks.map(({ clock }) => clock)));
    this.#actionsOf = new Map(stages.map(({ code }) => [code, actions.filter(({ from }) => from.includes(code))]));
  }

  from(start: Standing | undefined): TrackSpace {
    this.#number(start ? this.#keeping(start) : this.#opening());
    for (let at = 0; at < this.#standings.length; at += 1) {
      if (this.#standings.length > MOST_STANDINGS || this.#tries > MOST_TRIES) return this.#space(false);
      this.#goOn(at);
    }
    return this.#space(true);
  }

  #space(isWhole: boolean): TrackSpace {
    return { standings: this.#standings, steps: this.#steps, foundBy: this.#foundBy, isWhole };
  }

  #opening(): Standing {
    const clocks = clocksAfter([], openingClocks(this.procedure, NOW, this.#calendars), (code) => this.#newId(code));
    return this.#keeping({ stage: this.procedure.initial, facts: new Set(), companyNamed: false, clocks });
  }

  #goOn(at: number): void {
    const standing = this.#standings[at];
    if (!standing) return;
    for (const action of this.#actionsOf.get(standing.stage) ?? []) {
      this.#tries += 1;
      const isForPeopleHere = isForPeople(action, this.roles);
      if (!isForPeopleHere && !(action.roles.includes('system') && this.#canBeTriggered(standing, action))) continue;
      const decision = decideAt(this.procedure, standing, action);
      if (!('ok' in decision)) continue;
      for (const next of this.#after(standing, decision)) this.#step(at, isForPeopleHere ? 'people' : 'system', next, action);
    }
    for (const clock of standing.clocks) {
      if (clock.state === 'paused' && clock.pausedUntil) this.#step(at, 'time', this.#pauseOver(standing, clock));
    }
  }

  /** Some triggers never come: nothing was opened that could close, the clock does not run, no track enters the first stage but by an action. */
  #canBeTriggered(standing: Standing, { trigger, onClock }: Action): boolean {
    const { actions, initial } = this.procedure;
    switch (trigger) {
      case 'clock_ran_out':
        return standing.clocks.some(({ clock, state }) => clock === onClock && state === 'running');
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
  #after(standing: Standing, decision: Permission): readonly Standing[] {
    const { action, to } = decision;
    const facts = new Set(standing.facts);
    action.revokes.forEach((fact) => facts.delete(fact));
    action.establishes.filter((fact) => this.#facts.has(fact)).forEach((fact) => facts.add(fact));
    const clocks = this.#changedClocks(standing, decision);
    const names = action.inputs.filter(({ type }) => type === 'company');
    const named = standing.companyNamed || names.length > 0;
    const next = { stage: to, facts, clocks, companyNamed: named, given: this.#givenBefore(standing, clocks) };
    return named === standing.companyNamed || names.some(({ required }) => required) ? [next] : [next, { ...next, companyNamed: false }];
  }

  #changedClocks(standing: Standing, decision: Permission): readonly OpenClock[] {
    if (this.#clocks.size === 0) return [];
    const key = `${decision.action.code} ${standing.stage} ${keyOfClocks(standing)}`;
    const known = this.#clocksAfter.get(key);
    if (known) return known;
    const changes = clockChanges(
      this.procedure,
      decision,
      standing.clocks,
      NOW,
      this.#calendars,
      timesGiven(standing.clocks, standing.given),
    );
    const clocks = this.#relevant(clocksAfter(standing.clocks, changes, (code) => this.#newId(code)));
    this.#clocksAfter.set(key, clocks);
    return clocks;
  }

  /** Of the clocks that are not open any more, and whose count somebody may need later: what is open says it itself. */
  #givenBefore(standing: Standing, open: readonly OpenClock[]): TimesGiven {
    const all = timesGiven(standing.clocks, standing.given);
    return new Map([...all].filter(([code]) => this.#counted.has(code) && !open.some(({ clock }) => clock === code)));
  }

  #pauseOver(standing: Standing, clock: OpenClock): Standing {
    const changes = endPause(this.procedure, clock, standing.stage, NOW, this.#calendars);
    return { ...standing, clocks: this.#relevant(clocksAfter(standing.clocks, changes, (code) => this.#newId(code))) };
  }

  #keeping(standing: Standing): Standing {
    return {
      ...standing,
      facts: new Set([...standing.facts].filter((fact) => this.#facts.has(fact))),
      clocks: this.#relevant(standing.clocks),
    };
  }

  #relevant(clocks: readonly OpenClock[]): readonly OpenClock[] {
    return clocks.filter(({ clock }) => this.#clocks.has(clock));
  }

  #newId(code: string): string {
    this.#startedClocks += 1;
    return `${code} ${this.#startedClocks}`;
  }

  #step(from: number, by: Step['by'], standing: Standing, action?: Action): void {
    const before = this.#standings.length;
    const to = this.#number(standing);
    const step: Step = { from, to, by, ...(action && { action }) };
    this.#steps.push(step);
    if (to === before) this.#foundBy[to] = step;
  }

  #number(standing: Standing): number {
    const { stage, facts, companyNamed } = standing;
    const key = [stage, [...facts].sort().join(' '), String(companyNamed), keyOfClocks(standing)].join('|');
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#standings.length;
    this.#numbers.set(key, number);
    this.#standings.push(standing);
    this.#foundBy.push(undefined);
    return number;
  }
}

function doesMore({ to, establishes, revokes, inputs, opens }: Action): boolean {
  return (
    to !== SAME_STAGE || establishes.length + revokes.length > 0 || opens !== undefined || inputs.some(({ type }) => type === 'company')
  );
}

function keyOfClocks({ clocks, given = new Map() }: Standing): string {
  const before = [...given].map(([code, times]) => `${code} had ${times}`);
  return clocks
    .map(({ clock, stage, state, pausedUntil, extensions }) => `${clock}@${stage} ${state}${pausedUntil ? ' until' : ''} ${extensions}`)
    .concat(before)
    .sort()
    .join(', ');
}
