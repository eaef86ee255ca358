import { Injectable } from '@nestjs/common';
import { findShownMessage, flagShownNews, insertMessage, inTransaction, listShownTracks } from '@recourse/persistence';
import { sealField } from '@recourse/vault';
import { DataSource, type EntityManager } from 'typeorm';
import { checkText } from '../filing/check-complaint';
import type { FieldProblem } from '../filing/complaint';
import { FilingSecrets } from '../filing/filing-secrets';
import { rowIdFor } from '../keys/client-key';
import { messageBodyPlace } from '../keys/places';
import { putInOutbox } from '../outbox/put-in-outbox';
import { CaseQuota, type OverQuota } from '../receipts/case-quota';
import { keepToQuota } from '../receipts/keep-to-quota';
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
  | { readonly ok: false; readonly code: 'text_invalid'; readonly problems: readonly FieldProblem[] }
  | OverQuota;

/**
 * Sends a message from the complainant. A track that waited for them goes on by itself: the public process may not move tracks, so the
 * worker does it when it takes `message_received` from the outbox (`TakeTriggeredAction`).
 */
@Injectable()
export class SendComplaintMessage {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: FilingSecrets,
    private readonly quota: CaseQuota = new CaseQuota(),
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
      const earlier = await findShownMessage(tx, messageId);
      if (earlier !== undefined) {
        return openedMessage(shown.keys, shown.file.id, earlier).body === checked.text
          ? { ok: true, messageId, sentAt: earlier.sentAt, repeated: true }
          : { ok: false, code: 'key_reused_with_other_body' };
      }
      if (!(await listShownTracks(tx)).some(({ closedAt }) => closedAt === null)) {
        return { ok: false, code: 'closed' };
      }
      const sealedBody = sealField(shown.keys[0], messageBodyPlace(shown.file.id, messageId), checked.text);
      const bringing = { kind: 'message', bytes: sealedBody.length } as const;
      const over = await keepToQuota(tx, this.quota, { shown, bringing, now: input.now });
      if (over !== undefined) {
        return over;
      }
      await store(tx, shown, { messageId, sealedBody, now: input.now });
      return { ok: true, messageId, sentAt: input.now, repeated: false };
    });
  }
}

async function store(tx: EntityManager, { file }: ShownCase, sent: { messageId: string; sealedBody: Buffer; now: Date }): Promise<void> {
  const { messageId, sealedBody, now } = sent;
  await insertMessage(tx, {
    id: messageId,
    caseId: file.id,
    direction: 'from_complainant',
    authorStaffId: null,
    sentAt: now,
    sealedBody,
    firstReadAt: null,
  });
  await flagShownNews(tx);
  await appendToRecord(tx, { type: 'message_received', payload: { messageId }, caseId: file.id, actor: COMPLAINANT, now });
  await putInOutbox(tx, { topic: 'message_received', payload: { caseId: file.id, messageId } }, now, `message_received:${messageId}`);
}
