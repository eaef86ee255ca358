import { Injectable } from '@nestjs/common';
import { calendarOf, dateOf, type Calendar } from '@recourse/domain';
import {
  changeDeadline,
  claimStaleDeadlines,
  insertTogether,
  inTransaction,
  isDatabaseAway,
  markComputedBy,
  refreshNextDueAtOf,
  type ClockPlace,
} from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { RuleBook } from '../procedures/rule-book';
import { appendToRecord, SYSTEM } from '../record/append-to-record';
import { recompute, type Recomputation } from './recompute';

/** Clocks recomputed in one transaction. */
const BATCH = 100;

/** What came of recomputing. */
export interface RecomputationReport {
  /** Clocks that were behind and are not any more. */
  readonly recomputed: number;
  /** Those of them that end at another moment, or have other time left. */
  readonly moved: number;
  /** Those of them that the record did not explain, so that they were laid out anew from now on. */
  readonly unexplained: number;
  /** Clocks that could not be recomputed; they are tried again, and stop nobody. */
  readonly failed: readonly { readonly deadlineId: string; readonly error: unknown }[];
}

const NOTHING: RecomputationReport = { recomputed: 0, moved: 0, unexplained: 0, failed: [] };

/**
 * Recomputes the open clocks that were computed by an older version of their calendar: running and paused ones, a batch in each transaction. Which are left is
 * written in the clocks themselves, so it goes on where it was killed, any number of workers share it, and a clock that an officer holds at the moment comes with the
 * next run. What a clock has told it does not tell again: its level stays. Run as the worker.
 */
@Injectable()
export class RecomputeClocks {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ruleBook: RuleBook,
  ) {}

  /** @param input.stopping asked between two batches */
  async run(input: { readonly now: Date; readonly stopping?: () => boolean }): Promise<RecomputationReport> {
    const calendars = await inTransaction(this.dataSource, (tx) => this.ruleBook.calendarsIn(tx));
    let report = NOTHING;
    // By a damaged calendar nothing can be counted: what waits for it is told by `FindStuckCases`, and does not keep the others waiting.
    for (const code of calendars.keys()) {
      let after: ClockPlace | undefined;
      let count: number;
      do {
        const batch = await this.#batch(code, BATCH, after, input.now);
        report = sum(report, batch.report);
        ({ last: after, count } = batch);
      } while (count > 0 && input.stopping?.() !== true);
    }
    return report;
  }

  /** One transaction; when one clock of it fails, each is done alone. */
  async #batch(code: string, limit: number, after: ClockPlace | undefined, now: Date): Promise<Batch> {
    let places: readonly ClockPlace[] = [];
    try {
      const report = await inTransaction(this.dataSource, async (tx) => {
        const calendar = calendarOf(await this.ruleBook.calendarsIn(tx), code);
        const claimed = await claimStaleDeadlines(tx, code, calendar.version ?? 0, limit, after);
        places = claimed.map(({ deadline: { id, calendarVersion } }) => ({ id, calendarVersion }));
        return claimed.length === 0 ? NOTHING : store(tx, await recompute(tx, this.ruleBook, claimed, calendar, now), calendar, now);
      });
      return { report, count: places.length, last: places.at(-1) };
    } catch (error) {
      const [first] = places;
      if (isDatabaseAway(error) || first === undefined) {
        throw error;
      }
      if (limit === 1) {
        return { report: { ...NOTHING, failed: [{ deadlineId: first.id, error }] }, count: 1, last: first };
      }
      return this.#eachAlone(code, after, places.length, now);
    }
  }

  async #eachAlone(code: string, after: ClockPlace | undefined, times: number, now: Date): Promise<Batch> {
    let report = NOTHING;
    let last = after;
    for (let time = 0; time < times; time += 1) {
      const one = await this.#batch(code, 1, last, now);
      report = sum(report, one.report);
      last = one.last ?? last;
    }
    return { report, count: times, last };
  }
}

interface Batch {
  readonly report: RecomputationReport;
  readonly count: number;
  readonly last: ClockPlace | undefined;
}

async function store(tx: EntityManager, done: readonly Recomputation[], calendar: Calendar, now: Date): Promise<RecomputationReport> {
  const moved = done.filter(({ isMoved }) => isMoved);
  await insertTogether(tx, async () => {
    for (const recomputation of done) {
      await storeOne(tx, recomputation, calendar, now);
    }
  });
  await markComputedBy(
    tx,
    done.map(({ deadline }) => deadline.id),
    calendar.version ?? 0,
  );
  await refreshNextDueAtOf(tx, [...new Set(moved.map(({ deadline }) => deadline.trackId))]);
  return { recomputed: done.length, moved: moved.length, unexplained: done.filter(({ end }) => !end.isReplayed).length, failed: [] };
}

/**
 * Its next firing may move though its end does not: a warning falls on a day that is closed. It is not put into the queue; the next sweep plans what fires soon, and
 * a calendar is seldom changed for the next seconds.
 */
async function storeOne(tx: EntityManager, { deadline, end, isMoved }: Recomputation, calendar: Calendar, now: Date): Promise<void> {
  const { id, caseId, trackId, kind: clock, stage, state } = deadline;
  // A clock that failed is waiting for its next try, and one that was set aside for a person.
  const waits = deadline.setAsideAt !== null || (deadline.failureCount > 0 && !isMoved);
  const next = state === 'running' && !waits ? { nextFireAt: end.nextFireAt ?? null } : {};
  const isMissedAsBefore = deadline.missedAt?.getTime() === end.missedAt?.getTime();
  if (!isMoved && isMissedAsBefore && (!('nextFireAt' in next) || next.nextFireAt?.getTime() === deadline.nextFireAt?.getTime())) {
    return;
  }
  const remaining = end.remainingMs === undefined ? {} : { remainingMs: end.remainingMs };
  if (!(await changeDeadline(tx, deadline, { dueAt: end.dueAt, missedAt: end.missedAt ?? null, ...remaining, ...next }))) {
    throw new Error('a locked clock changed');
  }
  if (!isMoved) {
    return;
  }
  await appendToRecord(tx, {
    type: 'clock_recomputed',
    payload: {
      ...{ deadlineId: id, clock, stage },
      calendar: calendar.code,
      calendarVersion: calendar.version ?? 0,
      from: deadline.dueAt.toISOString(),
      dueAt: end.dueAt.toISOString(),
      fromOn: dateOf(calendar, deadline.dueAt),
      dueOn: dateOf(calendar, end.dueAt),
      ...remaining,
    },
    caseId,
    trackId,
    actor: SYSTEM,
    now,
  });
}

function sum(one: RecomputationReport, other: RecomputationReport): RecomputationReport {
  return {
    recomputed: one.recomputed + other.recomputed,
    moved: one.moved + other.moved,
    unexplained: one.unexplained + other.unexplained,
    failed: [...one.failed, ...other.failed],
  };
}
