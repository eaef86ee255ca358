import { Injectable } from '@nestjs/common';
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
 * - `assignee_not_on_team`: that person cannot open the case.
 * - `closed`: the track is over.
 */
export type AssignTrackResult =
  | { readonly ok: true; readonly revision: number }
  | { readonly ok: false; readonly code: 'not_found' | 'assignee_not_on_team' | 'closed' }
  | { readonly ok: false; readonly code: 'stale'; readonly stage: string; readonly revision: number };

/** Gives a track to one person of its team. */
@Injectable()
export class AssignTrack {
  async run(input: AssignTrackInput): Promise<AssignTrackResult> {
    throw new Error(`not written yet (${input.track})`);
  }
}
