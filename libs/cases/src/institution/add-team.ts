import { Injectable } from '@nestjs/common';
import type { SignedInStaff } from '../staff/signed-in-staff';

/** What {@link AddTeam} needs. */
export interface AddTeamInput {
  /** Becomes the team's lead and first holder of its key. */
  readonly actor: SignedInStaff;
  /** Stable short name, `snake_case`. */
  readonly code: string;
  readonly name: string;
  readonly now: Date;
}

/** `code_taken`: a team of this code exists. */
export type AddTeamResult =
  | { readonly ok: true; readonly teamId: string }
  | { readonly ok: false; readonly code: 'code_taken' | 'code_invalid' };

/** Makes a team with its own key pair, sealed to its first member. */
@Injectable()
export class AddTeam {
  async run(input: AddTeamInput): Promise<AddTeamResult> {
    throw new Error(`not written yet (${input.code})`);
  }
}
