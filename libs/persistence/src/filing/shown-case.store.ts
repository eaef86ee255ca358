import type { EntityManager } from 'typeorm';

import { historyArguments, historyPage, type HistoryPage, type HistoryWish } from '../database/history-page';
import { toSafeInteger } from '../database/safe-integer';
import type { Message } from '../conversation/message.entity';
import type { Track } from '../tracks/track.entity';
import type { CaseFile } from './case-file.entity';
import type { CaseKeyGrant } from './case-key-grant.entity';
import type { EvidenceFile } from './evidence-file.entity';
import type { IntakeItem } from './intake-item.entity';

/*
 * What the holder of a receipt sees. Each function answers for the receipt shown in this transaction (`showReceipt`), and gives
 * nothing when none was shown. They are the only way in which intake reads a case (migrations/0003_intake_door.sql).
 */

/** The readable facts of the shown case. */
export type ShownCaseFile = Omit<CaseFile, 'companyId'>;
/** A case key sealed to the shown receipt. */
export type ShownKey = Pick<CaseKeyGrant, 'id' | 'keyVersion' | 'sealedKey' | 'grantedAt'>;
/** A track of the shown case, without the people who work on it. */
export type ShownTrack = Omit<Track, 'caseId' | 'teamId' | 'assigneeId' | 'parentTrackId' | 'hasNews' | 'newsReadAt'> & {
  /** Code of the calendar of the clock that is due next: its days are the days to show. */
  readonly nextDueCalendar: string | null;
  /** Code of that clock. */
  readonly nextDueClock: string | null;
  /** The first end of that clock, where it ran out and was given more time. */
  readonly nextDueMissedAt: Date | null;
  /** True when a clock waits, usually for the complainant. */
  readonly isPaused: boolean;
  /** When a paused clock goes on by itself, and the calendar that counts its days; null when none does. */
  readonly pausedUntil: Date | null;
  readonly pauseCalendar: string | null;
  /** The first end of a clock that waits, where it ran out and was given more time before, and the calendar that counts its days. */
  readonly pausedMissedAt: Date | null;
  readonly pausedMissedCalendar: string | null;
};
/** A message of the shown case, without its author. */
export type ShownMessage = Omit<Message, 'caseId' | 'authorStaffId'>;
/** An intake item of the shown case. */
export type ShownIntakeItem = Omit<IntakeItem, 'caseId'>;
/** A file of the shown case. */
export type ShownEvidenceFile = Pick<
  EvidenceFile,
  'id' | 'intakeItemId' | 'receivedAt' | 'sealedName' | 'mediaType' | 'sizeBytes' | 'sealedPlainSha256'
>;

/** The shown case, or undefined. */
export async function findShownCaseFile(tx: EntityManager): Promise<ShownCaseFile | undefined> {
  const [found] = await tx.query<ShownCaseFile[]>(
    `SELECT id, reference, received_at AS "receivedAt", channel, language, answer_language AS "answerLanguage", country, kind, anonymity,
            desk_team_id AS "deskTeamId"
     FROM recourse_shown_case_file()`,
  );
  return found;
}

/** The case keys sealed to the shown receipt, newest version first. */
export async function listShownKeys(tx: EntityManager): Promise<readonly ShownKey[]> {
  return tx.query<ShownKey[]>(
    'SELECT id, key_version AS "keyVersion", sealed_key AS "sealedKey", granted_at AS "grantedAt" FROM recourse_shown_keys()',
  );
}

/** The tracks of the shown case, oldest first. */
export async function listShownTracks(tx: EntityManager): Promise<readonly ShownTrack[]> {
  return tx.query<ShownTrack[]>(
    `SELECT id, procedure_version_id AS "procedureVersionId", procedure, stage, revision, opened_at AS "openedAt",
            stage_entered_at AS "stageEnteredAt", closed_at AS "closedAt", outcome, next_due_at AS "nextDueAt",
            next_due_calendar AS "nextDueCalendar", next_due_clock AS "nextDueClock", next_due_missed_at AS "nextDueMissedAt",
            is_paused AS "isPaused", paused_until AS "pausedUntil", pause_calendar AS "pauseCalendar",
            paused_missed_at AS "pausedMissedAt", paused_missed_calendar AS "pausedMissedCalendar"
     FROM recourse_shown_tracks()`,
  );
}

/** One page of the messages of the shown case. */
export async function listShownMessages(tx: EntityManager, wish: HistoryWish): Promise<HistoryPage<ShownMessage>> {
  const found = await tx.query<(ShownMessage & { cursorAt: string })[]>(
    `SELECT id, direction, sent_at AS "sentAt", sealed_body AS "sealedBody", first_read_at AS "firstReadAt", sent_at::text AS "cursorAt"
     FROM recourse_shown_messages($1, $2, $3)`,
    historyArguments(wish),
  );
  return historyPage(found, wish);
}

/** How many messages the shown case has, and how many of those to the complainant are unread. */
export async function countShownMessages(tx: EntityManager): Promise<{ readonly inAll: number; readonly unread: number }> {
  const [row] = await tx.query<{ inAll: string; unread: string }[]>(
    'SELECT in_all AS "inAll", unread FROM recourse_shown_message_counts()',
  );
  return { inAll: toSafeInteger(row?.inAll ?? '0'), unread: toSafeInteger(row?.unread ?? '0') };
}

/** One message of the shown case, or undefined. */
export async function findShownMessage(tx: EntityManager, id: string): Promise<ShownMessage | undefined> {
  const [found] = await tx.query<ShownMessage[]>(
    `SELECT id, direction, sent_at AS "sentAt", sealed_body AS "sealedBody", first_read_at AS "firstReadAt" FROM recourse_shown_message($1)`,
    [id],
  );
  return found;
}

/** One page of the complaint itself (there is one) or of what was added to it. */
export async function listShownIntakeItems(
  tx: EntityManager,
  kind: IntakeItem['kind'],
  wish: HistoryWish,
): Promise<HistoryPage<ShownIntakeItem>> {
  const found = await tx.query<(ShownIntakeItem & { cursorAt: string })[]>(
    `SELECT id, kind, channel, received_at AS "receivedAt", sealed_answers AS "sealedAnswers", received_at::text AS "cursorAt"
     FROM recourse_shown_intake_items($1, $2, $3, $4)`,
    [kind, ...historyArguments(wish)],
  );
  return historyPage(found, wish);
}

/** The complaint or one addition of the shown case, or undefined. */
export async function findShownIntakeItem(tx: EntityManager, id: string): Promise<ShownIntakeItem | undefined> {
  const [found] = await tx.query<ShownIntakeItem[]>(
    `SELECT id, kind, channel, received_at AS "receivedAt", sealed_answers AS "sealedAnswers" FROM recourse_shown_intake_item($1)`,
    [id],
  );
  return found;
}

/** The files of the shown case, oldest first. */
export async function listShownEvidenceFiles(tx: EntityManager): Promise<readonly ShownEvidenceFile[]> {
  const rows = await tx.query<(Omit<ShownEvidenceFile, 'sizeBytes'> & { sizeBytes: string })[]>(
    `SELECT id, intake_item_id AS "intakeItemId", received_at AS "receivedAt", sealed_name AS "sealedName", media_type AS "mediaType",
            size_bytes AS "sizeBytes", sealed_plain_sha256 AS "sealedPlainSha256"
     FROM recourse_shown_evidence_files()`,
  );
  return rows.map((row) => ({ ...row, sizeBytes: toSafeInteger(row.sizeBytes) }));
}

/**
 * Notes that the complainant has now seen these of the messages sent to them. Those read before keep their instant.
 * @returns ids of the messages that were new
 */
export async function markShownMessagesRead(tx: EntityManager, now: Date, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }[]>('SELECT id FROM recourse_mark_shown_messages_read($1, $2) AS id', [now, ids]);
  return rows.map(({ id }) => id);
}

/** Puts the open tracks of the shown case among those with something new. */
export async function flagShownNews(tx: EntityManager): Promise<void> {
  await tx.query('SELECT recourse_flag_shown_news()');
}

/** What the complainant brought at one instant, or, where `at` is null, before the time that was asked about. */
export interface BroughtThings {
  readonly kind: 'message' | 'addition' | 'file';
  readonly at: Date | null;
  readonly count: number;
  /** As stored: sealed, so a little more than what was sent. */
  readonly bytes: number;
}

/** What the complainant brought to the shown case after filing: each instant after `since`, and all before it together. */
export async function listShownUse(tx: EntityManager, since: Date): Promise<readonly BroughtThings[]> {
  const rows = await tx.query<(Pick<BroughtThings, 'kind' | 'at'> & { count: string; bytes: string })[]>(
    'SELECT kind, at, count, bytes FROM recourse_shown_use($1)',
    [since],
  );
  return rows.map(({ kind, at, count, bytes }) => ({ kind, at, count: toSafeInteger(count), bytes: toSafeInteger(bytes) }));
}
