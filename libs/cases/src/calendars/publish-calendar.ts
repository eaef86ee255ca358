import { Injectable } from '@nestjs/common';
import { parseCalendar, type CalendarDocument, type HolidaySource, type Problem } from '@recourse/domain';
import { findLatestCalendarVersion, insertCalendarVersion, inTransaction, isUniqueViolation } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { putInOutbox } from '../outbox/put-in-outbox';
import { calendarHash } from '../procedures/content-hash';

/** What {@link PublishCalendar} needs. */
export interface PublishCalendarInput {
  /** The YAML document. */
  readonly text: string;
  /** Its name, for messages. */
  readonly fileName: string;
  /** Data about public holidays ({@link loadPublicHolidays}). */
  readonly holidays: HolidaySource;
  /** The version that whoever publishes has seen and means to replace, 0 for none; when another one is the latest, nothing is published. */
  readonly replaces: number;
  readonly now: Date;
}

/**
 * - `published: false`: exactly this is the latest version already.
 * - `invalid`: the document has mistakes; every one is listed.
 * - `overtaken`: `version` is the latest, and whoever publishes has not seen it: what it changed would be undone.
 */
export type PublishCalendarResult =
  | {
      readonly ok: true;
      readonly published: boolean;
      readonly calendar: string;
      readonly version: number;
      readonly document: CalendarDocument;
    }
  | { readonly ok: false; readonly code: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly code: 'overtaken'; readonly calendar: string; readonly version: number };

type Content = { readonly text: string; readonly resolved: CalendarDocument; readonly contentHash: Buffer };

/**
 * Publishes a calendar as its next version, with every holiday written out. The worker is asked, in the same transaction, to recompute the open clocks that are
 * counted by it. Run as the owner.
 */
@Injectable()
export class PublishCalendar {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: PublishCalendarInput): Promise<PublishCalendarResult> {
    // One document is one sequence of bytes, whatever the editor does at the ends of lines.
    const text = input.text.replace(/\r\n?/g, '\n');
    const parsed = parseCalendar(text, input.fileName, input.holidays);
    if (!parsed.ok) {
      return { ok: false, code: 'invalid', problems: parsed.problems };
    }
    const { ok: _ok, ...resolved } = parsed;
    const content = { text, resolved, contentHash: calendarHash(text, resolved) };
    try {
      return await this.publish(content, input);
    } catch (error) {
      // Somebody published this number at the same moment; what they published decides.
      if (!isUniqueViolation(error, 'calendar_version_calendar_version_uq')) {
        throw error;
      }
      return this.publish(content, { ...input, replaces: -1 });
    }
  }

  private publish({ text, resolved, contentHash }: Content, { replaces, now }: PublishCalendarInput): Promise<PublishCalendarResult> {
    const calendar = resolved.calendar.code;
    return inTransaction(this.dataSource, async (tx): Promise<PublishCalendarResult> => {
      const latest = await findLatestCalendarVersion(tx, calendar);
      const before = latest?.version ?? 0;
      if (latest?.contentHash.equals(contentHash) === true) {
        return { ok: true, published: false, calendar, version: before, document: resolved };
      }
      if (replaces !== before) {
        return { ok: false, code: 'overtaken', calendar, version: before };
      }
      const id = v7();
      const version = before + 1;
      await insertCalendarVersion(tx, {
        id,
        calendar,
        version,
        contentHash,
        document: text,
        resolved,
        holidaySource: resolved.origin?.source ?? null,
        knownUntil: resolved.calendar.holidaysKnown?.until ?? null,
        publishedAt: now,
      });
      await putInOutbox(tx, { topic: 'calendar_published', payload: { calendarVersionId: id } }, now, `calendar_published:${id}`);
      return { ok: true, published: true, calendar, version, document: resolved };
    });
  }
}
