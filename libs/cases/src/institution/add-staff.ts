import { Injectable } from '@nestjs/common';
import type { SignedInStaff } from '../staff/signed-in-staff';
import type { NewStaff, NewStaffRefusal } from './new-staff';

/** What {@link AddStaff} needs. */
export interface AddStaffInput {
  /** An existing member of every team given: only a holder of a team's key can hand it on. */
  readonly actor: SignedInStaff;
  readonly staff: NewStaff;
  readonly teams: readonly { readonly code: string; readonly teamRole: 'member' | 'lead' }[];
  readonly now: Date;
}

/** `not_on_team`: the actor does not hold the key of team `team`, or there is no such team. */
export type AddStaffResult =
  | { readonly ok: true; readonly staffId: string }
  | { readonly ok: false; readonly code: NewStaffRefusal }
  | { readonly ok: false; readonly code: 'not_on_team'; readonly team: string };

/** Makes an account: a key pair wrapped by the password, and the keys of the teams sealed to it. */
@Injectable()
export class AddStaff {
  async run(input: AddStaffInput): Promise<AddStaffResult> {
    throw new Error(`not written yet (${input.now.toISOString()})`);
  }
}
