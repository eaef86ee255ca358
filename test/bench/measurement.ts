/** One measured figure beside the bar it should reach. */
export interface Measurement {
  /** Which part of the bench it belongs to. */
  readonly part: string;
  readonly what: string;
  /** Undefined when it could not be measured here; {@link why} says why. */
  readonly value: number | undefined;
  /** `/s`, `ms`, `s`, `%`, `bytes`, or nothing for a count. */
  readonly unit: string;
  /** Absent for a figure that only explains another one. */
  readonly bar?: Bar;
  /** Why there is no value. */
  readonly why?: string;
}

/** What a figure has to be. */
export interface Bar {
  readonly atMost?: number;
  readonly atLeast?: number;
  /** Whether missing it is a failure on any machine: nothing lost, nothing twice. Speed is told and never fails. */
  readonly isHard: boolean;
}

/** A bar that no machine may miss. */
export function exactly(count: number): Bar {
  return { atLeast: count, atMost: count, isHard: true };
}

/** A bar of speed: reached or not, the bench goes on. */
export function atLeast(figure: number): Bar {
  return { atLeast: figure, isHard: false };
}

/** A bar of speed or weight: reached or not, the bench goes on. */
export function atMost(figure: number): Bar {
  return { atMost: figure, isHard: false };
}

/** Undefined when there is no bar, or nothing that was measured. A value that is no number reaches no bar. */
export function isReached({ value, bar }: Measurement): boolean | undefined {
  if (bar === undefined || value === undefined) return undefined;
  return value >= (bar.atLeast ?? Number.NEGATIVE_INFINITY) && value <= (bar.atMost ?? Number.POSITIVE_INFINITY);
}

/** A figure that could not be measured here: it stands in the table all the same, because what is left out is taken for reached. */
export function notMeasured(part: string, what: string, why: string): Measurement {
  return { part, what, value: undefined, unit: '', why };
}

/** A part that ended with an error: it fails the bench, and the figures of the others are told all the same. */
export function broken(part: string, error: unknown): Measurement {
  const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return { part, what: `ended early: ${why ?? ''}`, value: 1, unit: '', bar: exactly(0) };
}

/** Those that no machine may miss, and that were. */
export function hardMisses(measurements: readonly Measurement[]): readonly Measurement[] {
  return measurements.filter((one) => one.bar?.isHard === true && isReached(one) === false);
}

/** A table for people. */
export function table(measurements: readonly Measurement[]): string {
  const rows = measurements.map((one) => [one.part, one.what, shown(one), words(one.bar), verdict(one)]);
  const all = [['Part', 'What', 'Measured', 'Bar', ''], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) => row.map((cell, column) => (column === 2 ? cell.padStart(widths[2] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The same for programs. */
export function asJson(measurements: readonly Measurement[], about: object): string {
  const figures = measurements.map((one) => ({ ...one, value: one.value ?? null, isReached: isReached(one) ?? null }));
  return JSON.stringify({ ...about, measurements: figures }, null, 2);
}

/**
 * The value below which a share of the values lie.
 * @param values in any order, at least one
 * @param share from 0 to 1
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function shown({ value, unit }: Measurement): string {
  if (value === undefined) return '-';
  return `${Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1)} ${unit}`.trim();
}

function words(bar: Bar | undefined): string {
  if (bar === undefined) return '';
  if (bar.atLeast === bar.atMost) return `exactly ${bar.atLeast ?? ''}`;
  return bar.atLeast === undefined ? `at most ${bar.atMost ?? ''}` : `at least ${bar.atLeast}`;
}

function verdict(one: Measurement): string {
  if (one.value === undefined) return `NOT MEASURED: ${one.why ?? 'no reason given'}`;
  const reached = isReached(one);
  if (reached === undefined) return '';
  return reached ? 'reached' : one.bar?.isHard === true ? 'FAILED' : 'missed';
}
