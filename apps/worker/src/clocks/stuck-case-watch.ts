import type { TellOfStuckCases } from '@recourse/cases';
import type { Clock } from '@recourse/clock';
import { RecurringWork } from '@recourse/messaging';

import { FaultLog } from '../fault-log';

/** How often this process asks whether a new day has begun, in milliseconds of case time. */
const EVERY_MS = 10 * 60_000;
/** However fast case time goes, in milliseconds of machine time. */
const SHORTEST_MS = 1_000;

/** Looks for stuck cases once a day (UTC), and after a start: a worker that was off at night catches up. */
export class StuckCaseWatch {
  readonly #faults = new FaultLog('search for stuck cases');
  readonly #work: RecurringWork;
  #lookedOn: string | undefined;

  constructor(
    private readonly tellOfStuckCases: TellOfStuckCases,
    clock: Clock,
  ) {
    this.#work = new RecurringWork(() => this.round(clock.now()), {
      everyMs: Math.max(SHORTEST_MS, EVERY_MS / clock.pace),
      onFailure: (error) => this.#faults.note(error),
    });
  }

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
