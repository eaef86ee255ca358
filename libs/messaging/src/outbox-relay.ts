import type { OutboxTable, WaitingOutboxRow } from './outbox-table';
import { outboxJobId, type PayloadQueue } from './queue-names';
import { RecurringWork } from './recurring-work';
import type { TopicRegistry } from './topic-registry';

/** How the relay behaves. Production uses {@link DEFAULT_RELAY_OPTIONS}; tests shorten the times. */
export interface OutboxRelayOptions {
  /** Pause between two looks at the table when nothing wakes the relay, in milliseconds. */
  readonly pollEveryMs: number;
  /** A row handed to the queue this long ago and not finished is looked for in the queue, in milliseconds. */
  readonly unfinishedAfterMs: number;
  /** Rows claimed at a time. */
  readonly batch: number;
  /** Told when a round failed. It must not throw and must not log row content. */
  readonly onFailure: (error: unknown, failuresInARow: number) => void;
  /** Told when a round ended well. */
  readonly onSuccess?: () => void;
  /** Told how many rows were handed, and how many of them for the second time. For metrics. */
  readonly onHanded?: (count: number, again: boolean) => void;
}

/** Times used in production: a lost job is missed after 20 s, so that nothing is a minute late. */
export const DEFAULT_RELAY_OPTIONS: Pick<OutboxRelayOptions, 'pollEveryMs' | 'unfinishedAfterMs' | 'batch'> = {
  pollEveryMs: 2_000,
  unfinishedAfterMs: 20_000,
  batch: 200,
};

/** States in which BullMQ will still run a job by itself. */
const LIVE_STATES: ReadonlySet<string> = new Set(['waiting', 'active', 'delayed', 'prioritized', 'waiting-children']);

/**
 * Carries committed outbox rows to the queue. PostgreSQL is the truth and the queue may lose everything at any moment: a row stays
 * unfinished in the table until its handler is done, and an unfinished row that has no live job is handed again.
 *
 * A row is marked handed *before* the queue accepts it. If the process dies in between, the row is simply one that is missing in the queue and
 * is handed again after `unfinishedAfterMs`; the other order would hold a transaction open across a call to another server.
 */
export class OutboxRelay {
  readonly #work: RecurringWork;

  /**
   * @param table the outbox
   * @param queue where jobs go; the row's id is the job id, so that one row is one job
   * @param registry the topics this process can act upon; rows of other topics are left for a newer release
   * @param options times and listeners
   */
  constructor(
    private readonly table: OutboxTable,
    private readonly queue: PayloadQueue<'outbox'>,
    private readonly registry: TopicRegistry,
    private readonly options: OutboxRelayOptions,
  ) {
    this.#work = new RecurringWork((stopping) => this.round(stopping), {
      everyMs: options.pollEveryMs,
      onFailure: options.onFailure,
    });
  }

  /** When a round last ended well, or undefined. */
  get lastSuccessAt(): Date | undefined {
    return this.#work.lastSuccessAt;
  }

  /** Begins to carry. */
  start(): void {
    this.#work.start();
  }

  /** Asks for a look at the table now; called when PostgreSQL notifies. */
  wake(): void {
    this.#work.wake();
  }

  /** Ends after the batch that is under way. */
  stop(): Promise<void> {
    return this.#work.stop();
  }

  /** One look at the table: everything that waits is handed, then everything that got lost. */
  async round(stopping: () => boolean = () => false): Promise<void> {
    const { topics } = this.registry;
    await this.#untilEmpty(stopping, async () => {
      const rows = await this.table.claimWaiting(topics, this.options.batch);
      await this.#hand(rows, false);
      return rows.length;
    });
    await this.#untilEmpty(stopping, async () => {
      const rows = await this.table.claimUnfinished(topics, this.options.unfinishedAfterMs, this.options.batch);
      await this.#hand(await this.#withoutLiveJob(rows), true);
      return rows.length;
    });
    this.options.onSuccess?.();
  }

  async #untilEmpty(stopping: () => boolean, step: () => Promise<number>): Promise<void> {
    let count: number;
    do {
      count = await step();
    } while (count >= this.options.batch && !stopping());
  }

  async #hand(rows: readonly WaitingOutboxRow[], again: boolean): Promise<void> {
    if (rows.length === 0) {
      return;
    }
    try {
      await this.queue.addBulk(
        rows.map(({ id }) => ({ name: 'outbox' as const, data: { outboxId: id }, opts: { jobId: outboxJobId(id) } })),
      );
    } catch (error) {
      await this.table.releaseClaim(rows.map(({ id }) => id));
      throw error;
    }
    this.options.onHanded?.(rows.length, again);
  }

  /** The rows whose job is gone. A job that ended but was kept is removed: while it exists, the queue takes its id for known. */
  async #withoutLiveJob(rows: readonly WaitingOutboxRow[]): Promise<WaitingOutboxRow[]> {
    const lost: WaitingOutboxRow[] = [];
    for (const row of rows) {
      const jobId = outboxJobId(row.id);
      const state = await this.queue.getJobState(jobId);
      if (LIVE_STATES.has(state)) {
        continue;
      }
      if (state !== 'unknown') {
        await this.queue.remove(jobId);
      }
      lost.push(row);
    }
    return lost;
  }
}
