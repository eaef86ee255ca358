import { clockFact, recordedFacts, type Facts } from '@recourse/domain';
import {
  countOpenSubTracks,
  isCompanyNamed,
  listActionEvents,
  listDeadlinesOfTrack,
  listPartakers,
  listWaitingApprovals,
  type Track,
} from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { openClock } from '../clocks/change-clocks';

/**
 * What the guards of a track's procedure look at. Read after locking the track, unless nothing is decided by it.
 * @param track with `parentTrackId` null where nobody of the staff acts: then nobody took part before
 */
export async function collectFacts(
  tx: EntityManager,
  track: Pick<Track, 'id' | 'caseId' | 'assigneeId' | 'parentTrackId'>,
  now: Date,
): Promise<Facts> {
  const clocks = (await listDeadlinesOfTrack(tx, track.id)).filter(({ state }) => state === 'running' || state === 'paused');
  return {
    companyNamed: await isCompanyNamed(tx, track.caseId),
    assigned: track.assigneeId !== null,
    openSubTracks: await countOpenSubTracks(tx, track.id),
    partakers: new Set(track.parentTrackId === null ? [] : await listPartakers(tx, track.parentTrackId)),
    established: recordedFacts(await listActionEvents(tx, track.id)),
    clocks: clocks.map((deadline) => clockFact(openClock(deadline), now)),
    awaitingApproval: new Set((await listWaitingApprovals(tx, track.id)).map(({ action }) => action)),
  };
}
