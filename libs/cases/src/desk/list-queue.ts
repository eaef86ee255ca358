import { Injectable } from '@nestjs/common';
import { findOutcome, stageOf, visibleCases, type Calendars, type Procedure, type Wording } from '@recourse/domain';
import { countQueue, listQueue, QUEUE_PARTS, type QueuePart, type QueueRow } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { dueDay, type DueDay } from '../procedures/due-day';
import { RuleBook } from '../procedures/rule-book';
import type { StaffIdentity } from '../staff/signed-in-staff';

/** Which part of the queue: what has news, what is mine, what runs out within a week, what is late, all that is open, what is closed. */
export type QueueFilter = QueuePart;

/** What {@link ListQueue} needs. */
export interface ListQueueInput {
  readonly actor: StaffIdentity;
  readonly filter: QueueFilter;
  /** `next` of the page before; a text that is not one gives the first page. */
  readonly after?: string;
  /** Rows a page, 1–200; 50 when absent. */
  readonly limit?: number;
  readonly now: Date;
}

/** One track in the queue. Nothing sealed is in it. */
export interface QueueItem {
  readonly reference: string;
  readonly trackId: string;
  readonly procedure: string;
  readonly stage: string;
  /** False when its procedure, or a calendar that this names, is damaged: then nothing is here that only they tell, the names and the day. */
  readonly areRulesReadable: boolean;
  readonly stageName?: Wording;
  readonly revision: number;
  readonly receivedAt: Date;
  readonly stageEnteredAt: Date;
  readonly channel: string;
  readonly language: string;
  readonly country?: string;
  readonly kind: string;
  readonly anonymity: string;
  readonly company?: { readonly id: string; readonly name: string };
  readonly assignee?: { readonly id: string; readonly displayName: string };
  /** When the next clock runs out; absent when every clock waits, the track is closed, or its rules cannot be read. */
  readonly nextDueAt?: Date;
  /** The same as a day of the clock's calendar, `YYYY-MM-DD`: what to show. */
  readonly nextDueOn?: string;
  /** True when it runs out in the middle of that day: then show the hour too. */
  readonly nextDueWithinTheDay?: boolean;
  readonly isLate: boolean;
  readonly hasNews: boolean;
  readonly closed: boolean;
  readonly outcome?: string;
  /** As the procedure names it; absent where the code is not among its outcomes. */
  readonly outcomeName?: Wording;
}

/** One page of the queue, soonest due first, and the counts of each filter, counted up to {@link QUEUE_COUNT_CAP}. */
export interface QueuePage {
  readonly items: readonly QueueItem[];
  /** Give it as `after` for the next page; absent on the last one. */
  readonly next?: string;
  readonly counts: Readonly<Record<QueueFilter, number>>;
}

/** Counts stop here: a page says “999+”, and the work stays the same however many cases there are. */
export const QUEUE_COUNT_CAP = 1_000;

/** What runs out within this time, and has not run out yet, is due soon: in the queue, on the board, and where a date is marked. */
export const DUE_WITHIN_MS = 7 * 24 * 3_600_000;
const LARGEST_PAGE = 200;

/** Rows a page, 1–200. @param limit what was asked for; 50 when absent */
export function pageSize(limit: number | undefined): number {
  return Math.min(Math.max(Math.trunc(limit ?? 50), 1), LARGEST_PAGE);
}

/** Lists the tracks the actor may see. */
@Injectable()
export class ListQueue {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  async run(input: ListQueueInput): Promise<QueuePage> {
    const { manager } = this.dataSource;
    const { actor, now } = input;
    const query = {
      scope: visibleCases(actor),
      staffId: actor.staffId,
      now,
      dueUntil: new Date(now.getTime() + DUE_WITHIN_MS),
    };
    const limit = pageSize(input.limit);
    const after = input.after === undefined ? {} : { after: input.after };
    const [{ rows, next }, counts] = await Promise.all([
      listQueue(manager, { ...query, part: input.filter, limit, ...after }),
      countQueue(manager, query, QUEUE_PARTS, QUEUE_COUNT_CAP),
    ]);
    const procedures = await this.rules.readable(
      manager,
      rows.map(({ procedureVersionId }) => procedureVersionId),
    );
    const items = rows.map((row) => ({
      ...factsOf(row, now),
      ...wordsOf(row, procedures.get(row.procedureVersionId), this.rules.calendars),
    }));
    return { items, counts, ...(next === undefined ? {} : { next }) };
  }
}

/** What its rules say about a row. */
type WordsOfRow = Pick<QueueItem, 'areRulesReadable' | 'stageName' | 'outcomeName' | 'nextDueAt' | 'nextDueOn' | 'nextDueWithinTheDay'>;

function factsOf(row: QueueRow, now: Date): Omit<QueueItem, keyof WordsOfRow> {
  const { companyId, companyName, assigneeId, assigneeName, nextDueAt } = row;
  return {
    reference: row.reference,
    trackId: row.trackId,
    procedure: row.procedure,
    stage: row.stage,
    revision: row.revision,
    receivedAt: row.receivedAt,
    stageEnteredAt: row.stageEnteredAt,
    channel: row.channel,
    language: row.language,
    ...(row.country === null ? {} : { country: row.country }),
    kind: row.kind,
    anonymity: row.anonymity,
    ...(companyId === null || companyName === null ? {} : { company: { id: companyId, name: companyName } }),
    ...(assigneeId === null || assigneeName === null ? {} : { assignee: { id: assigneeId, displayName: assigneeName } }),
    isLate: row.closedAt === null && nextDueAt !== null && nextDueAt <= now,
    hasNews: row.hasNews,
    closed: row.closedAt !== null,
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
  };
}

function wordsOf(
  { stage, outcome, nextDueAt, nextDueCalendar }: QueueRow,
  procedure: Procedure | undefined,
  calendars: Calendars,
): WordsOfRow {
  if (procedure === undefined) {
    return { areRulesReadable: false };
  }
  const closing = outcome === null ? undefined : findOutcome(procedure, outcome);
  return {
    areRulesReadable: true,
    stageName: stageOf(procedure, stage).staffName,
    ...(nextDueAt === null ? {} : nextDue(dueDay(calendars, nextDueCalendar, nextDueAt), nextDueAt)),
    ...(closing === undefined ? {} : { outcomeName: closing.staffName }),
  };
}

function nextDue({ dueOn, withinTheDay }: DueDay, nextDueAt: Date): Pick<QueueItem, 'nextDueAt' | 'nextDueOn' | 'nextDueWithinTheDay'> {
  return { nextDueAt, nextDueOn: dueOn, nextDueWithinTheDay: withinTheDay };
}
