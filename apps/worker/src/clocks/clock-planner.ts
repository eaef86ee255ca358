import type { DataSource } from 'typeorm';

import type { Clock } from '@recourse/clock';
import { CLOCKS_QUEUE, clockJobId, type PayloadQueue } from '@recourse/messaging';
import { findDeadline, inTransaction, listDeadlinesFiringUntil } from '@recourse/persistence';

/** Clocks planned at a time. */
const PAGE = 500;

/** A moment at which a clock is to be fired. */
export interface ClockMoment {
  readonly id: string;
  readonly nextFireAt: Date;
}

/**
 * Puts clocks that fire soon into the queue as delayed jobs, so that they fire on the second and not at the next sweep. Only a hint: the
 * sweep finds what the queue has lost, and a job that comes at the wrong time finds nothing due.
 */
export class ClockPlanner {
  /** @param horizonMs only clocks that fire within this time are planned; later ones are planned by a later sweep. Milliseconds of machine time. */
  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: PayloadQueue<'clocks'>,
    private readonly clock: Clock,
    private readonly horizonMs: number,
  ) {}

  /** Plans one clock, if it runs and fires soon. */
  async plan(deadlineId: string): Promise<void> {
    const deadline = await inTransaction(this.dataSource, (tx) => findDeadline(tx, deadlineId));
    if (deadline?.state === 'running' && deadline.nextFireAt !== null) {
      await this.planAll([{ id: deadline.id, nextFireAt: deadline.nextFireAt }]);
    }
  }

  /** Plans every clock that fires soon. */
  async planSoon(): Promise<void> {
    const until = new Date(this.clock.now().getTime() + this.horizonMs * this.clock.pace);
    let page: readonly ClockMoment[] = [];
    do {
      const after = page.at(-1);
      page = await inTransaction(this.dataSource, (tx) => listDeadlinesFiringUntil(tx, until, PAGE, after));
      await this.planAll(page);
    } while (page.length === PAGE);
  }

  /** Plans those of the moments that are soon and not past: what is past belongs to the sweep. */
  async planAll(moments: readonly ClockMoment[]): Promise<void> {
    const now = this.clock.now().getTime();
    // The queue waits in machine time.
    const soon = moments.map((moment) => ({ ...moment, delay: (moment.nextFireAt.getTime() - now) / this.clock.pace }));
    const jobs = soon
      .filter(({ delay }) => delay > 0 && delay <= this.horizonMs)
      .map(({ id, nextFireAt, delay }) => ({
        name: CLOCKS_QUEUE,
        data: { deadlineId: id },
        opts: { jobId: clockJobId(id, nextFireAt), delay: Math.ceil(delay) },
      }));
    if (jobs.length > 0) {
      await this.queue.addBulk(jobs);
    }
  }
}
