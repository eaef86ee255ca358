import type { Provider } from '@nestjs/common';
import { FireDeadline, ListCalendars, RecomputeClocks, RecomputeRequests, TellOfStuckCases } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import type { WorkerSettings } from '@recourse/config';
import {
  CLOCKS_QUEUE,
  DEFAULT_RELAY_OPTIONS,
  DEFAULT_RETRY_POLICY,
  OUTBOX_QUEUE,
  OutboxListener,
  OutboxRelay,
  OutboxRunner,
  OutboxTable,
  queueToken,
  TopicRegistry,
  type OutboxRelayOptions,
  type PayloadQueue,
  type RetryPolicy,
} from '@recourse/messaging';
import { DataSource } from 'typeorm';

import { CalendarUpkeep } from './calendars/calendar-upkeep';
import { ClockPlanner } from './clocks/clock-planner';
import { ClockSweep } from './clocks/clock-sweep';
import { FiringNotes } from './clocks/firing-notes';
import { StuckCaseWatch } from './clocks/stuck-case-watch';
import { FaultLog } from './fault-log';
import { HANDLERS, topicRegistry } from './handlers/handlers';
import { WorkerMetrics } from './health/worker-metrics';
import { Housekeeping } from './housekeeping';
import { PostgresOutboxTable } from './outbox/postgres-outbox-table';

/** Times that tests shorten. */
export interface WorkerTimes {
  readonly relay: Omit<OutboxRelayOptions, 'onFailure' | 'onSuccess' | 'onHanded'>;
  readonly retry: RetryPolicy;
}

/** Times used in production. */
export const DEFAULT_TIMES: WorkerTimes = { relay: DEFAULT_RELAY_OPTIONS, retry: DEFAULT_RETRY_POLICY };

/** Clocks are planned this many sweeps ahead: one would leave no margin for a sweep that takes a while. */
const SWEEPS_AHEAD = 3;

/**
 * The outbox: table, registry of handlers, runner, relay and listener.
 * @param settings of the worker
 * @param times of the relay and between attempts
 */
export function outboxProviders({ databaseUrl }: WorkerSettings, { relay, retry }: WorkerTimes): Provider[] {
  return [
    { provide: OutboxTable, useClass: PostgresOutboxTable },
    { provide: TopicRegistry, inject: [...HANDLERS], useFactory: topicRegistry },
    {
      provide: OutboxRunner,
      inject: [OutboxTable, TopicRegistry],
      useFactory: (table: OutboxTable, registry: TopicRegistry) => new OutboxRunner(table, registry, retry),
    },
    {
      provide: OutboxRelay,
      inject: [OutboxTable, queueToken(OUTBOX_QUEUE), TopicRegistry, WorkerMetrics],
      useFactory: (table: OutboxTable, queue: PayloadQueue<'outbox'>, registry: TopicRegistry, metrics: WorkerMetrics) => {
        const faults = new FaultLog('outbox relay');
        return new OutboxRelay(table, queue, registry, {
          ...relay,
          onFailure: (error) => faults.note(error),
          onSuccess: () => faults.clear(),
          onHanded: (count, again) => metrics.outboxHanded.inc({ again: again ? 'yes' : 'no' }, count),
        });
      },
    },
    {
      provide: OutboxListener,
      inject: [OutboxRelay],
      useFactory: (outboxRelay: OutboxRelay) => {
        const faults = new FaultLog('outbox listener');
        return new OutboxListener({
          databaseUrl,
          onSignal: () => {
            faults.clear();
            outboxRelay.wake();
          },
          onFailure: (error) => faults.note(error),
        });
      },
    },
  ];
}

/**
 * The clocks: planner and sweep, and what is done besides.
 * @param settings of the worker
 */
export function clockProviders({ sweepSeconds }: WorkerSettings): Provider[] {
  const everyMs = sweepSeconds * 1_000;
  return [
    {
      provide: ClockPlanner,
      inject: [DataSource, queueToken(CLOCKS_QUEUE), Clock],
      useFactory: (dataSource: DataSource, queue: PayloadQueue<'clocks'>, clock: Clock) =>
        new ClockPlanner(dataSource, queue, clock, everyMs * SWEEPS_AHEAD),
    },
    FiringNotes,
    {
      provide: ClockSweep,
      inject: [FireDeadline, FiringNotes, ClockPlanner, Clock],
      useFactory: (fireDeadline: FireDeadline, notes: FiringNotes, planner: ClockPlanner, clock: Clock) =>
        new ClockSweep(fireDeadline, notes, planner, clock, everyMs),
    },
    {
      provide: CalendarUpkeep,
      inject: [RecomputeClocks, RecomputeRequests, ListCalendars, WorkerMetrics, Clock],
      useFactory: (
        recomputeClocks: RecomputeClocks,
        recomputeRequests: RecomputeRequests,
        listCalendars: ListCalendars,
        metrics: WorkerMetrics,
        clock: Clock,
      ) => new CalendarUpkeep(recomputeClocks, recomputeRequests, listCalendars, metrics, clock),
    },
    {
      provide: StuckCaseWatch,
      inject: [TellOfStuckCases, Clock],
      useFactory: (tellOfStuckCases: TellOfStuckCases, clock: Clock) => new StuckCaseWatch(tellOfStuckCases, clock),
    },
    {
      provide: Housekeeping,
      inject: [DataSource, WorkerMetrics, Clock],
      useFactory: (dataSource: DataSource, metrics: WorkerMetrics, clock: Clock) => new Housekeeping(dataSource, metrics, clock),
    },
  ];
}
