import { Injectable } from '@nestjs/common';
import { inTransaction, markMessagesReadByStaff, setTrackNews } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { appendToRecord } from '../record/append-to-record';
import type { SignedInStaff } from '../staff/signed-in-staff';
import { findVisibleCase } from './find-visible-case';

/** What {@link MarkRead} needs. */
export interface MarkReadInput {
  readonly actor: SignedInStaff;
  readonly reference: string;
  readonly now: Date;
}

/** `not_found` also for a case that is not the actor's. */
export type MarkReadResult = { readonly ok: true } | { readonly ok: false; readonly code: 'not_found' };

/** Says that the staff saw the news of a case: no `new` mark in the queue, the complainant's messages count as read. */
@Injectable()
export class MarkRead {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: MarkReadInput): Promise<MarkReadResult> {
    return inTransaction(this.dataSource, async (tx): Promise<MarkReadResult> => {
      const found = await findVisibleCase(tx, input.actor, input.reference);
      if (found === undefined) {
        return { ok: false, code: 'not_found' };
      }
      for (const track of found.tracks) {
        await setTrackNews(tx, track.id, false);
      }
      const { actor, now } = input;
      for (const messageId of await markMessagesReadByStaff(tx, found.file.id, now)) {
        await appendToRecord(tx, {
          type: 'message_read',
          payload: { messageId },
          caseId: found.file.id,
          actor: { kind: 'staff', id: actor.staffId },
          now,
        });
      }
      return { ok: true };
    });
  }
}
