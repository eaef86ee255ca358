import { Injectable } from '@nestjs/common';
import { failureCode } from '@recourse/domain';
import {
  claimDueDeadline,
  claimDueDeadlines,
  inTransaction,
  isDatabaseAway,
  noteDeadlineFailure,
  type Deadline,
} from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { planNotification } from '../notifications/plan-notification';
import { RuleBook } from '../procedures/rule-book';
import { fireClaimed } from './fire-claimed';
import type { FiredClock } from './plan-firing';
import { everyoneInCharge, StaffingReader } from './staffing';

/** Failures of one clock after which the machine stops trying and a person has to look. */
const FAILURES_UNTIL_SET_ASIDE = 5;
const FIRST_RETRY_MS = 60_000;

/** A clock that could not be fired: it was rolled back, and is tried again later or was set aside. */
export interface FailedClock {
  readonly deadlineId: string;
  readonly error: unknown;
  readonly isSetAside: boolean;
}

/** What came of firing some clocks. */
export interface FiringReport {
  readonly fired: readonly FiredClock[];
  readonly failed: readonly FailedClock[];
}

/**
 * Fires clocks whose time has come: event, next level and notifications in one transaction each, so that a clock fires once however many workers try
 * and wherever one dies. Run as the worker.
 */
@Injectable()
export class FireDeadline {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ruleBook: RuleBook,
  ) {}

  /**
   * Fires one clock, if it is due and nobody else holds it.
   * @param input.deadlineId which one
   */
  async run(input: { readonly deadlineId: string; readonly now: Date }): Promise<FiringReport> {
    try {
      const fired = await inTransaction(this.dataSource, async (tx) => {
        const deadline = await claimDueDeadline(tx, input.deadlineId, input.now);
        return deadline === undefined ? [] : fireClaimed(tx, [deadline], this.#surroundings(tx, input.now));
      });
      return { fired, failed: [] };
    } catch (error) {
      if (isDatabaseAway(error)) {
        throw error;
      }
      const failed = await this.#noteFailure(input, error);
      return { fired: [], failed: failed === undefined ? [] : [failed] };
    }
  }

  /**
   * Fires the clocks that have been due longest. They share one transaction for speed; when one of them fails, all are rolled back and each is fired alone, so
   * that a bad row stops nobody but itself.
   * @param input.limit at most so many
   * @returns an empty report when none is left that nobody else holds
   */
  async runDue(input: { readonly now: Date; readonly limit: number }): Promise<FiringReport> {
    let claimed: readonly Deadline[] = [];
    try {
      const fired = await inTransaction(this.dataSource, async (tx) => {
        claimed = await claimDueDeadlines(tx, input.now, input.limit);
        return fireClaimed(tx, claimed, this.#surroundings(tx, input.now));
      });
      return { fired, failed: [] };
    } catch (error) {
      if (isDatabaseAway(error) || claimed.length === 0) {
        throw error;
      }
      return this.#eachAlone(claimed, input.now);
    }
  }

  async #eachAlone(deadlines: readonly Deadline[], now: Date): Promise<FiringReport> {
    const reports: FiringReport[] = [];
    for (const { id } of deadlines) {
      reports.push(await this.run({ deadlineId: id, now }));
    }
    return { fired: reports.flatMap(({ fired }) => fired), failed: reports.flatMap(({ failed }) => failed) };
  }

  #surroundings(tx: EntityManager, now: Date) {
    return { ruleBook: this.ruleBook, staffing: new StaffingReader(tx), now };
  }

  /**
   * Counts the failure and plans the next try. After the last one every director and administrator is told: a clock that cannot fire forgets a case.
   * @returns undefined when another worker is at the same clock, or has counted already: it fails there too, and once is enough
   */
  async #noteFailure(
    { deadlineId, now }: { readonly deadlineId: string; readonly now: Date },
    error: unknown,
  ): Promise<FailedClock | undefined> {
    return inTransaction(this.dataSource, async (tx) => {
      const deadline = await claimDueDeadline(tx, deadlineId, now);
      if (deadline === undefined) {
        return undefined;
      }
      const failures = deadline.failureCount + 1;
      const isSetAside = failures >= FAILURES_UNTIL_SET_ASIDE;
      const retryAt = new Date(now.getTime() + FIRST_RETRY_MS * 2 ** (failures - 1));
      await noteDeadlineFailure(tx, deadlineId, retryAt, { code: failureCode(error), ...(isSetAside ? { setAsideAt: now } : {}) });
      if (isSetAside) {
        await tellThatSetAside(tx, deadline, now);
      }
      return { deadlineId, error, isSetAside };
    });
  }
}

async function tellThatSetAside(tx: EntityManager, { id, caseId }: Deadline, now: Date): Promise<void> {
  for (const recipientId of await everyoneInCharge(tx)) {
    // Somebody may have had it tried again: when it is set aside once more, that is news.
    const cause = `clock_set_aside:${id}:${now.getTime()}`;
    await planNotification(tx, { kind: 'staff_clock_set_aside', recipientKind: 'staff', recipientId, caseId, cause, now });
  }
}
