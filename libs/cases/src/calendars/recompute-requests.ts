import { Injectable } from '@nestjs/common';
import { addDuration } from '@recourse/domain';
import { claimStaleRequests, inTransaction, listAwaitedActions, storeAnswerDueAt, type AwaitedAction } from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { RuleBook } from '../procedures/rule-book';
import { approvalRuleOf } from './approval-rule';

/** Requests recomputed in one transaction. */
const BATCH = 100;

/** What came of recomputing. */
export interface RequestsReport {
  /** Requests that were behind and are not any more. */
  readonly recomputed: number;
  /** Those of them that are to be answered at another moment. */
  readonly moved: number;
}

/**
 * Recomputes until when requests for a second person are to be answered, where that was counted by an older version of their calendar. Nobody was promised that
 * day and nothing was told of it, so the record has no event for it: what waits too long by the days that hold now is found by `FindStuckCases`. Idempotent; any
 * number of workers share it, and a request that is being answered is left alone. Run as the worker.
 */
@Injectable()
export class RecomputeRequests {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ruleBook: RuleBook,
  ) {}

  /** @param input.stopping asked between two batches */
  async run(input: { readonly stopping?: () => boolean } = {}): Promise<RequestsReport> {
    let [recomputed, moved] = [0, 0];
    for (const awaited of await listAwaitedActions(this.dataSource.manager)) {
      let count: number;
      do {
        const batch = await inTransaction(this.dataSource, (tx) => this.#batch(tx, awaited));
        count = batch.recomputed;
        recomputed += batch.recomputed;
        moved += batch.moved;
      } while (count === BATCH && input.stopping?.() !== true);
    }
    return { recomputed, moved };
  }

  async #batch(tx: EntityManager, awaited: AwaitedAction): Promise<RequestsReport> {
    const rule = await approvalRuleOf(tx, this.ruleBook, awaited);
    if (rule === undefined) {
      return { recomputed: 0, moved: 0 };
    }
    const { approval, calendar } = rule;
    const version = calendar.version ?? 0;
    const claimed = await claimStaleRequests(tx, awaited, version, BATCH);
    const counted = claimed.map((request) => ({ ...request, dueAt: addDuration(request.requestedAt, approval.within, calendar) }));
    await storeAnswerDueAt(tx, counted, version);
    return {
      recomputed: claimed.length,
      moved: counted.filter(({ dueAt, answerDueAt }) => dueAt.getTime() !== answerDueAt.getTime()).length,
    };
  }
}
