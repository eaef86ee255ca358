import type { Calendar } from './calendar';
import type { Problem } from '../procedures/problem';

/** A calendar, or every mistake in its document in the order of the lines. */
export type ParsedCalendar =
  { readonly ok: true; readonly calendar: Calendar } | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a calendar document (YAML).
 * @param text the document
 * @param fileName its name, for the problems
 */
export function parseCalendar(text: string, fileName: string): ParsedCalendar {
  throw new Error(`not written yet (${fileName}, ${text.length})`);
}
