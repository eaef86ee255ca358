import { findMessage, insertMessage, type Message } from '@recourse/persistence';
import { sealField } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import type { CaseKeys } from '../keys/case-keys';
import { messageBodyPlace } from '../keys/places';
import { putInOutbox } from '../outbox/put-in-outbox';

/** A letter from a member of staff to the complainant. */
export interface Letter {
  readonly messageId: string;
  readonly caseId: string;
  readonly authorStaffId: string;
  readonly keys: CaseKeys;
  readonly body: string;
  readonly now: Date;
}

/** Seals and stores a letter, and asks the worker to nudge the complainant. The event is the caller's to write. */
export async function storeLetter(tx: EntityManager, letter: Letter): Promise<void> {
  const { messageId, caseId, now } = letter;
  await insertMessage(tx, {
    id: messageId,
    caseId,
    direction: 'to_complainant',
    authorStaffId: letter.authorStaffId,
    sentAt: now,
    sealedBody: sealField(letter.keys[0], messageBodyPlace(caseId, messageId), letter.body),
    firstReadAt: null,
  });
  await putInOutbox(tx, { topic: 'message_sent', payload: { caseId, messageId } }, now, `message_sent:${messageId}`);
}

/** A message that was sent before under the same client key, or undefined. */
export async function findSentMessage(tx: EntityManager, caseId: string, messageId: string): Promise<Message | undefined> {
  return findMessage(tx, caseId, messageId);
}
