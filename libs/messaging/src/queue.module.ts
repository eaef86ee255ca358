import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Module, type DynamicModule } from '@nestjs/common';

import { BackendQueue, BackendWorker, QUEUE_PREFIX, queueConnection, type QueueSettings } from './queue-backend';
import { CLOCKS_QUEUE, OUTBOX_QUEUE, type QueueName } from './queue-names';

/**
 * The queues, wired through `@nestjs/bullmq`. Version 12 has no option for the backend, but it makes its queues and workers from
 * `BullModule.queueClass` and `workerClass`, and ours find the backend in the connection; so its processors and its shutdown work on both.
 *
 * Workers start when `BullRegistrar.register()` is called, not at module initialisation: first the boot checks, then the work.
 */
@Module({})
export class QueueModule {
  /**
   * @param settings where the queue lives
   */
  static forRoot(settings: QueueSettings): DynamicModule {
    BullModule.queueClass = BackendQueue;
    BullModule.workerClass = BackendWorker;
    return {
      module: QueueModule,
      imports: [
        BullModule.forRoot({
          connection: queueConnection(settings),
          prefix: QUEUE_PREFIX,
          extraOptions: { manualRegistration: true },
        }),
        BullModule.registerQueue(
          { name: OUTBOX_QUEUE, defaultJobOptions: JOB_OPTIONS },
          { name: CLOCKS_QUEUE, defaultJobOptions: { ...JOB_OPTIONS, attempts: 1 } },
        ),
      ],
      exports: [BullModule],
    };
  }
}

/**
 * Ended jobs are removed at once: the outbox table says what was done, and a kept job would block its id when a row has to be handed again.
 * No stack traces are kept. `attempts` is out of reach on purpose: the table counts (see OutboxRunner).
 */
export const JOB_OPTIONS = {
  attempts: 1_000_000,
  backoff: { type: 'recourse' },
  removeOnComplete: true,
  removeOnFail: true,
  stackTraceLimit: 0,
} as const;

/**
 * Injection token of a queue.
 * @param name the queue
 */
export function queueToken(name: QueueName): string {
  return getQueueToken(name);
}
