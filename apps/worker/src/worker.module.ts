import { BullRegistrar } from '@nestjs/bullmq';
import { Module, type DynamicModule } from '@nestjs/common';
import { NewsPace, RuleBook, WORKER_USE_CASES } from '@recourse/cases';
import { Clock, clockFor } from '@recourse/clock';
import { type WorkerSettings } from '@recourse/config';
import { OUTBOX_QUEUE, OutboxListener, OutboxRelay, QueueModule, queueToken } from '@recourse/messaging';
import { Mailer } from '@recourse/notify';
import { HealthModule, Metrics } from '@recourse/process';

import { CalendarUpkeep } from './calendars/calendar-upkeep';
import { ClockProcessor } from './clocks/clock.processor';
import { ClockSweep } from './clocks/clock-sweep';
import { StuckCaseWatch } from './clocks/stuck-case-watch';
import { DatabaseModule } from './database/database.module';
import { PatientDatabase } from './database/patient-database';
import { HANDLER_PROVIDERS } from './handlers/handlers';
import { readinessChecks } from './health/readiness';
import { WorkerMetrics } from './health/worker-metrics';
import { Housekeeping } from './housekeeping';
import { mailProviders } from './mail.providers';
import { NotificationSender } from './notifications/notification-sender';
import { OutboxProcessor } from './outbox/outbox.processor';
import { clockProviders, DEFAULT_TIMES, outboxProviders, type WorkerTimes } from './work.providers';
import { WorkerLifecycle } from './worker-lifecycle';

/** Connections that are not for jobs: relay, sweep lanes, housekeeping. */
const OTHER_CONNECTIONS = 4;
/** More jobs at the same time would only wait for the same mail server. */
const MOST_JOBS = 8;

/** Rules and mail, apart from the rest because readiness asks the mailer. */
@Module({})
class NotificationsModule {
  static with(settings: WorkerSettings): DynamicModule {
    return {
      module: NotificationsModule,
      providers: [RuleBook, ...mailProviders(settings)],
      exports: [RuleBook, Mailer, NotificationSender],
    };
  }
}

/** Hands and clocks: carries the outbox, sends notifications, fires clocks. Its only pages are health and metrics. */
@Module({})
export class WorkerModule {
  /**
   * @param settings of the worker
   * @param times only tests give others
   */
  static with(settings: WorkerSettings, times: WorkerTimes = DEFAULT_TIMES): DynamicModule {
    const database = DatabaseModule.forRoot(settings);
    const queues = QueueModule.forRoot(settings);
    const notifications = NotificationsModule.with(settings);
    return {
      module: WorkerModule,
      imports: [
        database,
        queues,
        notifications,
        HealthModule.forRoot({
          imports: [database, queues, notifications],
          inject: [PatientDatabase, queueToken(OUTBOX_QUEUE), Mailer],
          useFactory: readinessChecks,
        }),
      ],
      providers: [
        ...WORKER_USE_CASES,
        { provide: NewsPace, useValue: new NewsPace(settings.newsMailMinutes * 60_000) },
        { provide: Clock, useValue: clockFor(settings.trainingTime) },
        { provide: WorkerMetrics, inject: [Metrics], useFactory: (metrics: Metrics) => new WorkerMetrics(metrics) },
        ...outboxProviders(settings, times),
        ...HANDLER_PROVIDERS,
        ...clockProviders(settings),
        OutboxProcessor,
        ClockProcessor,
        {
          provide: WorkerLifecycle,
          inject: [
            BullRegistrar,
            OutboxRelay,
            OutboxListener,
            ClockSweep,
            CalendarUpkeep,
            StuckCaseWatch,
            Housekeeping,
            OutboxProcessor,
            ClockProcessor,
            Mailer,
          ],
          useFactory: (
            registrar: BullRegistrar,
            relay: OutboxRelay,
            listener: OutboxListener,
            sweep: ClockSweep,
            upkeep: CalendarUpkeep,
            watch: StuckCaseWatch,
            housekeeping: Housekeeping,
            outbox: OutboxProcessor,
            clocks: ClockProcessor,
            mailer: Mailer,
          ) => {
            const jobs = Math.max(1, Math.min(MOST_JOBS, settings.databaseConnections - OTHER_CONNECTIONS));
            return new WorkerLifecycle(registrar, [relay, listener, sweep, upkeep, watch, housekeeping], [outbox, clocks], mailer, jobs);
          },
        },
      ],
    };
  }
}
