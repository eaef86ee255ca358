import { Injectable } from '@nestjs/common';
import type { ComplaintView } from './complaint-view';

/** A normalised receipt (24 digits, `normaliseReceipt`) and the moment of the visit. */
export interface ReceiptVisit {
  readonly digits: string;
  readonly now: Date;
}

/** `not_found` is the one answer for every receipt that opens nothing. */
export type OpenComplaintResult =
  | { readonly ok: true; readonly view: ComplaintView }
  | { readonly ok: false; readonly code: 'not_found' };

/** Opens a complaint with its receipt. Marks the staff's messages as read. */
@Injectable()
export class OpenComplaintByReceipt {
  async run(visit: ReceiptVisit): Promise<OpenComplaintResult> {
    throw new Error(`not written yet (${visit.now.toISOString()})`);
  }
}
