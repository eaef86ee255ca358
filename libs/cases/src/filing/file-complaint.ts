import { Injectable } from '@nestjs/common';
import type { Channel, Complaint, FieldProblem } from './complaint';

/** What {@link FileComplaint} needs. */
export interface FileComplaintInput {
  /** A UUID chosen by the client, or carried by the form: the same key is the same complaint. */
  readonly idempotencyKey: string;
  readonly channel: Channel;
  readonly complaint: Complaint;
  readonly now: Date;
}

/**
 * - `ok`: committed. `receipt` has 24 digits, ungrouped, and cannot be shown again by anybody but a repetition of the same submit.
 * - `key_reused_with_other_body`: this key already filed something else.
 * - `key_not_a_uuid`: the key is too easy to guess.
 * - `complaint_invalid`: nothing was stored; every problem is listed.
 */
export type FileComplaintResult =
  | { readonly ok: true; readonly reference: string; readonly receipt: string; readonly repeated: boolean }
  | { readonly ok: false; readonly code: 'key_reused_with_other_body' | 'key_not_a_uuid' }
  | { readonly ok: false; readonly code: 'complaint_invalid'; readonly problems: readonly FieldProblem[] };

/** Files a complaint: one case, one receipt, however often the same submit arrives. */
@Injectable()
export class FileComplaint {
  async run(input: FileComplaintInput): Promise<FileComplaintResult> {
    throw new Error(`not written yet (${input.channel})`);
  }
}
