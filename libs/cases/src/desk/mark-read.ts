import { Injectable } from '@nestjs/common';
import type { CaseEventType } from '@recourse/domain';
import {
  findLastSeq,
  hasEventAfter,
  hasMessageRange,
  inTransaction,
  lockTrack,
  markMessagesReadByStaff,
  markTrackNewsRead,
} from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { appendToRecord } from '../record/append-to-record';
import type { SignedInStaff } from '../staff/signed-in-staff';
import { findVisibleCase } from './find-visible-case';
import { parseSeenMark, type Seen } from './seen-mark';

/** What {@link MarkRead} needs. */
export interface MarkReadInput {
  readonly actor: SignedInStaff;
  readonly reference: string;
  /** `seen` of the page that the reader was shown; absent when they saw everything until now. A text that is no mark says that nothing was seen. */
  readonly seen?: string;
  readonly now: Date;
}

/**
 * - `not_found`: no such case, or not the actor's, or a mark that no page of this case ever had: it names an event or a message that the case does not have. What another case has
 *   is not there either.
 * - `stale`: the complainant wrote after what the reader saw, who was to have seen everything new; nothing was marked.
 */
export type MarkReadResult = { readonly ok: true } | { readonly ok: false; readonly code: 'not_found' | 'stale' };

/** What a complainant brings after filing: the events that make news. */
const NEWS: readonly string[] = ['complaint_added_to', 'evidence_added', 'message_received'] satisfies CaseEventType[];

/**
 * Says that the staff saw the news of a case: no `new` mark in the queue, the complainant's messages count as read. Of an older page only the messages on it do, and the
 * case stays marked: what else is new was not on it.
 */
@Injectable()
export class MarkRead {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: MarkReadInput): Promise<MarkReadResult> {
    const { actor, reference, now } = input;
    const seen: Seen | undefined = input.seen === undefined ? undefined : (parseSeenMark(input.seen) ?? { kind: 'all', seq: 0 });
    return inTransaction(this.dataSource, async (tx): Promise<MarkReadResult> => {
      const found = await findVisibleCase(tx, actor, reference);
      if (found === undefined) {
        return { ok: false, code: 'not_found' };
      }
      // Whoever brings news touches the track (`recourse_flag_shown_news`): they are stored before this, and seen below, or wait until it is over.
      for (const { id } of found.tracks) {
        await lockTrack(tx, id);
      }
      if (seen !== undefined && !(await isOfThisCase(tx, found.file.id, seen))) {
        return { ok: false, code: 'not_found' };
      }
      if (seen?.kind === 'all' && (await hasEventAfter(tx, found.file.id, seen.seq, NEWS))) {
        return { ok: false, code: 'stale' };
      }
      if (seen?.kind !== 'page') {
        for (const { id } of found.tracks) {
          await markTrackNewsRead(tx, id, now);
        }
      }
      for (const messageId of await markMessages(tx, found.file.id, seen, now)) {
        const read = { type: 'message_read', payload: { messageId } } as const;
        await appendToRecord(tx, { ...read, caseId: found.file.id, actor: { kind: 'staff', id: actor.staffId }, now });
      }
      return { ok: true };
    });
  }
}

/** Whether there can have been a page with this mark. */
async function isOfThisCase(tx: EntityManager, caseId: string, seen: Seen): Promise<boolean> {
  const messages = seen.kind === 'page' ? seen.messages : undefined;
  return seen.seq <= (await findLastSeq(tx, caseId)) && (messages === undefined || hasMessageRange(tx, caseId, messages));
}

async function markMessages(tx: EntityManager, caseId: string, seen: Seen | undefined, now: Date): Promise<readonly string[]> {
  if (seen?.kind !== 'page') {
    return markMessagesReadByStaff(tx, caseId, now);
  }
  return seen.messages === undefined ? [] : markMessagesReadByStaff(tx, caseId, now, seen.messages);
}
