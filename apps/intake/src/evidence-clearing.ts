import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ClearEvidenceStore } from '@recourse/cases';
import { Clock } from '@recourse/clock';

/** Milliseconds. What is cleared is a day old: an hour more or less does not matter. */
const EVERY_MS = 3_600_000;

/**
 * Clears the evidence store at the start and every hour. Here and not in the worker, because this process writes the store anyway, while the
 * worker, which opens addresses, is kept away from the files. Several intakes may do it at once.
 */
@Injectable()
export class EvidenceClearing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger('Intake');
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();

  constructor(
    private readonly clearEvidenceStore: ClearEvidenceStore,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const begin = () => {
      this.#round = this.#clear();
    };
    begin();
    this.#timer = setInterval(begin, EVERY_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }

  /** Whatever it cannot do now it does an hour later; the door stays open. Numbers only: keys name files. */
  async #clear(): Promise<void> {
    try {
      const { unfinished, claimed, removed } = await this.clearEvidenceStore.run({ now: this.clock.machineNow() });
      if (unfinished + claimed + removed > 0) {
        this.#logger.log(
          `Evidence store: of interrupted uploads ${unfinished} unfinished and ${removed} without a row removed, ${claimed} with a row kept`,
        );
      }
    } catch (error) {
      this.#logger.warn(
        `The evidence store could not be cleared (${error instanceof Error ? error.name : 'unknown'}); trying again in an hour`,
      );
    }
  }
}
