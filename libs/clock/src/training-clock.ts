import { Clock } from './clock';
import { SystemClock } from './system-clock';

/** How time goes in a training workspace. Its processes all get the same, so that they all show the same time. */
export interface TrainingTime {
  /** How many times faster case time goes; 0 stands still. */
  readonly pace: number;
  /** When, by the machine, it began to go like this. */
  readonly startedAt: Date;
  /** The case time at that moment. */
  readonly shows: Date;
}

/** The clock of a training workspace: case time goes `pace` times faster than the machine's. */
export class TrainingClock extends Clock {
  override readonly pace: number;
  #latest = 0;

  /** @param machine milliseconds since 1970; only tests give another */
  constructor(
    private readonly training: TrainingTime,
    private readonly machine: () => number = Date.now,
  ) {
    super();
    this.pace = training.pace;
  }

  /** Stands still where it was while the machine's clock is put back. */
  override now(): Date {
    const { startedAt, shows, pace } = this.training;
    const passed = Math.max(0, this.machine() - startedAt.getTime());
    this.#latest = Math.max(this.#latest, shows.getTime() + passed * pace);
    return new Date(this.#latest);
  }

  override machineNow(): Date {
    return new Date(this.machine());
  }
}

/**
 * The clock of a process.
 * @param training from its settings; undefined wherever cases are real
 */
export function clockFor(training: TrainingTime | undefined): Clock {
  return training === undefined ? new SystemClock() : new TrainingClock(training);
}
