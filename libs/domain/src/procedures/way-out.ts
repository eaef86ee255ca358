import { hasRunOut, type OpenClock } from '../clocks/clock-change';
import type { TimesGiven } from '../clocks/clock-changes';
import { seenAtMoment } from './lateness';
import type { Procedure } from './procedure';
import { closable } from './prove-ways';
import { grown } from './reachable-stages';
import { isForPeople } from './standing';
import { exploreTrack } from './track-space';
import type { StaffRole } from './vocabulary';

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
 * Whether people can still lead a track to an end, however late its clocks are or come to be. Publishing proves it for every track that begins under a procedure and
 * for a team with every role; a version that an older release published, a move between versions, or a team that somebody left can make it untrue.
 * @param roles that active members of the track's team hold
 * @param now the moment at which the clocks are late or not
 */
export function hasWayOut(procedure: Procedure, standing: OpenStanding, roles: ReadonlySet<StaffRole>, now: Date): boolean {
  const clocks = standing.clocks.map((clock) => ({ ...seenAtMoment(clock, hasRunOut(clock, now)), calendar: procedure.calendar }));
  const space = exploreTrack(procedure, { start: { ...standing, clocks }, roles });
  // Too many ways to go them all: that there is any to begin with has to do.
  return space.isWhole ? closable(procedure, space).has(0) : space.steps.some(({ from, by }) => from === 0 && by === 'people');
}

/** Codes of the stages out of which these people can always lead a track, whatever was done before: the actions on the way ask for nothing. */
export function stagesWithFreeWayOut(procedure: Procedure, roles: ReadonlySet<StaffRole>): ReadonlySet<string> {
  const free = procedure.actions.filter(
    (action) => action.guards.length === 0 && action.changesClocks.length === 0 && isForPeople(action, roles),
  );
  const ends = new Set(procedure.stages.flatMap(({ code, isEnd }) => (isEnd ? [code] : [])));
  return grown(ends, (reaching) => free.filter(({ to }) => reaching.has(to)).flatMap(({ from }) => from));
}
