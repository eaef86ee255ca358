import { Injectable } from '@nestjs/common';
import { findShownIntakeItem, flagShownNews, insertIntakeItem, inTransaction } from '@recourse/persistence';
import { sealJson } from '@recourse/vault';
import { DataSource, type EntityManager } from 'typeorm';
import { checkText } from '../filing/check-complaint';
import type { FieldProblem } from '../filing/complaint';
import { FilingSecrets } from '../filing/filing-secrets';
import type { IntakeAnswers } from '../filing/intake-answers';
import { rowIdFor } from '../keys/client-key';
import { answersPlace } from '../keys/places';
import { putInOutbox } from '../outbox/put-in-outbox';
import { appendToRecord, COMPLAINANT } from '../record/append-to-record';
import { CaseQuota, type OverQuota } from './case-quota';
import { keepToQuota } from './keep-to-quota';
import { lockClientKey } from './lock-client-key';
import { openedItem } from './open-shown-rows';
import { showCase, type ReceiptVisit, type ShownCase } from './shown-case';

/** Something the complainant wants to add to what they said. */
export interface AddToComplaintInput extends ReceiptVisit {
  /** UUID carried by the form or the `Idempotency-Key` header: the same key is the same addition. */
  readonly clientKey: string;
  readonly text: string;
}

/** `not_found` for a receipt that opens nothing; `key_reused_with_other_body` when this key added another text; `text_invalid` when nothing was stored. */
export type AddToComplaintResult =
  | { readonly ok: true; readonly itemId: string; readonly repeated: boolean }
  | { readonly ok: false; readonly code: 'not_found' | 'key_not_a_uuid' | 'key_reused_with_other_body' }
  | { readonly ok: false; readonly code: 'text_invalid'; readonly problems: readonly FieldProblem[] }
  | OverQuota;

/** Adds words to a complaint that is already filed, closed or not: what somebody wants to say is never sent away. */
@Injectable()
export class AddToComplaint {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: FilingSecrets,
    private readonly quota: CaseQuota = new CaseQuota(),
  ) {}

  async run(input: AddToComplaintInput): Promise<AddToComplaintResult> {
    const checked = checkText('text', input.text);
    if (!checked.ok) {
      return { ok: false, code: 'text_invalid', problems: checked.problems };
    }
    return inTransaction(this.dataSource, async (tx): Promise<AddToComplaintResult> => {
      const shown = await showCase(tx, this.secrets, input.digits);
      if (shown === undefined) {
        return { ok: false, code: 'not_found' };
      }
      const itemId = rowIdFor(shown.file.id, input.clientKey);
      if (itemId === undefined) {
        return { ok: false, code: 'key_not_a_uuid' };
      }
      await lockClientKey(tx, itemId);
      const earlier = await findShownIntakeItem(tx, itemId);
      if (earlier !== undefined) {
        return openedItem(shown.keys, shown.file.id, earlier).text === checked.text
          ? { ok: true, itemId, repeated: true }
          : { ok: false, code: 'key_reused_with_other_body' };
      }
      const answers: IntakeAnswers = { narrative: checked.text };
      const sealedAnswers = sealJson(shown.keys[0], answersPlace(shown.file.id, itemId), answers);
      const bringing = { kind: 'addition', bytes: sealedAnswers.length } as const;
      const over = await keepToQuota(tx, this.quota, { shown, bringing, now: input.now });
      if (over !== undefined) {
        return over;
      }
      await store(tx, shown, { itemId, sealedAnswers, now: input.now });
      return { ok: true, itemId, repeated: false };
    });
  }
}

async function store(tx: EntityManager, { file }: ShownCase, added: { itemId: string; sealedAnswers: Buffer; now: Date }): Promise<void> {
  const { itemId, sealedAnswers, now } = added;
  await insertIntakeItem(tx, {
    id: itemId,
    caseId: file.id,
    kind: 'addition',
    channel: 'web_form',
    receivedAt: now,
    sealedAnswers,
  });
  await flagShownNews(tx);
  await appendToRecord(tx, {
    type: 'complaint_added_to',
    payload: { intakeItemId: itemId },
    caseId: file.id,
    actor: COMPLAINANT,
    now,
  });
  await putInOutbox(tx, { topic: 'complaint_added_to', payload: { caseId: file.id } }, now, `complaint_added_to:${itemId}`);
}
