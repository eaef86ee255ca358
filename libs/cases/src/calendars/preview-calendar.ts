import { Injectable } from '@nestjs/common';
import { dateOf, parseCalendar, type CalendarDocument, type HolidaySource, type Problem } from '@recourse/domain';
import { findLatestCalendarVersion, inTransaction, listOpenClocks, type ClockOfTrack, type ClockPlace } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { RuleBook } from '../procedures/rule-book';
import { previewRequests, type RequestsPreview } from './preview-requests';
import { recompute, type Recomputation } from './recompute';

const PAGE = 500;

/** What {@link PreviewCalendar} needs. */
export interface PreviewCalendarInput {
  readonly text: string;
  readonly fileName: string;
  readonly holidays: HolidaySource;
  readonly now: Date;
}

/** An open clock that would end on another day. */
export interface MovedClock {
  readonly reference: string;
  /** Code of the clock in its procedure. */
  readonly clock: string;
  readonly from: Date;
  readonly to: Date;
  /** The same two as the calendar counts them, `YYYY-MM-DD`. */
  readonly fromOn: string;
  readonly toOn: string;
  /** True when it is paused: then `to` is when it would have ended, and what is left of it changes with it. */
  readonly isPaused: boolean;
  /** True when it would be over the moment the calendar is published, and is not now. */
  readonly isOverAtOnce: boolean;
}

/** What publishing would do, counted and listed. */
export interface CalendarPreview extends RequestsPreview {
  readonly document: CalendarDocument;
  /** The version that would be replaced; 0 for none. */
  readonly replaces: number;
  readonly openClocks: number;
  /** By reference. */
  readonly moved: readonly MovedClock[];
  /** Clocks that the record does not explain: they would be laid out anew from now on. */
  readonly unexplained: number;
  /** Open clocks that started before the first day for which the calendar knows holidays: days of rest in their past would count as worked. */
  readonly startedBefore: number;
  /** Open clocks that would end after the last day for which it does. */
  readonly endAfter: number;
}

/** The preview, or every mistake in the document. */
export type PreviewCalendarResult =
  { readonly ok: true; readonly preview: CalendarPreview } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Tells which open clocks, and which requests for a second person, would move if a calendar were published. Changes nothing. Run as the owner. */
@Injectable()
export class PreviewCalendar {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ruleBook: RuleBook,
  ) {}

  async run({ text, fileName, holidays, now }: PreviewCalendarInput): Promise<PreviewCalendarResult> {
    const parsed = parseCalendar(text, fileName, holidays);
    if (!parsed.ok) {
      return parsed;
    }
    const { ok: _ok, ...document } = parsed;
    const { code } = document.calendar;
    const replaces = (await findLatestCalendarVersion(this.dataSource.manager, code))?.version ?? 0;
    const tally = new Tally({ ...document, calendar: { ...document.calendar, version: replaces + 1 } }, now);
    let after: ClockPlace | undefined;
    let count: number;
    do {
      const page = await inTransaction(this.dataSource, async (tx) => {
        const clocks = await listOpenClocks(tx, code, PAGE, after);
        tally.take(clocks, clocks.length === 0 ? [] : await recompute(tx, this.ruleBook, clocks, tally.calendar, now));
        return clocks;
      });
      const last = page.at(-1)?.deadline;
      after = last && { id: last.id, calendarVersion: last.calendarVersion };
      count = page.length;
    } while (count === PAGE);
    const requests = await previewRequests(this.dataSource, this.ruleBook, tally.calendar, now);
    return { ok: true, preview: { document, replaces, ...tally.result(), ...requests } };
  }
}

/** Counts as pages come in. */
class Tally {
  #openClocks = 0;
  #unexplained = 0;
  #startedBefore = 0;
  #endAfter = 0;
  readonly #moved: MovedClock[] = [];

  constructor(
    private readonly document: CalendarDocument,
    private readonly now: Date,
  ) {}

  get calendar(): CalendarDocument['calendar'] {
    return this.document.calendar;
  }

  take(clocks: readonly ClockOfTrack[], recomputed: readonly Recomputation[]): void {
    this.#openClocks += clocks.length;
    for (const [index, { deadline, end, isMoved }] of recomputed.entries()) {
      const known = this.calendar.holidaysKnown;
      if (!end.isReplayed) this.#unexplained += 1;
      if (known !== undefined && dateOf(this.calendar, deadline.startedAt) < known.from) this.#startedBefore += 1;
      if (known !== undefined && dateOf(this.calendar, end.dueAt) > known.until) this.#endAfter += 1;
      if (!isMoved) continue;
      this.#moved.push({
        reference: clocks[index]?.reference ?? '',
        clock: deadline.kind,
        from: deadline.dueAt,
        to: end.dueAt,
        fromOn: dateOf(this.calendar, deadline.dueAt),
        toOn: dateOf(this.calendar, end.dueAt),
        isPaused: deadline.state === 'paused',
        isOverAtOnce: deadline.state === 'running' && end.dueAt <= this.now && deadline.dueAt > this.now,
      });
    }
  }

  result(): Pick<CalendarPreview, 'openClocks' | 'moved' | 'unexplained' | 'startedBefore' | 'endAfter'> {
    const moved = [...this.#moved].sort((one, other) => Number(one.reference > other.reference) - Number(one.reference < other.reference));
    return {
      openClocks: this.#openClocks,
      moved,
      unexplained: this.#unexplained,
      startedBefore: this.#startedBefore,
      endAfter: this.#endAfter,
    };
  }
}
