import { Injectable } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';

import { Metrics } from '@recourse/process';

/** The figures of the worker. Counts and ages only; no case, person or procedure is named in a label. */
@Injectable()
export class WorkerMetrics {
  /** Rows handed to the queue; `again` when a job was lost and the row handed a second time. */
  readonly outboxHanded: Counter<'again'>;
  /** Handlers run, by how they ended. */
  readonly outboxHandled: Counter<'outcome'>;
  /** Clocks fired, by kind of firing. */
  readonly clocksFired: Counter<'kind'>;
  /** Firings that failed; after several of one clock it is set aside. */
  readonly clockFailures: Counter;
  /** Firings for which nobody on the ladder could be found, so that every director and administrator was told. */
  readonly clocksWithoutPerson: Counter;
  /** Mails by kind and outcome. */
  readonly mails: Counter<'kind' | 'outcome'>;
  /** Outbox rows that are not finished, by state. */
  readonly outboxRows: Gauge<'state'>;
  /** Clocks that are due and were not fired yet. */
  readonly clocksDue: Gauge;
  /** Clocks recomputed because their calendar was changed, by whether they moved. */
  readonly clocksRecomputed: Counter<'moved'>;
  /** Open clocks that are computed by an older version of their calendar. */
  readonly clocksBehind: Gauge;
  /** Days for which public holidays are still known, of the calendar that has fewest. */
  readonly calendarDaysKnown: Gauge;
  /** Rows that the machine gave up and a person has to look at. */
  readonly setAside: Gauge<'what'>;

  constructor(metrics: Metrics) {
    const registers = [metrics.registry];
    this.outboxHanded = new Counter({
      name: 'recourse_outbox_handed_total',
      help: 'Outbox rows handed to the queue; again=yes when the job had been lost.',
      labelNames: ['again'],
      registers,
    });
    this.outboxHandled = new Counter({
      name: 'recourse_outbox_handled_total',
      help: 'Handlers run for outbox rows, by outcome.',
      labelNames: ['outcome'],
      registers,
    });
    this.clocksFired = new Counter({
      name: 'recourse_clocks_fired_total',
      help: 'Clock firings, by kind.',
      labelNames: ['kind'],
      registers,
    });
    this.clockFailures = new Counter({
      name: 'recourse_clock_failures_total',
      help: 'Clock firings that failed and were rolled back.',
      registers,
    });
    this.clocksWithoutPerson = new Counter({
      name: 'recourse_clock_without_person',
      help: 'Clock firings for which nobody on the ladder held the role.',
      registers,
    });
    this.mails = new Counter({
      name: 'recourse_mails_total',
      help: 'Mails by kind and outcome.',
      labelNames: ['kind', 'outcome'],
      registers,
    });
    this.outboxRows = new Gauge({
      name: 'recourse_outbox_rows',
      help: 'Outbox rows that are not finished, by state.',
      labelNames: ['state'],
      registers,
    });
    this.clocksDue = new Gauge({ name: 'recourse_clocks_due', help: 'Clocks that are due and were not fired yet.', registers });
    ({
      clocksRecomputed: this.clocksRecomputed,
      clocksBehind: this.clocksBehind,
      calendarDaysKnown: this.calendarDaysKnown,
    } = calendarFigures(registers));
    this.setAside = new Gauge({
      name: 'recourse_set_aside',
      help: 'Rows given up by the machine, waiting for a person.',
      labelNames: ['what'],
      registers,
    });
  }
}

/** The figures of calendars and of the clocks that are counted by them. */
function calendarFigures(registers: Metrics['registry'][]): Pick<WorkerMetrics, 'clocksRecomputed' | 'clocksBehind' | 'calendarDaysKnown'> {
  return {
    clocksRecomputed: new Counter({
      name: 'recourse_clocks_recomputed_total',
      help: 'Clocks recomputed because their calendar was changed, by whether they moved.',
      labelNames: ['moved'],
      registers,
    }),
    clocksBehind: new Gauge({
      name: 'recourse_clocks_behind_calendar',
      help: 'Open clocks that are computed by an older version of their calendar.',
      registers,
    }),
    calendarDaysKnown: new Gauge({
      name: 'recourse_calendar_days_known',
      help: 'Days for which public holidays are still known, of the calendar that has fewest.',
      registers,
    }),
  };
}
