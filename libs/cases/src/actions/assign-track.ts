import { Injectable } from '@nestjs/common';
import { mayAssign } from '@recourse/domain';
import { holdMembership, inTransaction, lockTrack, moveTrack, type Track } from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { findVisibleCase } from '../desk/find-visible-case';
import { putInOutbox } from '../outbox/put-in-outbox';
import { appendToRecord } from '../record/append-to-record';
import type { SignedInStaff } from '../staff/signed-in-staff';

/** What {@link AssignTrack} needs. */
export interface AssignTrackInput {
  readonly actor: SignedInStaff;
  readonly reference: string;
  readonly track: string;
  /** Who shall hold it; absent to put it back to the team. */
  readonly assigneeId?: string;
  readonly seenRevision: number;
  readonly now: Date;
}

/**
 * - `not_found`: no such case or track, or not the actor's.
 * - `not_allowed`: the actor may take it or put their own back, and this is neither.
 * - `assignee_not_on_team`: that person cannot open the case.
 * - `closed`: the track is over.
 */
export type AssignTrackResult =
  | { readonly ok: true; readonly revision: number }
  | { readonly ok: false; readonly code: 'not_found' | 'not_allowed' | 'assignee_not_on_team' | 'closed' }
  | { readonly ok: false; readonly code: 'stale'; readonly stage: string; readonly revision: number };

/** Gives a track to one person of its team, or back to the team. */
@Injectable()
export class AssignTrack {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: AssignTrackInput): Promise<AssignTrackResult> {
    return inTransaction(this.dataSource, async (tx): Promise<AssignTrackResult> => {
      const found = await findVisibleCase(tx, input.actor, input.reference);
      const seen = found?.tracks.find(({ id }) => id === input.track);
      // Before the track, in the order of whoever takes somebody off a team (TakeOffTeam): a track is never left in the hands of somebody who just left.
      const isColleague = seen === undefined || input.assigneeId === undefined || (await holdMembership(tx, seen.teamId, input.assigneeId));
      const track = seen === undefined ? undefined : await lockTrack(tx, seen.id);
      if (seen === undefined || track === undefined) {
        return { ok: false, code: 'not_found' };
      }
      return refusal(input, track, isColleague && track.teamId === seen.teamId) ?? assign(tx, input, track);
    });
  }
}

function refusal(input: AssignTrackInput, track: Track, isColleague: boolean): AssignTrackResult | undefined {
  const assigneeId = input.assigneeId ?? null;
  if (track.revision !== input.seenRevision) {
    return { ok: false, code: 'stale', stage: track.stage, revision: track.revision };
  }
  if (track.closedAt !== null) {
    return { ok: false, code: 'closed' };
  }
  if (!mayAssign(input.actor, track, assigneeId)) {
    return { ok: false, code: 'not_allowed' };
  }
  return isColleague ? undefined : { ok: false, code: 'assignee_not_on_team' };
}

async function assign(tx: EntityManager, input: AssignTrackInput, track: Track): Promise<AssignTrackResult> {
  const { actor, now } = input;
  const assigneeId = input.assigneeId ?? null;
  if (assigneeId === track.assigneeId) {
    return { ok: true, revision: track.revision };
  }
  if (!(await moveTrack(tx, track.id, track.revision, { assigneeId }))) {
    throw new Error('a locked track moved');
  }
  await appendToRecord(tx, {
    type: 'assigned',
    payload: { assigneeId, previousAssigneeId: track.assigneeId },
    caseId: track.caseId,
    trackId: track.id,
    actor: { kind: 'staff', id: actor.staffId },
    now,
  });
  // Whoever takes a track knows that they have it.
  if (assigneeId !== null && assigneeId !== actor.staffId) {
    await putInOutbox(tx, { topic: 'track_assigned', payload: { caseId: track.caseId, trackId: track.id, staffId: assigneeId } }, now);
  }
  return { ok: true, revision: track.revision + 1 };
}
