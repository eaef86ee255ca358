import type { WorkerOptions } from 'bullmq';

import { AttemptFailedError } from './job-errors';
import { DEFAULT_RETRY_POLICY, retryPauseMs } from './retry-policy';

/** Jobs of one queue that one worker process runs at the same time. Mostly they wait for a mail server or the database. */
const CONCURRENCY = 8;

/**
 * How every worker of ours takes jobs.
 *
 * A lock of 15 s, looked after every 10 s: what a killed process held is taken up by another within half a minute, where BullMQ's own 30 s
 * and 30 s would allow a minute. A job may be taken up three times; after that the outbox relay finds that it is gone and hands it again.
 */
export const WORKER_OPTIONS: Omit<WorkerOptions, 'connection'> = {
  concurrency: CONCURRENCY,
  lockDuration: 15_000,
  stalledInterval: 10_000,
  maxStalledCount: 3,
  // After a lost connection ask again after a second, not after fifteen.
  runRetryDelay: 1_000,
  settings: {
    // The pause comes with the error, because the outbox table counts the attempts and not the queue.
    backoffStrategy: (attemptsMade, _type, error) =>
      error instanceof AttemptFailedError ? error.retryInMs : retryPauseMs(DEFAULT_RETRY_POLICY, attemptsMade, Math.random()),
  },
};
