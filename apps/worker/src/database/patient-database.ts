import type { BeforeApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { requireWorkerKey } from '@recourse/cases';
import { RecurringWork } from '@recourse/messaging';
import { checkDiskRoom, findSetupProblem, requireFitDatabase, UnfitDatabase, type Mode } from '@recourse/persistence';
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
  #isFit = false;
  #knowsKey = false;

  /**
   * @param dataSource not yet initialised
   * @param needs the mode, in production it must be no demo workspace; the public half of the worker's key, to which addresses must be sealed in it
   * @param refuse called with a clause for the operator when the database is there and somebody has to put something right: a wrong password, no schema, another
   * role than the worker's, a demo, another key. Ends the process: the worker opens addresses of complainants, and with the owner's role nothing would keep it from everything
   * else. A password that is changed while it works is waited for: it may be about to be changed here too.
   */
  constructor(
    private readonly dataSource: DataSource,
    private readonly needs: { readonly mode: Mode; readonly publicKey: Buffer },
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
    await (this.#isFit ? this.check() : this.#open());
    if (!this.#knowsKey) await this.#compareKey();
    this.#faults.clear();
  }

  /** Until all was answered once: the database may go away between opening and asking. */
  async #open(): Promise<void> {
    try {
      if (!this.dataSource.isInitialized) {
        await this.dataSource.initialize();
      }
      await requireFitDatabase(this.dataSource, 'worker', this.needs.mode);
    } catch (error) {
      const problem = findSetupProblem(error);
      if (problem === undefined) {
        throw error;
      }
      this.refuse(problem);
    }
    this.#isFit = true;
  }

  /** Until there is one to compare with: the worker may be started before the institution is set up. */
  async #compareKey(): Promise<void> {
    try {
      this.#knowsKey = await requireWorkerKey(this.dataSource.manager, this.needs.publicKey);
    } catch (error) {
      if (!(error instanceof UnfitDatabase)) {
        throw error;
      }
      this.refuse(error.message);
    }
  }
}
