import type { DataSource } from 'typeorm';

import type { Clock } from '@recourse/clock';
import { RecurringWork } from '@recourse/messaging';
import {
  countKeysAside,
  countLateDeadlines,
  countOutbox,
  deleteDoneOutbox,
  deleteExpiredSessions,
  deleteOldSignInLimits,
  inTransaction,
  wipeIdleSessions,
} from '@recourse/persistence';

import { FaultLog } from './fault-log';
import type { WorkerMetrics } from './health/worker-metrics';

/** How often figures are read and old rows removed, in milliseconds. */
const EVERY_MS = 60_000;
/** Outbox rows that are done are kept this long, for whoever wonders what was sent. Milliseconds. */
const KEEP_DONE_MS = 30 * 24 * 3_600_000;

/** Failed attempts to sign in are counted no longer than this after the last one. Milliseconds. */
const KEEP_SIGN_IN_LIMITS_MS = 24 * 3_600_000;

/** Reads figures from the database for the metrics, and removes what nobody needs any more. */
export class Housekeeping {
  readonly #faults = new FaultLog('housekeeping');
  readonly #work = new RecurringWork(() => this.round(), { everyMs: EVERY_MS, onFailure: (error) => this.#faults.note(error) });

  constructor(
    private readonly dataSource: DataSource,
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
  async round(): Promise<void> {
    const now = this.clock.now();
    const machineNow = this.clock.machineNow();
    const { outbox, clocks, keys } = await inTransaction(this.dataSource, async (tx) => {
      await deleteDoneOutbox(tx, new Date(now.getTime() - KEEP_DONE_MS));
      await deleteExpiredSessions(tx, machineNow);
      await wipeIdleSessions(tx, machineNow);
      await deleteOldSignInLimits(tx, new Date(machineNow.getTime() - KEEP_SIGN_IN_LIMITS_MS));
      return { outbox: await countOutbox(tx), clocks: await countLateDeadlines(tx, now), keys: await countKeysAside(tx) };
    });
    this.metrics.outboxRows.set({ state: 'waiting' }, outbox.waiting);
    this.metrics.outboxRows.set({ state: 'handed' }, outbox.handed);
    this.metrics.clocksDue.set(clocks.due);
    this.metrics.setAside.set({ what: 'outbox' }, outbox.setAside);
    this.metrics.setAside.set({ what: 'clock' }, clocks.setAside);
    this.metrics.setAside.set({ what: 'case_key' }, keys.ofCases);
    this.metrics.setAside.set({ what: 'team_key' }, keys.ofTeams);
    this.#faults.clear();
  }
}
