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

  /**
   * Tries once, so that in the ordinary case the work begins with an open database; then goes on trying while the application starts all the
   * same, so that its readiness page can say what is missing.
   */
  async onModuleInit(): Promise<void> {
    try {
      await this.#openIfNeeded();
    } catch (error) {
      this.#faults.note(error);
    }
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
