import { Injectable } from '@nestjs/common';
import type { SignedInStaff } from '../staff/signed-in-staff';
import type { CaseView } from './case-view';

/** What {@link OpenCase} needs. */
export interface OpenCaseInput {
  readonly actor: SignedInStaff;
  readonly reference: string;
  readonly now: Date;
}

/** `not_found` also for a case that is not the actor's. */
export type OpenCaseResult =
  | { readonly ok: true; readonly view: CaseView }
  | { readonly ok: false; readonly code: 'not_found' };

/** Opens a case for a member of staff, and writes into the record that they did. */
@Injectable()
export class OpenCase {
  async run(input: OpenCaseInput): Promise<OpenCaseResult> {
    throw new Error(`not written yet (${input.now.toISOString()})`);
  }
}
