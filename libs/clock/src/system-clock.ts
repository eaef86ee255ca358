import { Clock } from './clock';

/** The clock of the machine: both times are the same. */
export class SystemClock extends Clock {
  override readonly pace = 1;

  override now(): Date {
    return new Date();
  }

  override machineNow(): Date {
    return new Date();
  }
}
