import { Injectable } from '@nestjs/common';
import { clockName, findAction, stageOf, visibleCases, type Calendars, type Procedure, type Wording } from '@recourse/domain';
import {
  countLongPauses,
  countOverdueApprovals,
  countQueue,
  listLongPauses,
  listOverdueApprovals,
  listQueue,
  type BoardRow,
  type LongPauseRow,
  type OverdueApprovalRow,
  type QueueRow,
} from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { dueDay } from '../procedures/due-day';
import { RuleBook } from '../procedures/rule-book';
import type { StaffIdentity } from '../staff/signed-in-staff';
import { BoardRules } from './board-rules';
import { DUE_WITHIN_MS, pageSize, QUEUE_COUNT_CAP } from './list-queue';

/**
 * What somebody who answers for a team looks for, in the order of the board: what has run out, what runs out within a week, what has waited too long, what is
 * in nobody's hands, and which second person has not answered in time.
 */
export const BOARD_PARTS = ['late', 'coming', 'paused', 'unheld', 'approvals'] as const;
/** One of {@link BOARD_PARTS}. */
export type BoardPart = (typeof BOARD_PARTS)[number];

/** What {@link ListBoard} needs. */
export interface ListBoardInput {
  readonly actor: StaffIdentity;
  readonly part: BoardPart;
  /** `next` of the page before; a text that is not one gives the first page. */
  readonly after?: string;
  /** Lines a page, 1–200; 50 when absent. */
  readonly limit?: number;
  readonly now: Date;
}

/** One line of the board. Nothing sealed is in it. A track may have several lines where several of its clocks wait. */
export interface BoardItem {
  readonly reference: string;
  readonly trackId: string;
  readonly team: { readonly id: string; readonly name: string };
  readonly procedure: string;
  readonly stage: string;
  /** False when its procedure, or a calendar that this names, is damaged: then nothing is here that only they tell, neither a name nor a day. */
  readonly areRulesReadable: boolean;
  readonly stageName?: Wording;
  readonly kind: string;
  readonly country?: string;
  readonly company?: { readonly id: string; readonly name: string };
  /** Whom it was given to. In part `unheld`: somebody who has left. */
  readonly assignee?: { readonly id: string; readonly displayName: string };
  /** The clock that runs out next, in the parts `late`, `coming` and `unheld`. Days are those of the clock's calendar, `YYYY-MM-DD`. */
  readonly due?: {
    readonly clock?: string;
    readonly clockName?: Wording;
    readonly at: Date;
    readonly on: string;
    /** True when it runs out in the middle of that day: then show the hour too. */
    readonly withinTheDay: boolean;
    readonly isLate: boolean;
    /** The day on which it first ran out, when it was given more time after that. */
    readonly missedOn?: string;
  };
  /** The clock that waits, in the part `paused`. */
  readonly pause?: BoardPause;
  /** The request that waits, in the part `approvals`. */
  readonly approval?: BoardApproval;
}

/** A clock that waits: since when, why, and until when. Days are those of the clock's calendar, `YYYY-MM-DD`. */
export interface BoardPause {
  readonly clock: string;
  /** As the procedure calls it for staff. */
  readonly clockName: Wording;
  readonly since: Date;
  readonly sinceOn: string;
  /** Name of the action that paused it. */
  readonly reasonName?: Wording;
  /** When it goes on by itself; absent when that is up to somebody. */
  readonly untilOn?: string;
  /** True when nothing would ever bring it back to a person: no other clock of the track runs or will. */
  readonly isEndless: boolean;
}

/** A request for a second person. What was given with it is sealed and not here. */
export interface BoardApproval {
  readonly id: string;
  readonly action: string;
  readonly actionName: Wording;
  readonly requestedBy: { readonly id: string; readonly displayName: string };
  readonly requestedAt: Date;
  readonly answerDueAt: Date;
  /** As the procedure's calendar counts it, `YYYY-MM-DD`. */
  readonly answerDueOn: string;
}

/** One page of a part, and the counts of all, counted up to {@link QUEUE_COUNT_CAP}. */
export interface BoardPage {
  readonly items: readonly BoardItem[];
  /** Give it as `after` for the next page; absent on the last one. */
  readonly next?: string;
  readonly counts: Readonly<Record<BoardPart, number>>;
}

/** What the rules of a line are needed for. */
type BoardDetail = Pick<BoardItem, 'areRulesReadable' | 'stageName' | 'due' | 'pause' | 'approval'>;

/** Shows what needs somebody who answers for a team: of the tracks that they may see. Opens nothing, so nothing is written into the record. */
@Injectable()
export class ListBoard {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
    private readonly boardRules: BoardRules,
  ) {}

  async run(input: ListBoardInput): Promise<BoardPage> {
    const [counts, page] = await Promise.all([this.#counts(input), this.#page(input)]);
    return { ...page, counts };
  }

  async #page(input: ListBoardInput): Promise<Omit<BoardPage, 'counts'>> {
    const { manager } = this.dataSource;
    const { part, actor, now } = input;
    const limit = pageSize(input.limit);
    const query = { ...this.#query(input), limit, ...(input.after === undefined ? {} : { after: input.after }) };
    if (part === 'paused') {
      return this.#items(actor, await listLongPauses(manager, query), (row, procedure) => ({
        pause: pauseOf(row, procedure, this.rules.calendars),
      }));
    }
    if (part === 'approvals') {
      return this.#items(actor, await listOverdueApprovals(manager, query), (row, procedure) => ({
        approval: approvalOf(row, procedure, this.rules.calendars),
      }));
    }
    return this.#items(actor, await listQueue(manager, { ...query, part }), (row, procedure) =>
      dueOf(row, procedure, this.rules.calendars, now),
    );
  }

  async #items<Row extends BoardRow>(
    actor: StaffIdentity,
    { rows, next }: { readonly rows: readonly Row[]; readonly next?: string },
    detailOf: (row: Row, procedure: Procedure) => Pick<BoardDetail, 'due' | 'pause' | 'approval'>,
  ): Promise<Omit<BoardPage, 'counts'>> {
    const procedures = await this.rules.readable(
      this.dataSource.manager,
      rows.map(({ procedureVersionId }) => procedureVersionId),
    );
    const items = rows.map((row): BoardItem => {
      const procedure = procedures.get(row.procedureVersionId);
      const track = trackOf(row, actor);
      return procedure === undefined
        ? { ...track, areRulesReadable: false }
        : { ...track, areRulesReadable: true, stageName: stageOf(procedure, row.stage).staffName, ...detailOf(row, procedure) };
    });
    return { items, ...(next === undefined ? {} : { next }) };
  }

  async #counts(input: ListBoardInput): Promise<BoardPage['counts']> {
    const { manager } = this.dataSource;
    const query = this.#query(input);
    const [tracks, paused, approvals] = await Promise.all([
      countQueue(manager, query, ['late', 'coming', 'unheld'], QUEUE_COUNT_CAP),
      countLongPauses(manager, query, QUEUE_COUNT_CAP),
      countOverdueApprovals(manager, query, QUEUE_COUNT_CAP),
    ]);
    return { ...tracks, paused, approvals };
  }

  #query({ actor, now }: ListBoardInput) {
    return {
      scope: visibleCases(actor),
      staffId: actor.staffId,
      now,
      dueUntil: new Date(now.getTime() + DUE_WITHIN_MS),
      pausedBefore: new Date(now.getTime() - this.boardRules.pausedTooLongDays * 24 * 3_600_000),
    };
  }
}

function trackOf(row: BoardRow, actor: StaffIdentity): Omit<BoardItem, keyof BoardDetail> {
  const { companyId, companyName, assigneeId, assigneeName } = row;
  return {
    reference: row.reference,
    trackId: row.trackId,
    team: { id: row.teamId, name: actor.teams.find(({ id }) => id === row.teamId)?.name ?? '' },
    procedure: row.procedure,
    stage: row.stage,
    kind: row.kind,
    ...(row.country === null ? {} : { country: row.country }),
    ...(companyId === null || companyName === null ? {} : { company: { id: companyId, name: companyName } }),
    ...(assigneeId === null || assigneeName === null ? {} : { assignee: { id: assigneeId, displayName: assigneeName } }),
  };
}

function dueOf(row: QueueRow, procedure: Procedure, calendars: Calendars, now: Date): Pick<BoardDetail, 'due'> {
  const { nextDueAt, nextDueCalendar, nextDueClock, nextDueMissedAt } = row;
  if (nextDueAt === null) {
    return {};
  }
  const { dueOn, withinTheDay } = dueDay(calendars, nextDueCalendar, nextDueAt);
  const clock = nextDueClock === null ? {} : { clock: nextDueClock, clockName: clockName(procedure, nextDueClock) };
  const missed = nextDueMissedAt === null ? {} : { missedOn: dueDay(calendars, nextDueCalendar, nextDueMissedAt).dueOn };
  return { due: { ...clock, at: nextDueAt, on: dueOn, withinTheDay, isLate: nextDueAt <= now, ...missed } };
}

function pauseOf(
  { clock, calendar, pausedAt, pauseReasonCode, pauseUntil, isEndless }: LongPauseRow,
  procedure: Procedure,
  calendars: Calendars,
): BoardPause {
  const reason = pauseReasonCode === null ? undefined : findAction(procedure, pauseReasonCode);
  return {
    clock,
    clockName: clockName(procedure, clock),
    since: pausedAt,
    sinceOn: dueDay(calendars, calendar, pausedAt).dueOn,
    ...(reason === undefined ? {} : { reasonName: reason.name }),
    ...(pauseUntil === null ? {} : { untilOn: dueDay(calendars, calendar, pauseUntil).dueOn }),
    isEndless,
  };
}

function approvalOf(row: OverdueApprovalRow, procedure: Procedure, calendars: Calendars): BoardApproval {
  return {
    id: row.approvalId,
    action: row.action,
    actionName: findAction(procedure, row.action)?.name ?? { en: row.action },
    requestedBy: { id: row.requestedById, displayName: row.requestedByName },
    requestedAt: row.requestedAt,
    answerDueAt: row.answerDueAt,
    answerDueOn: dueDay(calendars, procedure.calendar, row.answerDueAt).dueOn,
  };
}
