import type { TellOfStuckCases } from '@recourse/cases';
import type { Clock } from '@recourse/clock';
import { RecurringWork } from '@recourse/messaging';

import { FaultLog } from '../fault-log';

/** How often this process asks whether a new day has begun, in milliseconds. */
const EVERY_MS = 10 * 60_000;

/** Looks for stuck cases once a day (UTC), and after a start: a worker that was off at night catches up. */
export class StuckCaseWatch {
  readonly #faults = new FaultLog('search for stuck cases');
  readonly #work = new RecurringWork(() => this.round(this.clock.now()), {
    everyMs: EVERY_MS,
    onFailure: (error) => this.#faults.note(error),
  });
  #lookedOn: string | undefined;

  constructor(
    private readonly tellOfStuckCases: TellOfStuckCases,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.#work.start();
  }

  stop(): Promise<void> {
    return this.#work.stop();
  }

  /** One round: nothing when this process has looked today. */
  async round(now: Date): Promise<void> {
    const today = now.toISOString().slice(0, 10);
    if (this.#lookedOn !== today) {
      await this.tellOfStuckCases.run({ now });
      this.#lookedOn = today;
    }
    this.#faults.clear();
  }
}
