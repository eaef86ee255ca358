import { Logger } from '@nestjs/common';
import type { CalendarView, ListCalendars, RecomputeClocks, RecomputeRequests } from '@recourse/cases';
import type { Clock } from '@recourse/clock';
import { failureCode } from '@recourse/domain';
import { RecurringWork } from '@recourse/messaging';

import { FaultLog } from '../fault-log';
import type { WorkerMetrics } from '../health/worker-metrics';

/** How often clocks are looked for that are behind their calendar, in milliseconds. */
const EVERY_MS = 60_000;
/** How often the log says that the holidays of a calendar run out, in milliseconds. */
const SAY_EVERY_MS = 24 * 3_600_000;

/**
 * Keeps open clocks, and requests for a second person, as their calendars have them. The outbox makes it prompt when a calendar is published; this makes it certain: a clock that was started or resumed by a
 * process that had not heard of the new version yet is found here. It also says when a calendar is about to run out of holidays.
 */
export class CalendarUpkeep {
  readonly #logger = new Logger('Worker');
  readonly #faults = new FaultLog('calendars');
  readonly #work = new RecurringWork((stopping) => this.round(stopping), {
    everyMs: EVERY_MS,
    onFailure: (error) => this.#faults.note(error),
  });
  readonly #saidAt = new Map<string, number>();

  constructor(
    private readonly recomputeClocks: RecomputeClocks,
    private readonly recomputeRequests: RecomputeRequests,
    private readonly listCalendars: ListCalendars,
    private readonly metrics: WorkerMetrics,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.#work.start();
  }

  stop(): Promise<void> {
    return this.#work.stop();
  }

  /** One round. */
  async round(stopping: () => boolean = () => false): Promise<void> {
    await this.recompute(stopping);
    const calendars = await this.listCalendars.run({ now: this.clock.now() });
    const days = calendars.flatMap(({ daysKnown }) => daysKnown ?? []);
    this.metrics.calendarDaysKnown.set(days.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...days));
    this.metrics.clocksBehind.set(calendars.reduce((sum, { behind }) => sum + behind, 0));
    calendars.filter(({ isRunningOut }) => isRunningOut).forEach((calendar) => this.#sayThatRunningOut(calendar));
    this.#faults.clear();
  }

  /** Recomputes what is behind, and says what came of it. */
  async recompute(stopping?: () => boolean): Promise<void> {
    const report = await this.recomputeClocks.run({ now: this.clock.now(), ...(stopping === undefined ? {} : { stopping }) });
    this.metrics.clocksRecomputed.inc({ moved: 'yes' }, report.moved);
    this.metrics.clocksRecomputed.inc({ moved: 'no' }, report.recomputed - report.moved);
    for (const { deadlineId, error } of report.failed) {
      this.#logger.error(`Clock ${deadlineId} could not be recomputed by its calendar (${failureCode(error)}); trying again`);
    }
    if (report.moved > 0) {
      this.#logger.log(`Calendars were changed; clocks recomputed: ${report.recomputed}, moved: ${report.moved}`);
    }
    const requests = await this.recomputeRequests.run(stopping === undefined ? {} : { stopping });
    if (requests.moved > 0) {
      this.#logger.log(`Calendars were changed; requests for a second person recomputed: ${requests.recomputed}, moved: ${requests.moved}`);
    }
  }

  #sayThatRunningOut({ calendar, knownUntil, daysKnown }: CalendarView): void {
    const now = performance.now();
    if (now - (this.#saidAt.get(calendar) ?? -Infinity) < SAY_EVERY_MS) {
      return;
    }
    this.#saidAt.set(calendar, now);
    const until = `${knownUntil ?? ''}${daysKnown !== undefined && daysKnown < 0 ? ', which is past' : ''}`;
    this.#logger.warn(`The holidays of calendar ${calendar} are known until ${until}: publish it with more years (docs/calendars.md)`);
  }
}
