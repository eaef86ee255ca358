import { Injectable } from '@nestjs/common';
import { flagShownNews, insertMessage, inTransaction, listShownMessages, listShownTracks } from '@recourse/persistence';
import { sealField } from '@recourse/vault';
import { DataSource, type EntityManager } from 'typeorm';
import { checkText } from '../filing/check-complaint';
import type { FieldProblem } from '../filing/complaint';
import { FilingSecrets } from '../filing/filing-secrets';
import { rowIdFor } from '../keys/client-key';
import { messageBodyPlace } from '../keys/places';
import { putInOutbox } from '../outbox/put-in-outbox';
import { lockClientKey } from '../receipts/lock-client-key';
import { openedMessage } from '../receipts/open-shown-rows';
import { showCase, type ReceiptVisit, type ShownCase } from '../receipts/shown-case';
import { appendToRecord, COMPLAINANT } from '../record/append-to-record';

/** A message from the complainant to the staff. */
export interface SendComplaintMessageInput extends ReceiptVisit {
  /** UUID carried by the form or the `Idempotency-Key` header: the same key is the same message. */
  readonly clientKey: string;
  readonly body: string;
}

/** `closed`: the complaint takes no more messages; something can still be added to it. `key_reused_with_other_body`: this key sent another text. */
export type SendComplaintMessageResult =
  | { readonly ok: true; readonly messageId: string; readonly sentAt: Date; readonly repeated: boolean }
  | { readonly ok: false; readonly code: 'not_found' | 'key_not_a_uuid' | 'key_reused_with_other_body' | 'closed' }
  | { readonly ok: false; readonly code: 'text_invalid'; readonly problems: readonly FieldProblem[] };

/**
 * Sends a message from the complainant. A track that waited for them goes on by itself: the public process may not move tracks, so the
 * worker does it when it takes `message_received` from the outbox (`TakeTriggeredAction`).
 */
@Injectable()
export class SendComplaintMessage {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: FilingSecrets,
  ) {}

  async run(input: SendComplaintMessageInput): Promise<SendComplaintMessageResult> {
    const checked = checkText('body', input.body);
    if (!checked.ok) {
      return { ok: false, code: 'text_invalid', problems: checked.problems };
    }
    return inTransaction(this.dataSource, async (tx): Promise<SendComplaintMessageResult> => {
      const shown = await showCase(tx, this.secrets, input.digits);
      if (shown === undefined) {
        return { ok: false, code: 'not_found' };
      }
      const messageId = rowIdFor(shown.file.id, input.clientKey);
      if (messageId === undefined) {
        return { ok: false, code: 'key_not_a_uuid' };
      }
      await lockClientKey(tx, messageId);
      const earlier = (await listShownMessages(tx)).find(({ id }) => id === messageId);
      if (earlier !== undefined) {
        return openedMessage(shown.keys, shown.file.id, earlier).body === checked.text
          ? { ok: true, messageId, sentAt: earlier.sentAt, repeated: true }
          : { ok: false, code: 'key_reused_with_other_body' };
      }
      if (!(await listShownTracks(tx)).some(({ closedAt }) => closedAt === null)) {
        return { ok: false, code: 'closed' };
      }
      await store(tx, shown, { messageId, body: checked.text, now: input.now });
      return { ok: true, messageId, sentAt: input.now, repeated: false };
    });
  }
}

async function store(tx: EntityManager, { file, keys }: ShownCase, sent: { messageId: string; body: string; now: Date }): Promise<void> {
  const { messageId, body, now } = sent;
  await insertMessage(tx, {
    id: messageId,
    caseId: file.id,
    direction: 'from_complainant',
    authorStaffId: null,
    sentAt: now,
    sealedBody: sealField(keys[0], messageBodyPlace(file.id, messageId), body),
    firstReadAt: null,
  });
  await flagShownNews(tx);
  await appendToRecord(tx, { type: 'message_received', payload: { messageId }, caseId: file.id, actor: COMPLAINANT, now });
  await putInOutbox(tx, { topic: 'message_received', payload: { caseId: file.id, messageId } }, now, `message_received:${messageId}`);
}
