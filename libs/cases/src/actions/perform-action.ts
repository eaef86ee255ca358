import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '../filing/complaint';
import type { SignedInStaff } from '../staff/signed-in-staff';

/** What {@link PerformAction} needs. */
export interface PerformActionInput {
  readonly actor: SignedInStaff;
  readonly reference: string;
  /** Id of the track (`TrackView.id`). */
  readonly track: string;
  readonly action: string;
  /** The revision on the page where the actor decided. */
  readonly seenRevision: number;
  /** The action's own inputs by name, as typed: dates `YYYY-MM-DD`, booleans `true`/`false`, ids for companies and staff. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Why, in the actor's words. Sealed. */
  readonly reason?: string;
  /** Text for the complainant. Sealed. */
  readonly message?: string;
  /** Closing outcome, when the action offers several. */
  readonly outcome?: string;
  readonly now: Date;
}

/**
 * - `not_found`: no such case or track, or not the actor's.
 * - `stale`: somebody moved the track since; `stage` and `revision` are where it is now.
 * - `unknown_action`, `wrong_stage`, `role_not_allowed`, `not_on_team`, `guard_failed`, `closed`: what the procedure says.
 * - `input_invalid`: problems by field; `reason`, `message` and `outcome` are fields too.
 */
export type PerformActionRefusal =
  | { readonly code: 'not_found' }
  | { readonly code: 'stale'; readonly stage: string; readonly revision: number }
  | {
      readonly code: 'unknown_action' | 'wrong_stage' | 'role_not_allowed' | 'not_on_team' | 'guard_failed' | 'closed';
      readonly guard?: string;
    }
  | { readonly code: 'input_invalid'; readonly problems: readonly FieldProblem[] };

/** Where the track is now, or why it did not move. */
export type PerformActionResult =
  | { readonly ok: true; readonly eventId: string; readonly stage: string; readonly revision: number }
  | { readonly ok: false; readonly refusal: PerformActionRefusal };

/** Takes one action of a track's procedure: the only way a case changes. */
@Injectable()
export class PerformAction {
  async run(input: PerformActionInput): Promise<PerformActionResult> {
    throw new Error(`not written yet (${input.action})`);
  }
}
