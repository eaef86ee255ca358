/** An outbox row that is to be handed to the queue. */
export interface WaitingOutboxRow {
  readonly id: string;
}

/** An outbox row as its handler's runner needs it. */
export interface OutboxRow {
  readonly id: string;
  readonly topic: string;
  readonly payload: unknown;
  readonly createdAt: Date;
  /** Attempts that failed so far. */
  readonly attempts: number;
  /** True when there is nothing left to do: done, or set aside for a person. */
  readonly isFinished: boolean;
}

/**
 * The table `outbox_message` as the relay sees it. A port, because messaging knows nothing of persistence; the worker
 * implements it. Each method is one transaction.
 */
export abstract class OutboxTable {
  /**
   * Claims rows that were never handed to the queue and may be now (`available_at` has passed), oldest first, and marks them handed.
   * Rows that another worker is claiming are skipped.
   * @param topics claim only these
   * @param limit at most so many
   */
  abstract claimWaiting(topics: readonly string[], limit: number): Promise<readonly WaitingOutboxRow[]>;

  /**
   * Claims rows that were handed to the queue at least `olderThanMs` ago and are still not finished, and marks them handed again.
   * @param topics claim only these
   * @param olderThanMs milliseconds since the last handing
   * @param limit at most so many
   */
  abstract claimUnfinished(topics: readonly string[], olderThanMs: number, limit: number): Promise<readonly WaitingOutboxRow[]>;

  /** Takes back that the rows were handed: the queue did not accept them. */
  abstract releaseClaim(ids: readonly string[]): Promise<void>;

  /** Reads one row, or undefined when it does not exist. */
  abstract read(id: string): Promise<OutboxRow | undefined>;

  /** Marks the row done. Marking twice changes nothing. */
  abstract markDone(id: string): Promise<void>;

  /** Puts the row back among those that wait, to be handed at `at`. */
  abstract postpone(id: string, at: Date): Promise<void>;

  /**
   * Notes a failed attempt.
   * @param code a code, never text
   * @returns attempts made so far, this one included
   */
  abstract noteFailure(id: string, code: string): Promise<number>;

  /** Sets the row aside: the machine will not try again, a person has to look. */
  abstract setAside(id: string, code: string): Promise<void>;
}
