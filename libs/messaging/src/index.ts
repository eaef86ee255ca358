export { AttemptFailedError, CannotSucceedError, errorCode, TryAgainError } from './job-errors';
export { OUTBOX_CHANNEL, OutboxListener } from './outbox-listener';
export type { OutboxListenerOptions } from './outbox-listener';
export { DEFAULT_RELAY_OPTIONS, OutboxRelay } from './outbox-relay';
export type { OutboxRelayOptions } from './outbox-relay';
export { OutboxRunner } from './outbox-runner';
export type { OutboxOutcome } from './outbox-runner';
export { OutboxTable } from './outbox-table';
export type { OutboxRow, WaitingOutboxRow } from './outbox-table';
export {
  BackendQueue,
  BackendWorker,
  QUEUE_PREFIX,
  QUEUE_SCHEMA,
  queueBackendName,
  queueConnection,
} from './queue-backend';
export type { QueueBackendName, QueueConnection, QueueSettings } from './queue-backend';
export { CLOCKS_QUEUE, clockJobId, OUTBOX_QUEUE, outboxJobId } from './queue-names';
export type { PayloadQueue, QueueName, QueuePayloads } from './queue-names';
export { QueueModule, queueToken } from './queue.module';
export { RecurringWork } from './recurring-work';
export type { RecurringWorkOptions } from './recurring-work';
export { DEFAULT_RETRY_POLICY, retryPauseMs } from './retry-policy';
export type { RetryPolicy } from './retry-policy';
export { WORKER_OPTIONS } from './worker-options';
export { TopicRegistry, TopicRegistryError } from './topic-registry';
export type { AnyTopicHandler, Handled, TopicHandler } from './topic-registry';
export { isTopic, TOPICS } from './topics';
export type { OutboxEntry, Topic, TopicPayloads } from './topics';
