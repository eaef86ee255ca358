import { setTimeout as delay } from 'node:timers/promises';

import type { BullRegistrar, WorkerHost } from '@nestjs/bullmq';
import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Mailer } from '@recourse/notify';

/** After a signal, jobs under way may take this long to end. Milliseconds. */
const LONGEST_WAIT_FOR_JOBS_MS = 5_000;

/** Work that repeats by itself: relay, listener, sweep, upkeep of calendars, housekeeping. */
export interface RepeatingWork {
  start(): void;
  stop(): Promise<void>;
}

/**
 * Starts the work when everything is checked, and stops it before anything it needs is closed. Whatever is cut off in between is taken up by another
 * worker, or by this one when it is back: the truth is in PostgreSQL.
 */
export class WorkerLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger('Worker');
  #hasStarted = false;

  /** @param concurrency jobs of each queue at the same time */
  constructor(
    private readonly registrar: BullRegistrar,
    private readonly works: readonly RepeatingWork[],
    private readonly processors: readonly WorkerHost[],
    private readonly mailer: Mailer,
    private readonly concurrency: number,
  ) {}

  onApplicationBootstrap(): void {
    this.registrar.register();
    this.#hasStarted = true;
    for (const { worker } of this.processors) {
      worker.concurrency = this.concurrency;
    }
    for (const work of this.works) {
      work.start();
    }
    this.#logger.log('Carrying messages and watching clocks');
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (!this.#hasStarted) {
      return;
    }
    await Promise.all(this.works.map((work) => work.stop()));
    await Promise.race([
      Promise.all(this.processors.map(({ worker }) => worker.close())),
      // BullMQ waits for jobs, and for a Redis that is away even without any. What is cut off is taken up again.
      delay(LONGEST_WAIT_FOR_JOBS_MS, undefined, { ref: false }),
    ]);
    await this.mailer.close();
    this.#logger.log('Stopped');
  }
}
