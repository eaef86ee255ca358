import { Logger } from '@nestjs/common';

import { failureCode } from '@recourse/domain';

/** How long a fault that goes on is left unmentioned, in milliseconds. */
const QUIET_MS = 60_000;

/**
 * Tells the log of faults that go on for a while (a database or a queue that is away) without filling it: the first at once, then one line a
 * minute with a count, then one line when it is over. Codes only; the text of such errors can hold values of rows.
 */
export class FaultLog {
  readonly #logger: Logger;
  #count = 0;
  #lastLineAt = -Infinity;

  /** @param what named in each line, for example `outbox relay` */
  constructor(
    private readonly what: string,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#logger = new Logger('Worker');
  }

  /** Notes one fault. */
  note(error: unknown): void {
    this.#count += 1;
    if (this.now() - this.#lastLineAt < QUIET_MS) {
      return;
    }
    this.#lastLineAt = this.now();
    this.#logger.warn(`${this.what}: ${failureCode(error)}${this.#count > 1 ? `, ${this.#count} times` : ''}; trying again`);
  }

  /** Notes that it works. Says so only after a fault. */
  clear(): void {
    if (this.#count > 0) {
      this.#logger.log(`${this.what}: works again after ${this.#count} ${this.#count === 1 ? 'failure' : 'failures'}`);
    }
    this.#count = 0;
    this.#lastLineAt = -Infinity;
  }
}
