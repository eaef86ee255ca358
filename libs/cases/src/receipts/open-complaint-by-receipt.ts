import { Injectable } from '@nestjs/common';
import {
  countShownMessages,
  inTransaction,
  listShownEvidenceFiles,
  listShownIntakeItems,
  listShownMessages,
  listShownTracks,
  markShownMessagesRead,
  type ShownMessage,
  type ShownTrack,
} from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { additionWish, messageWish, type ConversationWish } from '../conversation/conversation-page';
import { FilingSecrets } from '../filing/filing-secrets';
import { RuleBook } from '../procedures/rule-book';
import { isAboutRules } from '../procedures/unfit-rules';
import { appendToRecord, COMPLAINANT } from '../record/append-to-record';
import type { ComplaintTrack, ComplaintView } from './complaint-view';
import { openedFile, openedItem, openedMessage, trackInPlainWords } from './open-shown-rows';
import { showCase, type ReceiptVisit } from './shown-case';

/** `not_found` is the one answer for every receipt that opens nothing. */
export type OpenComplaintResult = { readonly ok: true; readonly view: ComplaintView } | { readonly ok: false; readonly code: 'not_found' };

/** What {@link OpenComplaintByReceipt} needs. */
export interface OpenComplaintInput extends ReceiptVisit, ConversationWish {
  /** False when the messages are not about to be seen, as when the receipt is only tried: then they stay new. True when absent. */
  readonly isSeen?: boolean;
}

/**
 * Opens a complaint with its receipt, a page of its conversation at a time. Marks those of the staff's messages as read that are seen. A receipt that opens nothing takes the same
 * queries and the same derivation of keys.
 */
@Injectable()
export class OpenComplaintByReceipt {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: FilingSecrets,
    private readonly rules: RuleBook,
  ) {}

  async run({ digits, now, isSeen = true, ...wish }: OpenComplaintInput): Promise<OpenComplaintResult> {
    return inTransaction(this.dataSource, async (tx): Promise<OpenComplaintResult> => {
      // For every receipt, also one that opens nothing: whoever measures must not learn which it was.
      await this.rules.calendarsIn(tx);
      const shown = await showCase(tx, this.secrets, digits);
      const tracks = await listShownTracks(tx);
      const messages = await listShownMessages(tx, messageWish(wish));
      const counts = await countShownMessages(tx);
      const complaint = await listShownIntakeItems(tx, 'complaint', { limit: 1 });
      const additions = await listShownIntakeItems(tx, 'addition', additionWish(wish));
      const files = await listShownEvidenceFiles(tx);
      if (isSeen) {
        await markShownMessagesRead(
          tx,
          now,
          messages.rows.map(({ id }) => id),
        );
      }
      if (shown === undefined) {
        return { ok: false, code: 'not_found' };
      }
      const { file, keys } = shown;
      if (isSeen) {
        await recordReading(tx, file.id, messages.rows, now);
      }
      const view: ComplaintView = {
        reference: file.reference,
        receivedAt: file.receivedAt,
        language: file.language,
        answerLanguage: file.answerLanguage,
        ...(await this.inPlainWords(tx, tracks, now)),
        messages: messages.rows.map((message) => openedMessage(keys, file.id, message)),
        ...(messages.earlier === undefined ? {} : { earlierMessages: messages.earlier }),
        messageCount: counts.inAll,
        unreadCount: counts.unread,
        items: [...complaint.rows, ...additions.rows].map((item) => openedItem(keys, file.id, item)),
        ...(additions.earlier === undefined ? {} : { earlierAdditions: additions.earlier }),
        files: files.map((evidence) => openedFile(keys, file.id, evidence)),
        takesMessages: tracks.some(({ closedAt }) => closedAt === null),
      };
      return { ok: true, view };
    });
  }

  /** Messages need no rules: where these cannot be gone by, everything else is shown. */
  private async inPlainWords(
    tx: EntityManager,
    shown: readonly ShownTrack[],
    now: Date,
  ): Promise<Pick<ComplaintView, 'tracks' | 'areRulesReadable'>> {
    const tracks: ComplaintTrack[] = [];
    for (const track of shown) {
      try {
        const procedure = await this.rules.procedure(tx, track.procedureVersionId);
        tracks.push(trackInPlainWords(track, procedure, this.rules.calendars, now));
      } catch (error) {
        if (!isAboutRules(error)) {
          throw error;
        }
      }
    }
    return { tracks, areRulesReadable: tracks.length === shown.length };
  }
}

/** That somebody with the receipt has seen a message is a fact of the case: an answer that nobody fetched is no answer. */
async function recordReading(tx: EntityManager, caseId: string, messages: readonly ShownMessage[], now: Date): Promise<void> {
  for (const { id, direction, firstReadAt } of messages) {
    if (direction === 'to_complainant' && firstReadAt === null) {
      await appendToRecord(tx, { type: 'message_read', payload: { messageId: id }, caseId, actor: COMPLAINANT, now });
    }
  }
}
