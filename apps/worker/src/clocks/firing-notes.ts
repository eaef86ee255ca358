import { Injectable, Logger } from '@nestjs/common';

import type { FiringReport } from '@recourse/cases';
import { failureCode } from '@recourse/domain';

import { WorkerMetrics } from '../health/worker-metrics';
import { ClockPlanner } from './clock-planner';

/** What happens after clocks were fired: figures, a line for what went wrong, and the next moment into the queue. */
@Injectable()
export class FiringNotes {
  readonly #logger = new Logger('Worker');

  constructor(
    private readonly metrics: WorkerMetrics,
    private readonly planner: ClockPlanner,
  ) {}

  /** @param report what firing gave back */
  async take({ fired, failed }: FiringReport): Promise<void> {
    for (const { kinds, isWithoutPerson, deadlineId } of fired) {
      kinds.forEach((kind) => this.metrics.clocksFired.inc({ kind }));
      if (isWithoutPerson) {
        this.metrics.clocksWithoutPerson.inc();
        this.#logger.error(`Clock ${deadlineId} has nobody on its ladder; every director and administrator is told`);
      }
    }
    for (const { deadlineId, error, isSetAside } of failed) {
      this.metrics.clockFailures.inc();
      const then = isSetAside ? 'set aside; somebody has to look' : 'trying again later';
      this.#logger.error(`Clock ${deadlineId} could not be fired (${failureCode(error)}): ${then}`);
    }
    await this.planner.planAll(
      fired.flatMap(({ deadlineId, nextFireAt }) => (nextFireAt === undefined ? [] : [{ id: deadlineId, nextFireAt }])),
    );
  }
}
