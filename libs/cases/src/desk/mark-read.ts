import { Injectable } from '@nestjs/common';
import type { SignedInStaff } from '../staff/signed-in-staff';

/** What {@link MarkRead} needs. */
export interface MarkReadInput {
  readonly actor: SignedInStaff;
  readonly reference: string;
  readonly now: Date;
}

/** `not_found` also for a case that is not the actor's. */
export type MarkReadResult = { readonly ok: true } | { readonly ok: false; readonly code: 'not_found' };

/** Says that the staff saw the news of a case: no `new` mark in the queue, the complainant's messages count as read. */
@Injectable()
export class MarkRead {
  async run(input: MarkReadInput): Promise<MarkReadResult> {
    throw new Error(`not written yet (${input.now.toISOString()})`);
  }
}
