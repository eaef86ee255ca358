/**
 * Tells what time it is. There are two times, and they are the same except in a training workspace, where case time goes faster:
 *
 * - **Case time** is what happens to cases: everything that is stamped on a case, a clock, an event, a message, a notification or a row of the
 *   outbox, and whatever is compared with such a stamp or printed as today, late or due.
 * - **Machine time** is what happens to people and machines: how long a session, a form, a receipt's cookie or a wait after wrong passwords lasts,
 *   and how old a file on the disk is.
 *
 * A comparison never has one of each on its two sides.
 */
export abstract class Clock {
  /** Case time. Never goes backwards within a process. */
  abstract now(): Date;

  /** Machine time. */
  abstract machineNow(): Date;

  /** How many times faster case time goes than machine time: 1 everywhere but in a training workspace. */
  abstract readonly pace: number;
}
