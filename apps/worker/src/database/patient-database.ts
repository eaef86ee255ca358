import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { RecurringWork } from '@recourse/messaging';

import { FaultLog } from '../fault-log';

/**
 * Opens the data source and keeps trying while the database is away, so that a worker that starts before its database begins by itself when
 * it comes. Once open, the pool heals itself: each query takes a fresh connection.
 */
@Injectable()
export class PatientDatabase implements OnModuleInit, BeforeApplicationShutdown {
  readonly #faults = new FaultLog('database');
  readonly #opening = new RecurringWork(() => this.#openIfNeeded(), {
    everyMs: 5_000,
    onFailure: (error) => this.#faults.note(error),
  });

  constructor(private readonly dataSource: DataSource) {}

  /** Begins to try; the application goes on starting meanwhile, so that its readiness page can say what is missing. */
  onModuleInit(): void {
    this.#opening.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#opening.stop();
  }

  /** Resolves when the database answers. */
  async check(): Promise<void> {
    await this.dataSource.query('SELECT 1');
  }

  async #openIfNeeded(): Promise<void> {
    if (!this.dataSource.isInitialized) {
      await this.dataSource.initialize();
    }
    await this.check();
    this.#faults.clear();
  }
}
