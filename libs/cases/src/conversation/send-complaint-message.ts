import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '../filing/complaint';
import type { ReceiptVisit } from '../receipts/open-complaint-by-receipt';

/** A message from the complainant to the staff. */
export interface SendComplaintMessageInput extends ReceiptVisit {
  /** UUID carried by the form or the `Idempotency-Key` header: the same key is the same message. */
  readonly clientKey: string;
  readonly body: string;
}

/** `closed`: the complaint takes no more messages. */
export type SendComplaintMessageResult =
  | { readonly ok: true; readonly messageId: string; readonly sentAt: Date; readonly repeated: boolean }
  | { readonly ok: false; readonly code: 'not_found' | 'key_not_a_uuid' | 'closed' }
  | { readonly ok: false; readonly code: 'text_invalid'; readonly problems: readonly FieldProblem[] };

/** Sends a message from the complainant, and lets a waiting track go on. */
@Injectable()
export class SendComplaintMessage {
  async run(input: SendComplaintMessageInput): Promise<SendComplaintMessageResult> {
    throw new Error(`not written yet (${input.now.toISOString()})`);
  }
}
