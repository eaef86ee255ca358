import { openingClocks, type Calendars, type Procedure } from '@recourse/domain';
import { insertTrack, type Track } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { changeClocks, firstDueAt } from '../clocks/change-clocks';
import { appendToRecord, type EventActor } from '../record/append-to-record';

/** A procedure with the id of its published version. */
export interface PublishedProcedure {
  readonly versionId: string;
  readonly procedure: Procedure;
}

/** What a track opens, and who makes it. */
export interface SubTrackToOpen {
  /** Locked. */
  readonly parent: Track;
  readonly opened: PublishedProcedure;
  readonly calendars: Calendars;
  readonly actor: EventActor;
  readonly now: Date;
}

/** Opens a track of its own on the same case, with the same team, in nobody's hands. Its clocks start at once. @returns its id */
export async function openSubTrack(tx: EntityManager, { parent, opened, calendars, actor, now }: SubTrackToOpen): Promise<string> {
  const { procedure, versionId } = opened;
  const { caseId } = parent;
  const id = v7();
  const clocks = openingClocks(procedure, now, calendars);
  await insertTrack(tx, {
    id,
    caseId,
    parentTrackId: parent.id,
    procedureVersionId: versionId,
    procedure: procedure.procedure,
    stage: procedure.initial,
    revision: 1,
    teamId: parent.teamId,
    assigneeId: null,
    openedAt: now,
    stageEnteredAt: now,
    closedAt: null,
    outcome: null,
    nextDueAt: firstDueAt(clocks),
    hasNews: true,
  });
  const subTrack = { subTrackId: id, procedure: procedure.procedure };
  await appendToRecord(tx, { type: 'sub_track_opened', payload: subTrack, caseId, trackId: parent.id, actor, now });
  const begun = { procedure: procedure.procedure, procedureVersion: procedure.version, stage: procedure.initial };
  await appendToRecord(tx, { type: 'case_opened', payload: begun, caseId, trackId: id, actor, now });
  await changeClocks(tx, { caseId, trackId: id, actor, now }, clocks);
  return id;
}
