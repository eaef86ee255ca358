import { Injectable } from '@nestjs/common';
import type { CaseEventType } from '@recourse/domain';
import { hasEventAfter, inTransaction, lockTrack, markMessagesReadByStaff, markTrackNewsRead } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { appendToRecord } from '../record/append-to-record';
import type { SignedInStaff } from '../staff/signed-in-staff';
import { findVisibleCase } from './find-visible-case';

/** What {@link MarkRead} needs. */
export interface MarkReadInput {
  readonly actor: SignedInStaff;
  readonly reference: string;
  /** `seq` of the last event of the record that the reader was shown with the newest page, which has all that is unread; absent when they saw everything until now. */
  readonly seenSeq?: number;
  readonly now: Date;
}

/**
 * - `not_found`: no such case, or not the actor's.
 * - `stale`: the complainant wrote after what the reader saw; nothing was marked.
 */
export type MarkReadResult = { readonly ok: true } | { readonly ok: false; readonly code: 'not_found' | 'stale' };

/** What a complainant brings after filing: the events that make news. */
const NEWS: readonly string[] = ['complaint_added_to', 'evidence_added', 'message_received'] satisfies CaseEventType[];

/** Says that the staff saw the news of a case: no `new` mark in the queue, the complainant's messages count as read. */
@Injectable()
export class MarkRead {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: MarkReadInput): Promise<MarkReadResult> {
    const { actor, reference, seenSeq, now } = input;
    return inTransaction(this.dataSource, async (tx): Promise<MarkReadResult> => {
      const found = await findVisibleCase(tx, actor, reference);
      if (found === undefined) {
        return { ok: false, code: 'not_found' };
      }
      // Whoever brings news touches the track (`recourse_flag_shown_news`): they are stored before this, and seen below, or wait until it is over.
      for (const { id } of found.tracks) {
        await lockTrack(tx, id);
      }
      if (seenSeq !== undefined && (await hasEventAfter(tx, found.file.id, seenSeq, NEWS))) {
        return { ok: false, code: 'stale' };
      }
      for (const { id } of found.tracks) {
        await markTrackNewsRead(tx, id, now);
      }
      for (const messageId of await markMessagesReadByStaff(tx, found.file.id, now)) {
        const read = { type: 'message_read', payload: { messageId } } as const;
        await appendToRecord(tx, { ...read, caseId: found.file.id, actor: { kind: 'staff', id: actor.staffId }, now });
      }
      return { ok: true };
    });
  }
}
