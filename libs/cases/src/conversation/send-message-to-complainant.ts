import { Injectable } from '@nestjs/common';
import { inTransaction } from '@recourse/persistence';
import { openField } from '@recourse/vault';
import { DataSource } from 'typeorm';
import { findVisibleCase } from '../desk/find-visible-case';
import { checkText } from '../filing/check-complaint';
import type { FieldProblem } from '../filing/complaint';
import { openKeysAsStaff } from '../keys/case-keys';
import { rowIdFor } from '../keys/client-key';
import { messageBodyPlace } from '../keys/places';
import { lockClientKey } from '../receipts/lock-client-key';
import { appendToRecord } from '../record/append-to-record';
import type { SignedInStaff } from '../staff/signed-in-staff';
import { findSentMessage, storeLetter } from './store-letter';

/** A message from a member of staff to the complainant. */
export interface SendMessageToComplainantInput {
  readonly actor: SignedInStaff;
  readonly reference: string;
  /** UUID carried by the form or the `Idempotency-Key` header: the same key is the same message. */
  readonly clientKey: string;
  readonly body: string;
  readonly now: Date;
}

/** `not_found` also for a case that is not the actor's; `key_reused_with_other_body` when this key sent another text. */
export type SendMessageToComplainantResult =
  | { readonly ok: true; readonly messageId: string; readonly sentAt: Date; readonly repeated: boolean }
  | { readonly ok: false; readonly code: 'not_found' | 'key_not_a_uuid' | 'key_reused_with_other_body' }
  | { readonly ok: false; readonly code: 'text_invalid'; readonly problems: readonly FieldProblem[] };

/** Writes to the complainant, who finds the message with their receipt; nudges them if they chose a route. */
@Injectable()
export class SendMessageToComplainant {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: SendMessageToComplainantInput): Promise<SendMessageToComplainantResult> {
    const { actor, now } = input;
    const checked = checkText('body', input.body);
    if (!checked.ok) {
      return { ok: false, code: 'text_invalid', problems: checked.problems };
    }
    return inTransaction(this.dataSource, async (tx): Promise<SendMessageToComplainantResult> => {
      const found = await findVisibleCase(tx, actor, input.reference);
      const keys = found && (await openKeysAsStaff(tx, actor, found.file.id));
      if (found === undefined || keys === undefined) {
        return { ok: false, code: 'not_found' };
      }
      const caseId = found.file.id;
      const messageId = rowIdFor(caseId, input.clientKey);
      if (messageId === undefined) {
        return { ok: false, code: 'key_not_a_uuid' };
      }
      await lockClientKey(tx, messageId);
      const earlier = await findSentMessage(tx, caseId, messageId);
      if (earlier !== undefined) {
        return openField(keys, messageBodyPlace(caseId, messageId), earlier.sealedBody) === checked.text
          ? { ok: true, messageId, sentAt: earlier.sentAt, repeated: true }
          : { ok: false, code: 'key_reused_with_other_body' };
      }
      await storeLetter(tx, { messageId, caseId, authorStaffId: actor.staffId, keys, body: checked.text, now });
      await appendToRecord(tx, { type: 'message_sent', payload: { messageId }, caseId, actor: { kind: 'staff', id: actor.staffId }, now });
      return { ok: true, messageId, sentAt: now, repeated: false };
    });
  }
}
