import type { Queue } from 'bullmq';

/** What a job of each queue carries. Identifiers only: whoever steals the queue must learn nothing. */
export interface QueuePayloads {
  /** One row of `outbox_message` to be acted upon. */
  readonly outbox: { readonly outboxId: string };
  /** One clock whose next firing may be due. */
  readonly clocks: { readonly deadlineId: string };
}

/** Name of a queue. */
export type QueueName = keyof QueuePayloads;

/** The queue through which outbox rows reach their handlers. */
export const OUTBOX_QUEUE = 'outbox' as const satisfies QueueName;

/** The queue whose delayed jobs make clocks punctual. Certainty comes from the sweep, never from here. */
export const CLOCKS_QUEUE = 'clocks' as const satisfies QueueName;

/** A BullMQ queue that accepts only the payload its name promises. */
export type PayloadQueue<N extends QueueName> = Queue<QueuePayloads[N], void, N>;

/**
 * Job id of an outbox row: the row's own id, so that handing a row twice is one job.
 * @param outboxId `outbox_message.id`, a UUID
 */
export function outboxJobId(outboxId: string): string {
  return checkedJobId(outboxId);
}

/**
 * Job id of a clock at one moment, so that planning it twice is one job. Not of its level: a clock that was paused and goes on reaches the same level at
 * another moment, and a job that exists under that id would keep the old one.
 * @param deadlineId `deadline.id`, a UUID
 * @param at when it is to fire
 */
export function clockJobId(deadlineId: string, at: Date): string {
  return checkedJobId(`${deadlineId}_${at.getTime()}`);
}

/**
 * BullMQ splits keys at ':' and counts its own jobs with integers, so a custom id may be neither
 * (https://docs.bullmq.io/guide/jobs/job-ids).
 */
function checkedJobId(id: string): string {
  if (id === '' || id.includes(':') || /^\d+$/.test(id)) {
    throw new TypeError('A job id must not be empty, contain ":" or be a bare integer.');
  }
  return id;
}
