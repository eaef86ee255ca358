import { openingClocks, type Calendars, type Procedure } from '@recourse/domain';
import { insertTrack } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { changeClocks, firstDueAt } from '../clocks/change-clocks';
import { appendToRecord, type EventActor } from '../record/append-to-record';

/** A procedure with the id of its published version. */
export interface PublishedProcedure {
  readonly versionId: string;
  readonly procedure: Procedure;
}

/** A track that begins. */
export interface TrackToOpen {
  readonly caseId: string;
  readonly teamId: string;
  /** The track of the same case whose action opens this one; null for the first. */
  readonly parentTrackId: string | null;
  readonly opened: PublishedProcedure;
  readonly calendars: Calendars;
  readonly actor: EventActor;
  readonly now: Date;
}

/** Opens a track in nobody's hands, in the first stage of its procedure. Its clocks start at once. @returns its id */
export async function openTrack(tx: EntityManager, track: TrackToOpen): Promise<string> {
  const { caseId, actor, now } = track;
  const { procedure, versionId } = track.opened;
  const id = v7();
  const clocks = openingClocks(procedure, now, track.calendars);
  await insertTrack(tx, {
    id,
    caseId,
    parentTrackId: track.parentTrackId,
    procedureVersionId: versionId,
    procedure: procedure.procedure,
    stage: procedure.initial,
    revision: 1,
    teamId: track.teamId,
    assigneeId: null,
    openedAt: now,
    stageEnteredAt: now,
    closedAt: null,
    outcome: null,
    nextDueAt: firstDueAt(clocks),
    hasNews: true,
    newsReadAt: null,
  });
  if (track.parentTrackId !== null) {
    const payload = { subTrackId: id, procedure: procedure.procedure };
    await appendToRecord(tx, { type: 'sub_track_opened', payload, caseId, trackId: track.parentTrackId, actor, now });
  }
  const begun = { procedure: procedure.procedure, procedureVersion: procedure.version, stage: procedure.initial };
  await appendToRecord(tx, { type: 'case_opened', payload: begun, caseId, trackId: id, actor, now });
  await changeClocks(tx, { caseId, trackId: id, actor, now }, clocks);
  return id;
}
