import { recordedFacts, type Facts } from '@recourse/domain';
import {
  countOpenSubTracks,
  isCompanyNamed,
  listActionEvents,
  listDeadlinesOfTrack,
  listWaitingApprovals,
  type Track,
} from '@recourse/persistence';
import type { EntityManager } from 'typeorm';

/** What the guards of a track's procedure look at. Read after locking the track, unless nothing is decided by it. */
export async function collectFacts(tx: EntityManager, track: Pick<Track, 'id' | 'caseId' | 'assigneeId'>): Promise<Facts> {
  const clocks = await listDeadlinesOfTrack(tx, track.id);
  return {
    companyNamed: await isCompanyNamed(tx, track.caseId),
    assigned: track.assigneeId !== null,
    openSubTracks: await countOpenSubTracks(tx, track.id),
    established: recordedFacts(await listActionEvents(tx, track.id)),
    clocks: clocks.flatMap(({ kind, stage, state, pauseUntil, extensions }) =>
      state === 'running' || state === 'paused'
        ? [{ clock: kind, stage, state, extensions, ...(pauseUntil === null ? {} : { pausedUntil: pauseUntil }) }]
        : [],
    ),
    awaitingApproval: new Set((await listWaitingApprovals(tx, track.id)).map(({ action }) => action)),
  };
}
