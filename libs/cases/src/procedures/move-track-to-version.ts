import {
  movedClocks,
  placeOf,
  recordedFacts,
  type Calendars,
  type ClockChange,
  type Procedure,
  type VersionMapping,
} from '@recourse/domain';
import {
  listActionEvents,
  listDeadlinesOfTrack,
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

/**
 * Moves one open track to another version of its procedure: its stage, its facts, its clocks. Requests for a second person lapse, because what was asked for may mean
 * something else now. The revision grows, so that a page which somebody had open is refused.
 * @returns undefined when the track is not open on that version (any more)
 */
export async function moveTrackToVersion(tx: EntityManager, trackId: string, move: VersionMove): Promise<MovedTrack | undefined> {
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
  const lapsed = move.isPreview ? 0 : await carryOut(tx, track, to, changes, move);
  return { from: track.stage, to, ...summaryOf(changes), lapsed };
}

async function carryOut(tx: EntityManager, track: Track, to: string, changes: readonly ClockChange[], move: VersionMove): Promise<number> {
  const { id: trackId, caseId } = track;
  const { before, after, now } = move;
  if (!(await moveTrack(tx, trackId, track.revision, { procedureVersionId: move.toVersionId, stage: to }))) {
    throw new Error('a locked track moved');
  }
  const payload = {
    procedure: after.procedure,
    ...{ fromVersion: before.version, toVersion: after.version, from: track.stage, to },
    ...(await movedFacts(tx, trackId, move.mapping)),
  };
  await appendToRecord(tx, { type: 'track_moved_to_version', payload, caseId, trackId, actor: SYSTEM, now });
  await changeClocks(tx, { caseId, trackId, actor: SYSTEM, now, pausedBy: 'track_moved_to_version' }, changes);
  // What ended is asked for by the name it has now: how often it was given more time, and whether the track ever had it.
  await renameEndedDeadlines(tx, trackId, move.mapping.clocks);
  await refreshNextDueAt(tx, trackId);
  return lapseApprovals(tx, { id: trackId, caseId }, now);
}

/** Facts that hold under another code, and those that do not go on. */
async function movedFacts(
  tx: EntityManager,
  trackId: string,
  { facts }: VersionMapping,
): Promise<{ readonly establishes?: readonly string[]; readonly revokes?: readonly string[] }> {
  const held = recordedFacts(await listActionEvents(tx, trackId));
  const holding = new Set([...held].flatMap((fact) => facts.get(fact) ?? []));
  const establishes = [...holding].filter((fact) => !held.has(fact));
  const revokes = [...held].filter((fact) => !holding.has(fact));
  return { ...(establishes.length > 0 && { establishes }), ...(revokes.length > 0 && { revokes }) };
}

function summaryOf(changes: readonly ClockChange[]): Pick<MovedTrack, 'carried' | 'started' | 'ended'> {
  return {
    carried: changes.flatMap((change) => (change.change === 'carried' ? [change.as.clock] : [])),
    started: changes.flatMap((change) => (change.change === 'started' ? [change.clock] : [])),
    ended: changes.flatMap((change) => (change.change === 'finished' ? [change.open.clock] : [])),
  };
}
