import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '../filing/complaint';
import type { ReceiptVisit } from './open-complaint-by-receipt';

/** Something the complainant wants to add to what they said. */
export interface AddToComplaintInput extends ReceiptVisit {
  /** UUID carried by the form or the `Idempotency-Key` header: the same key is the same addition. */
  readonly clientKey: string;
  readonly text: string;
}

/** `not_found` for a receipt that opens nothing; `text_invalid` when nothing was stored. */
export type AddToComplaintResult =
  | { readonly ok: true; readonly itemId: string; readonly repeated: boolean }
  | { readonly ok: false; readonly code: 'not_found' | 'key_not_a_uuid' }
  | { readonly ok: false; readonly code: 'text_invalid'; readonly problems: readonly FieldProblem[] };

/** Adds words to a complaint that is already filed. */
@Injectable()
export class AddToComplaint {
  async run(input: AddToComplaintInput): Promise<AddToComplaintResult> {
    throw new Error(`not written yet (${input.now.toISOString()})`);
  }
}
