import { UnrecoverableError } from 'bullmq';

/**
 * Thrown by a handler when no repetition can help: an address refused for good, a row that is not there. The outbox row is set aside at once
 * for a person to look at.
 */
export class CannotSucceedError extends Error {
  override readonly name = 'CannotSucceedError';

  /** @param code `snake_case`, stored as `last_error_code`; never text from outside */
  constructor(readonly code: string) {
    super(code);
  }
}

/** Thrown by a handler when the same thing may well succeed later: a mail server that is busy, a database that is away. */
export class TryAgainError extends Error {
  override readonly name = 'TryAgainError';

  /** @param code `snake_case`, stored as `last_error_code`; never text from outside */
  constructor(readonly code: string) {
    super(code);
  }
}

/** What BullMQ is told when an attempt failed: a code and how long to wait. Its text is stored in the queue, so it is only the code. */
export class AttemptFailedError extends Error {
  override readonly name = 'AttemptFailedError';

  constructor(
    readonly code: string,
    /** Milliseconds until the next attempt. */
    readonly retryInMs: number,
  ) {
    super(code);
  }
}

/**
 * What BullMQ is told when there will be no other attempt.
 * @param code the code stored with the outbox row
 */
export function noFurtherAttempt(code: string): UnrecoverableError {
  return new UnrecoverableError(code);
}
