/** The units of a duration. */
export const DURATION_UNITS = [
  'minutes',
  'hours',
  'working_minutes',
  'working_hours',
  'working_days',
  'calendar_days',
  'weeks',
  'months',
] as const;
/** One of {@link DURATION_UNITS}. */
export type DurationUnit = (typeof DURATION_UNITS)[number];

/** A length of time, written `5 working_days` in documents. */
export interface Duration {
  /** Whole, 1 or more. */
  readonly amount: number;
  readonly unit: DurationUnit;
}

/** Ten years, in the units' longest sense: longer clocks are a slip of the pen. */
export const LONGEST_DAYS = 3660;

const NOMINAL_DAYS: Readonly<Record<DurationUnit, number>> = {
  minutes: 1 / 1440,
  hours: 1 / 24,
  // Eight hours a day, five days a week: what a calendar really has is not known where durations are compared.
  working_minutes: 7 / 5 / 8 / 60,
  working_hours: 7 / 5 / 8,
  // Five a week is the rule, so that 5 working days compare equal with 7 calendar days.
  working_days: 7 / 5,
  calendar_days: 1,
  weeks: 7,
  months: 30.4375,
};

/** Days that a duration takes on the average: for comparing the order of warnings and rungs, never for computing a date. */
export function nominalDays(duration: Duration): number {
  return duration.amount * NOMINAL_DAYS[duration.unit];
}

const WORKING_HOURS_A_DAY = 8;
const WORKING_DAYS_A_WEEK = 5;

/**
 * True when a duration in one sort of unit can come out as long as one in the other, in a week of five working days: three working days can be over after three days
 * or, over a weekend, after five. Within one sort {@link nominalDays} tells, but for months, which differ.
 */
export function mayBeAsLong(one: Duration, other: Duration): boolean {
  const isWorking = ({ unit }: Duration): boolean => unit === 'working_days' || isInWorkingTime({ amount: 1, unit });
  return isWorking(one) && isWorking(other) ? nominalDays(one) >= nominalDays(other) : mostDays(one) >= leastDays(other);
}

function mostDays({ amount, unit }: Duration): number {
  switch (unit) {
    case 'working_days':
      return amount + 2 * Math.ceil(amount / WORKING_DAYS_A_WEEK);
    case 'working_hours':
      return mostDays({ amount: Math.ceil(amount / WORKING_HOURS_A_DAY), unit: 'working_days' });
    case 'working_minutes':
      return mostDays({ amount: Math.ceil(amount / 60), unit: 'working_hours' });
    case 'months':
      return amount * 31;
    default:
      return nominalDays({ amount, unit });
  }
}

function leastDays({ amount, unit }: Duration): number {
  switch (unit) {
    case 'working_days':
      // As many as fit before the first weekend, then one more weekend for each further week.
      return amount + 2 * Math.floor((amount - 1) / WORKING_DAYS_A_WEEK);
    case 'working_hours':
      return amount / 24;
    case 'working_minutes':
      return amount / 1440;
    case 'months':
      return amount * 28;
    default:
      return nominalDays({ amount, unit });
  }
}

/** A duration as documents write it. */
export function formatDuration(duration: Duration): string {
  return `${duration.amount} ${duration.unit}`;
}

/** A duration from what {@link formatDuration} wrote, or nothing when it is none. */
export function parseDuration(text: string): Duration | undefined {
  const [, amount, name] = /^(\d{1,9}) ([a-z_]+)$/.exec(text) ?? [];
  const unit = DURATION_UNITS.find((known) => known === name);
  return unit === undefined ? undefined : { amount: Number(amount), unit };
}

/** `times` times a duration. */
export function multiplyDuration(duration: Duration, times: number): Duration {
  return { amount: duration.amount * times, unit: duration.unit };
}

/** True for units that are counted by the clock on the wall, day and night, and not by the calendar. */
export function isExact(duration: Duration): boolean {
  return duration.unit === 'minutes' || duration.unit === 'hours';
}

/** True for units that are counted in time within working hours. */
export function isInWorkingTime(duration: Duration): boolean {
  return duration.unit === 'working_minutes' || duration.unit === 'working_hours';
}

/**
 * How long a duration in minutes or hours is, in milliseconds.
 * @throws Error for units of days: how long they are, the calendar says
 */
export function milliseconds(duration: Duration): number {
  switch (duration.unit) {
    case 'minutes':
    case 'working_minutes':
      return duration.amount * 60_000;
    case 'hours':
    case 'working_hours':
      return duration.amount * 3_600_000;
    default:
      throw new Error(`${duration.unit} have no fixed length`);
  }
}
