import { hasRunOut, type OpenClock } from '../clocks/clock-change';
import type { TimesGiven } from '../clocks/clock-changes';
import { seenAtMoment } from './lateness';
import type { Procedure } from './procedure';
import { grown } from './reachable-stages';
import { isForPeople, type Standing } from './standing';
import { exploreTrack, keyOfStandings, type Beginning } from './track-space';
import type { StaffRole } from './vocabulary';
import { closable } from './ways';

/** Where an open track stands, as its record and its clocks say. */
export interface OpenStanding {
  readonly stage: string;
  readonly facts: ReadonlySet<string>;
  readonly companyNamed: boolean;
  readonly clocks: readonly OpenClock[];
  /** How often each clock that the track ever had was given more time, those that have ended among them. */
  readonly given: TimesGiven;
}

/**
 * Whether people can still lead the tracks of one procedure to an end, however late their clocks are or come to be. Publishing proves it for every track that begins
 * under it and for the teams of that day; a version that an older release published, a move between versions, or a team that somebody left can make it untrue.
 *
 * What was found out is kept. Going every way from where a track stands takes 5 to 20 ms, and answers for everything that is passed: with the ways from the
 * beginning, nearly every track is only looked up.
 */
export class WaysOut {
  readonly #keyOf: (standing: Standing) => string;
  /** By the roles that are there, and by the key of the standing. */
  readonly #known = new Map<string, Map<string, boolean>>();

  constructor(private readonly procedure: Procedure) {
    this.#keyOf = keyOfStandings(procedure);
  }

  /**
   * @param roles that active members of the track's team hold
   * @param now the moment at which the clocks are late or not
   */
  has(standing: OpenStanding, roles: ReadonlySet<StaffRole>, now: Date): boolean {
    const clocks = standing.clocks.map((clock) => ({ ...seenAtMoment(clock, hasRunOut(clock, now)), calendar: this.procedure.calendar }));
    const start = { ...standing, clocks };
    const key = this.#keyOf(start);
    const known = this.#knownFor(roles);
    const found = known.get(key) ?? this.#explore(known, { start, roles }).get(key);
    return found === true;
  }

  #knownFor(roles: ReadonlySet<StaffRole>): Map<string, boolean> {
    const name = [...roles].sort().join(' ');
    const known = this.#known.get(name);
    if (known) return known;
    const fresh = this.#explore(new Map(), { roles });
    this.#known.set(name, fresh);
    return fresh;
  }

  #explore(known: Map<string, boolean>, beginning: Beginning): Map<string, boolean> {
    const space = exploreTrack(this.procedure, { ...beginning, known });
    if (space.isWhole) {
      const good = closable(this.procedure, space, (number) => known.get(space.keys[number] ?? '') === true);
      space.keys.forEach((key, number) => known.set(key, good.has(number)));
    } else if (beginning.start) {
      // Too many ways to go them all: that there is any to begin with has to do.
      known.set(
        this.#keyOf(beginning.start),
        space.steps.some(({ from, by }) => from === 0 && by === 'people'),
      );
    }
    return known;
  }
}

/** Codes of the stages out of which these people can always lead a track, whatever was done before: the actions on the way ask for nothing. */
export function stagesWithFreeWayOut(procedure: Procedure, roles: ReadonlySet<StaffRole>): ReadonlySet<string> {
  const free = procedure.actions.filter(
    (action) => action.guards.length === 0 && action.changesClocks.length === 0 && isForPeople(action, roles),
  );
  const ends = new Set(procedure.stages.flatMap(({ code, isEnd }) => (isEnd ? [code] : [])));
  return grown(ends, (reaching) => free.filter(({ to }) => reaching.has(to)).flatMap(({ from }) => from));
}
