/** How often the work is done, and how it behaves when it fails. */
export interface RecurringWorkOptions {
  /** Pause between two rounds when nobody wakes it, in milliseconds. */
  readonly everyMs: number;
  /** First pause after a failed round, in milliseconds; doubled each time, never longer than `longestPauseMs`. */
  readonly firstPauseMs?: number;
  /** Longest pause after failed rounds, in milliseconds. */
  readonly longestPauseMs?: number;
  /** Told of every failed round and how many failed in a row. It must not throw. */
  readonly onFailure: (error: unknown, failuresInARow: number) => void;
}

/**
 * Does one piece of work over and over: at intervals for certainty, at once when woken for promptness, never twice at the same time, and with
 * growing pauses while it fails. Used for whatever must resume by itself when the database comes back.
 */
export class RecurringWork {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #wokenMeanwhile = false;
  #stopped = true;
  #failures = 0;
  #lastSuccessAt: Date | undefined;

  /**
   * @param round one round of the work; it should look at `stopping` between steps
   * @param options pauses and the listener for failures
   */
  constructor(
    private readonly round: (stopping: () => boolean) => Promise<void>,
    private readonly options: RecurringWorkOptions,
  ) {}

  /** When a round last ended well, or undefined. */
  get lastSuccessAt(): Date | undefined {
    return this.#lastSuccessAt;
  }

  /** Begins, with a first round at once. */
  start(): void {
    this.#stopped = false;
    this.wake();
  }

  /** Asks for a round now; when one is running, for another right after it. While rounds fail, the pause is kept. */
  wake(): void {
    if (this.#stopped) {
      return;
    }
    if (this.#running !== undefined) {
      this.#wokenMeanwhile = true;
    } else if (this.#failures === 0 || this.#timer === undefined) {
      this.#begin();
    }
  }

  /** Ends after the round that is running, if any. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wokenMeanwhile = false;
    this.#running = this.#once().finally(() => {
      this.#running = undefined;
      this.#planNext();
    });
  }

  async #once(): Promise<void> {
    try {
      await this.round(() => this.#stopped);
      this.#failures = 0;
      this.#lastSuccessAt = new Date();
    } catch (error) {
      this.#failures += 1;
      this.options.onFailure(error, this.#failures);
    }
  }

  #planNext(): void {
    if (this.#stopped) {
      return;
    }
    if (this.#wokenMeanwhile && this.#failures === 0) {
      this.#begin();
      return;
    }
    const { everyMs, firstPauseMs = 250, longestPauseMs = 5_000 } = this.options;
    const pause = this.#failures === 0 ? everyMs : Math.min(firstPauseMs * 2 ** (this.#failures - 1), longestPauseMs);
    this.#timer = setTimeout(() => this.#begin(), pause);
  }
}
