import { failureCode } from '@recourse/domain';
import { AttemptFailedError, CannotSucceedError, noFurtherAttempt, TryAgainError } from './job-errors';
import type { OutboxRow, OutboxTable } from './outbox-table';
import { retryPauseMs, type RetryPolicy } from './retry-policy';
import type { Handled, TopicRegistry } from './topic-registry';

/** How one run of an outbox row ended, for metrics. */
export type OutboxOutcome = 'done' | 'postponed' | 'nothing_to_do' | 'failed' | 'set_aside';

/**
 * Runs the handler of one outbox row and writes into the table what came of it. The count of attempts that decides is the table's, not the
 * queue's: the queue forgets when it is emptied.
 */
export class OutboxRunner {
  constructor(
    private readonly table: OutboxTable,
    private readonly registry: TopicRegistry,
    private readonly policy: RetryPolicy,
    private readonly random: () => number = Math.random,
  ) {}

  /**
   * Acts on one row.
   * @param outboxId `outbox_message.id`
   * @returns what came of it
   * @throws AttemptFailedError when it is to be tried again, with the pause
   * @throws UnrecoverableError (BullMQ's) when the row was set aside; its text is the code
   */
  async run(outboxId: string): Promise<OutboxOutcome> {
    const row = await this.table.read(outboxId);
    if (row === undefined || row.isFinished) {
      return 'nothing_to_do';
    }
    let handled: Handled;
    try {
      handled = await this.registry.handle(row.topic, row.payload, { outboxId: row.id, writtenAt: row.createdAt });
    } catch (error) {
      return await this.#failed(row, error);
    }
    if (handled.kind === 'later') {
      await this.table.postpone(row.id, handled.at);
      return 'postponed';
    }
    await this.table.markDone(row.id);
    return 'done';
  }

  async #failed(row: OutboxRow, error: unknown): Promise<never> {
    const isKnown = error instanceof CannotSucceedError || error instanceof TryAgainError;
    const code = isKnown ? error.code : failureCode(error);
    const attempts = await this.table.noteFailure(row.id, code);
    if (error instanceof CannotSucceedError || attempts >= this.policy.attempts) {
      await this.registry.gaveUp(row.topic, row.payload, code);
      await this.table.setAside(row.id, code);
      throw noFurtherAttempt(code);
    }
    throw new AttemptFailedError(code, retryPauseMs(this.policy, attempts, this.random()));
  }
}
