import type { ValueTransformer } from 'typeorm';

/**
 * Turns a `bigint` column into a number. The driver gives such columns as text because a JavaScript number holds only 53 bits;
 * ours count bytes and milliseconds and never come near. One that does is a bug, and is refused instead of rounded.
 */
export const safeInteger: ValueTransformer = {
  to: (value: number | null | undefined): string | null | undefined => (value === null || value === undefined ? value : toText(value)),
  from: (value: string | null): number | null => (value === null ? null : toSafeInteger(value)),
};

/**
 * Reads a whole number that PostgreSQL sent as text.
 * @param value decimal digits, perhaps with a sign
 * @throws RangeError when a JavaScript number cannot hold it exactly
 */
export function toSafeInteger(value: string | number): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError('a number from the database is not a safe integer');
  }
  return number;
}

function toText(value: number): string {
  if (!Number.isSafeInteger(value)) {
    throw new RangeError('a number for the database is not a safe integer');
  }
  return String(value);
}
