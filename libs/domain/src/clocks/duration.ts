/** The units of a duration. */
export const DURATION_UNITS = ['minutes', 'hours', 'working_days', 'calendar_days', 'weeks', 'months'] as const;
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

/** A duration as documents write it. */
export function formatDuration(duration: Duration): string {
  return `${duration.amount} ${duration.unit}`;
}

/** `times` times a duration. */
export function multiplyDuration(duration: Duration, times: number): Duration {
  return { amount: duration.amount * times, unit: duration.unit };
}
