import type { BeforeApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { RecurringWork } from '@recourse/messaging';
import { checkDiskRoom, findRoleProblem } from '@recourse/persistence';
import type { DataSource } from 'typeorm';

import { FaultLog } from '../fault-log';

/**
 * Opens the data source and keeps trying while the database is away, so that a worker that starts before its database begins by itself when
 * it comes. Once open, the pool heals itself: each query takes a fresh connection.
 */
export class PatientDatabase implements OnModuleInit, BeforeApplicationShutdown {
  readonly #faults = new FaultLog('database');
  readonly #opening = new RecurringWork(() => this.#openIfNeeded(), {
    everyMs: 5_000,
    onFailure: (error) => this.#faults.note(error),
  });
  #hasOurRole = false;

  /**
   * @param dataSource not yet initialised
   * @param refuse called with a sentence for the operator when the database is there and the role is not the worker's. Ends the process: the
   * worker opens addresses of complainants, and with the owner's role nothing would keep it from everything else.
   */
  constructor(
    private readonly dataSource: DataSource,
    private readonly refuse: (problem: string) => never,
  ) {}

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

  /** Resolves when the database's disk has room. */
  async checkDisk(): Promise<void> {
    await checkDiskRoom(this.dataSource);
  }

  async #openIfNeeded(): Promise<void> {
    if (!this.dataSource.isInitialized) {
      await this.dataSource.initialize();
    }
    await (this.#hasOurRole ? this.check() : this.#checkRole());
    this.#faults.clear();
  }

  /** Until it was answered once: the database may go away between opening and asking. */
  async #checkRole(): Promise<void> {
    const problem = await findRoleProblem(this.dataSource, 'worker');
    if (problem !== undefined) {
      this.refuse(problem);
    }
    this.#hasOurRole = true;
  }
}
