import type { FireDeadline } from '@recourse/cases';
import type { Clock } from '@recourse/clock';
import { RecurringWork } from '@recourse/messaging';

import { FaultLog } from '../fault-log';
import type { ClockPlanner } from './clock-planner';
import type { FiringNotes } from './firing-notes';

/** Clocks fired in one transaction. */
const BATCH = 200;
/** Batches fired at the same time by one process. */
const LANES = 2;

/**
 * Fires every clock that is due, again and again, whatever the queue knows or has forgotten. It claims until none is left: a sweep that took only the
 * first hundred would leave the rest for the next one, for ever when more come in than it takes.
 */
export class ClockSweep {
  readonly #faults = new FaultLog('clock sweep');
  readonly #work: RecurringWork;

  /** @param everyMs pause between two sweeps, in milliseconds */
  constructor(
    private readonly fireDeadline: FireDeadline,
    private readonly notes: FiringNotes,
    private readonly planner: ClockPlanner,
    private readonly clock: Clock,
    everyMs: number,
  ) {
    this.#work = new RecurringWork((stopping) => this.sweep(stopping), { everyMs, onFailure: (error) => this.#faults.note(error) });
  }

  /** Begins, with a sweep at once. */
  start(): void {
    this.#work.start();
  }

  /** Ends after the transactions that are under way. */
  stop(): Promise<void> {
    return this.#work.stop();
  }

  /** One sweep: everything that is due is fired, then what will be due soon is planned. */
  async sweep(stopping: () => boolean = () => false): Promise<void> {
    await Promise.all(Array.from({ length: LANES }, () => this.#lane(stopping)));
    if (!stopping()) {
      await this.planner.planSoon();
    }
    this.#faults.clear();
  }

  async #lane(stopping: () => boolean): Promise<void> {
    let count: number;
    do {
      const report = await this.fireDeadline.runDue({ now: this.clock.now(), limit: BATCH });
      await this.notes.take(report);
      count = report.fired.length + report.failed.length;
    } while (count > 0 && !stopping());
  }
}
