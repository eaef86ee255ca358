import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '../filing/complaint';
import type { SignedInStaff } from '../staff/signed-in-staff';

/** A message from a member of staff to the complainant. */
export interface SendMessageToComplainantInput {
  readonly actor: SignedInStaff;
  readonly reference: string;
  /** UUID carried by the form or the `Idempotency-Key` header: the same key is the same message. */
  readonly clientKey: string;
  readonly body: string;
  readonly now: Date;
}

/** `not_found` also for a case that is not the actor's. */
export type SendMessageToComplainantResult =
  | { readonly ok: true; readonly messageId: string; readonly sentAt: Date; readonly repeated: boolean }
  | { readonly ok: false; readonly code: 'not_found' | 'key_not_a_uuid' }
  | { readonly ok: false; readonly code: 'text_invalid'; readonly problems: readonly FieldProblem[] };

/** Writes to the complainant, who finds the message with their receipt; nudges them if they chose a route. */
@Injectable()
export class SendMessageToComplainant {
  async run(input: SendMessageToComplainantInput): Promise<SendMessageToComplainantResult> {
    throw new Error(`not written yet (${input.now.toISOString()})`);
  }
}
