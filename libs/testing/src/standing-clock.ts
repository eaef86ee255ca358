import { Clock } from '@recourse/clock';

/** A clock that shows what a test set it to, and stands still. */
export class StandingClock extends Clock {
  /**
   * @param at what it shows, as both times
   * @param pace how fast it says that case time goes
   */
  constructor(
    public at: Date,
    override readonly pace = 1,
  ) {
    super();
  }

  override now(): Date {
    return this.at;
  }

  override machineNow(): Date {
    return this.at;
  }
}
