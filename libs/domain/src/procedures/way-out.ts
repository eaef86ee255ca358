import type { ClockFact } from './guards';
import type { Procedure } from './procedure';
import { closable } from './prove-ways';
import { grown } from './reachable-stages';
import { exploreTrack, isForPeople } from './track-space';
import type { StaffRole } from './vocabulary';

/** Where an open track stands, as its record and its clocks say. */
export interface OpenStanding {
  readonly stage: string;
  readonly facts: ReadonlySet<string>;
  readonly companyNamed: boolean;
  readonly clocks: readonly (ClockFact & { readonly stage: string; readonly pausedUntil?: Date })[];
}

/**
 * Whether people can still lead a track to an end. Publishing proves it for every track that begins under a procedure and for a team with every role; a version
 * that an older release published, a move between versions, or a team that somebody left can make it untrue.
 * @param roles that active members of the track's team hold
 */
export function hasWayOut(procedure: Procedure, standing: OpenStanding, roles: ReadonlySet<StaffRole>): boolean {
  // How much time is left does not matter for what can be done.
  const clocks = standing.clocks.map(({ pausedUntil, ...clock }, index) => ({
    ...clock,
    id: `clock ${index}`,
    calendar: procedure.calendar,
    calendarVersion: 0,
    startedAt: STARTED,
    dueAt: DUE,
    level: 0,
    ...(clock.state === 'paused' && { remainingMs: DUE.getTime() - STARTED.getTime() }),
    ...(pausedUntil && { pausedUntil }),
  }));
  const space = exploreTrack(procedure, { start: { ...standing, clocks }, roles });
  // Too many ways to go them all: that there is any to begin with has to do.
  return space.isWhole ? closable(procedure, space).has(0) : space.steps.some(({ from, by }) => from === 0 && by === 'people');
}

const STARTED = new Date('2024-01-01T12:00:00Z');
const DUE = new Date('2024-02-01T12:00:00Z');

/** Codes of the stages out of which these people can always lead a track, whatever was done before: the actions on the way ask for nothing. */
export function stagesWithFreeWayOut(procedure: Procedure, roles: ReadonlySet<StaffRole>): ReadonlySet<string> {
  const free = procedure.actions.filter(
    (action) => action.guards.length === 0 && action.changesClocks.length === 0 && isForPeople(action, roles),
  );
  const ends = new Set(procedure.stages.flatMap(({ code, isEnd }) => (isEnd ? [code] : [])));
  return grown(ends, (reaching) => free.filter(({ to }) => reaching.has(to)).flatMap(({ from }) => from));
}
