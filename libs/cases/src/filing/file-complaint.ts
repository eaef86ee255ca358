import { Injectable } from '@nestjs/common';
import { findFiling, inTransaction, lockFiling } from '@recourse/persistence';
import { sameBytes } from '@recourse/vault';
import { DataSource, type EntityManager } from 'typeorm';
import { isUnguessableKey } from '../keys/client-key';
import { checkComplaint } from './check-complaint';
import type { Channel, Complaint, FieldProblem } from './complaint';
import { FilingDesk } from './filing-desk';
import { FilingSecrets } from './filing-secrets';
import { storeComplaint } from './store-complaint';
import { submissionOf, type Submission } from './submission';

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

/**
 * Files a complaint: one case, one receipt, however often and however concurrently the same submit arrives. Everything is in one
 * transaction, and the case's key is forgotten when it ends: this process cannot open what it just wrote.
 */
@Injectable()
export class FileComplaint {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: FilingSecrets,
    private readonly desk: FilingDesk,
  ) {}

  async run(input: FileComplaintInput): Promise<FileComplaintResult> {
    if (!isUnguessableKey(input.idempotencyKey)) {
      return { ok: false, code: 'key_not_a_uuid' };
    }
    const checked = checkComplaint(input.complaint, input.now);
    if (!checked.ok) {
      return { ok: false, code: 'complaint_invalid', problems: checked.problems };
    }
    const { channel, now } = input;
    const { complaint } = checked;
    // Before the transaction, which would hold a connection while the desk waits for another. What is repeated needs no desk: it was stored while there was one.
    const [desk] = await Promise.allSettled([this.desk.current(complaint.kind ?? 'harm')]);
    const submission = submissionOf(this.secrets, input.idempotencyKey.toLowerCase(), { channel, complaint });
    return inTransaction(this.dataSource, async (tx): Promise<FileComplaintResult> => {
      await lockFiling(tx, submission.idempotencyLookup);
      const repetition = await repeated(tx, submission);
      if (repetition !== undefined) {
        return repetition;
      }
      if (desk.status === 'rejected') {
        throw desk.reason;
      }
      const reference = await storeComplaint(tx, { channel, complaint, submission, desk: desk.value, now });
      return { ok: true, reference, receipt: submission.receipt, repeated: false };
    });
  }
}

async function repeated(tx: EntityManager, submission: Submission): Promise<FileComplaintResult | undefined> {
  const earlier = await findFiling(tx, submission.idempotencyLookup);
  if (earlier === undefined) {
    return undefined;
  }
  return sameBytes(earlier.bodyCheck, submission.bodyCheck)
    ? { ok: true, reference: earlier.reference, receipt: submission.receipt, repeated: true }
    : { ok: false, code: 'key_reused_with_other_body' };
}
