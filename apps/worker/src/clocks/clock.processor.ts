import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';

import { FireDeadline } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { CLOCKS_QUEUE, WORKER_OPTIONS, type QueuePayloads } from '@recourse/messaging';

import { FaultLog } from '../fault-log';
import { FiringNotes } from './firing-notes';

/** Fires a clock at the moment for which it was planned. If it is not due (paused, done by the sweep), nothing happens. */
@Processor(CLOCKS_QUEUE, WORKER_OPTIONS)
export class ClockProcessor extends WorkerHost {
  readonly #faults = new FaultLog('clocks queue');

  constructor(
    private readonly fireDeadline: FireDeadline,
    private readonly notes: FiringNotes,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async process(job: Job<QueuePayloads['clocks']>): Promise<void> {
    await this.notes.take(await this.fireDeadline.run({ deadlineId: job.data.deadlineId, now: this.clock.now() }));
  }

  @OnWorkerEvent('error')
  noteFault(error: Error): void {
    this.#faults.note(error);
  }

  @OnWorkerEvent('failed')
  noteFailure(_job: Job | undefined, error: Error): void {
    this.#faults.note(error);
  }

  @OnWorkerEvent('completed')
  noteSuccess(): void {
    this.#faults.clear();
  }
}
