import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';

import { OUTBOX_QUEUE, OutboxRunner, WORKER_OPTIONS, type QueuePayloads } from '@recourse/messaging';

import { FaultLog } from '../fault-log';
import { WorkerMetrics } from '../health/worker-metrics';

/** Takes the ids of outbox rows from the queue and lets their handlers act. */
@Processor(OUTBOX_QUEUE, WORKER_OPTIONS)
export class OutboxProcessor extends WorkerHost {
  readonly #faults = new FaultLog('outbox queue');

  constructor(
    private readonly runner: OutboxRunner,
    private readonly metrics: WorkerMetrics,
  ) {
    super();
  }

  override async process(job: Job<QueuePayloads['outbox']>): Promise<void> {
    try {
      this.metrics.outboxHandled.inc({ outcome: await this.runner.run(job.data.outboxId) });
    } catch (error) {
      this.metrics.outboxHandled.inc({ outcome: 'failed' });
      throw error;
    }
  }

  @OnWorkerEvent('error')
  noteFault(error: Error): void {
    this.#faults.note(error);
  }

  @OnWorkerEvent('completed')
  noteSuccess(): void {
    this.#faults.clear();
  }
}
