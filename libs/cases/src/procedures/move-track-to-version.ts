import {
  clocksAfter,
  movedClocks,
  placeOf,
  recordedFacts,
  timesAfterMove,
  type Calendars,
  type ClockChange,
  type OpenStanding,
  type Procedure,
  type StaffRole,
  type VersionMapping,
  type WaysOut,
} from '@recourse/domain';
import {
  isCompanyNamed,
  listActionEvents,
  listDeadlinesOfTrack,
  listRolesOnTeam,
  lockTrack,
  moveTrack,
  refreshNextDueAt,
  renameEndedDeadlines,
  type Track,
} from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { lapseApprovals } from '../approvals/lapse-approvals';
import { changeClocks, openClocksOf, timesGivenTo } from '../clocks/change-clocks';
import { appendToRecord, SYSTEM } from '../record/append-to-record';

/** From which version tracks move to which. */
export interface VersionMove {
  readonly fromVersionId: string;
  readonly toVersionId: string;
  readonly before: Procedure;
  readonly after: Procedure;
  readonly mapping: VersionMapping;
  /** Of `after`. */
  readonly waysOut: WaysOut;
  readonly calendars: Calendars;
  /** True to work it out and change nothing. */
  readonly isPreview: boolean;
  readonly now: Date;
}

/** What moving did to one track: its stages, and codes of clocks of the new version (of those that end, of the old one). */
export interface MovedTrack {
  readonly from: string;
  readonly to: string;
  readonly carried: readonly string[];
  readonly started: readonly string[];
  readonly ended: readonly string[];
  /** Requests for a second person that lapsed; not counted in a preview. */
  readonly lapsed: number;
}

/** A track that was left where it is: in this stage of the new version nobody on its team could ever close it. */
export interface StrandedTrack {
  readonly strandedIn: string;
}

/**
 * Moves one open track to another version of its procedure: its stage, its facts, its clocks. Requests for a second person lapse, because what was asked for may mean
 * something else now. The revision grows, so that a page which somebody had open is refused.
 *
 * Publishing proved the new version for tracks that begin under it. This one did not: what it would have had to do on the way may be done only where it will not
 * come any more. So it is asked of each track whether people can still lead it to an end, and one that nobody could stays where it is.
 * @returns undefined when the track is not open on that version (any more)
 */
export async function moveTrackToVersion(
  tx: EntityManager,
  trackId: string,
  move: VersionMove,
): Promise<MovedTrack | StrandedTrack | undefined> {
  const track = await lockTrack(tx, trackId);
  if (track?.procedureVersionId !== move.fromVersionId || track.closedAt !== null) {
    return undefined;
  }
  const { before, after, mapping, now } = move;
  const to = placeOf(mapping, track.stage);
  const deadlines = await listDeadlinesOfTrack(tx, trackId);
  const had = { hadClocks: new Set(deadlines.map(({ kind }) => kind)), given: timesGivenTo(deadlines) };
  const open = await openClocksOf(tx, trackId);
  const changes = movedClocks({ before, after, mapping, stage: track.stage, ...had }, open, now, move.calendars);
  const facts = movedFacts(recordedFacts(await listActionEvents(tx, trackId)), mapping);
  const standing = {
    stage: to,
    facts: facts.holding,
    companyNamed: await isCompanyNamed(tx, track.caseId),
    clocks: clocksAfter(open, changes, (clock) => clock),
    given: timesAfterMove(had.given, mapping),
  };
  if (!(await hasWayOut(tx, track, standing, move))) {
    return { strandedIn: to };
  }
  const lapsed = move.isPreview ? 0 : await carryOut(tx, track, { to, facts, changes }, move);
  return { from: track.stage, to, ...summaryOf(changes), lapsed };
}

/** A team without anybody is no reason to stay: it could act on neither version, and `track_without_person` tells of it. */
async function hasWayOut(tx: EntityManager, { teamId }: Track, standing: OpenStanding, { waysOut, now }: VersionMove): Promise<boolean> {
  const there = await listRolesOnTeam(tx, teamId);
  return waysOut.has(standing, new Set(there.length > 0 ? there : ANYBODY), now);
}

const ANYBODY: readonly StaffRole[] = ['officer', 'supervisor', 'director'];

/** Where a track goes on, and how. */
interface Going {
  readonly to: string;
  readonly facts: FactsAfterMove;
  readonly changes: readonly ClockChange[];
}

async function carryOut(tx: EntityManager, track: Track, { to, facts, changes }: Going, move: VersionMove): Promise<number> {
  const { id: trackId, caseId } = track;
  const { before, after, now } = move;
  if (!(await moveTrack(tx, trackId, track.revision, { procedureVersionId: move.toVersionId, stage: to }))) {
    throw new Error('a locked track moved');
  }
  const payload = {
    procedure: after.procedure,
    ...{ fromVersion: before.version, toVersion: after.version, from: track.stage, to },
    ...(facts.establishes.length > 0 && { establishes: facts.establishes }),
    ...(facts.revokes.length > 0 && { revokes: facts.revokes }),
  };
  await appendToRecord(tx, { type: 'track_moved_to_version', payload, caseId, trackId, actor: SYSTEM, now });
  await changeClocks(tx, { caseId, trackId, actor: SYSTEM, now, pausedBy: 'track_moved_to_version' }, changes);
  // What ended is asked for by the name it has now: how often it was given more time, and whether the track ever had it.
  await renameEndedDeadlines(tx, trackId, move.mapping.clocks);
  await refreshNextDueAt(tx, trackId);
  return lapseApprovals(tx, { id: trackId, caseId }, now);
}

interface FactsAfterMove {
  readonly holding: ReadonlySet<string>;
  /** Those that hold under another code. */
  readonly establishes: readonly string[];
  /** Those that do not go on. */
  readonly revokes: readonly string[];
}

function movedFacts(held: ReadonlySet<string>, { facts }: VersionMapping): FactsAfterMove {
  const holding = new Set([...held].flatMap((fact) => facts.get(fact) ?? []));
  return { holding, establishes: [...holding].filter((fact) => !held.has(fact)), revokes: [...held].filter((fact) => !holding.has(fact)) };
}

function summaryOf(changes: readonly ClockChange[]): Pick<MovedTrack, 'carried' | 'started' | 'ended'> {
  return {
    carried: changes.flatMap((change) => (change.change === 'carried' ? [change.as.clock] : [])),
    started: changes.flatMap((change) => (change.change === 'started' ? [change.clock] : [])),
    ended: changes.flatMap((change) => (change.change === 'finished' ? [change.open.clock] : [])),
  };
}
