/** Day, month and year as three fields hold them. */
export interface DateParts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

export type DateReading =
  | { readonly ok: true; /** `YYYY-MM-DD`, or undefined when all three are empty. */ readonly date: string | undefined }
  | { readonly ok: false; readonly reason: 'incomplete' | 'not_a_date' | 'in_the_future' | 'too_long_ago' };

/**
 * Reads a date typed in three fields. Digits of any script are understood (`٢٤` is 24); the 31st of February is not a
 * date; nothing is guessed.
 * @param bounds `notAfter` and `notBefore` as `YYYY-MM-DD`, both inclusive
 */
export function readDateParts(parts: DateParts, bounds: { notAfter?: string; notBefore?: string } = {}): DateReading {
  const [day, month, year] = [parts.day, parts.month, parts.year].map((part) => toLatinDigits(part).trim());
  if (!day && !month && !year) return { ok: true, date: undefined };
  if (!day || !month || !year) return { ok: false, reason: 'incomplete' };
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return { ok: false, reason: 'not_a_date' };
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const instant = new Date(`${date}T00:00:00Z`);
  // `new Date` rolls 2026-02-31 over to March instead of refusing it.
  if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== date) return { ok: false, reason: 'not_a_date' };
  if (bounds.notAfter !== undefined && date > bounds.notAfter) return { ok: false, reason: 'in_the_future' };
  if (bounds.notBefore !== undefined && date < bounds.notBefore) return { ok: false, reason: 'too_long_ago' };
  return { ok: true, date };
}

/** Turns decimal digits of any script (Unicode class Nd) into 0–9 and leaves the rest alone. */
export function toLatinDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

function digitValue(digit: string): number {
  // NFKC turns full-width and mathematical digits into 0-9; those are the only runs that touch each other.
  const plain = digit.normalize('NFKC');
  if (/^\d$/.test(plain)) return Number(plain);
  // All others stand in runs of ten in code point order (Unicode Standard §4.6), each run starting at its zero.
  const code = plain.codePointAt(0) ?? 0;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}
