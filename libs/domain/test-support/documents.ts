import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Calendar, Procedure } from '../src';
import { parseCalendar, parseProcedure, readPublishedProcedure } from '../src';
import { RECORDED_HOLIDAYS } from './recorded-holidays';
import { FULL_PROCEDURE, SMALL_PROCEDURE } from './small-procedure';

const domain = join(__dirname, '..');

/** The text of a shipped document, by its path in `libs/domain`. */
export function shippedText(path: string): string {
  return readFileSync(join(domain, path), 'utf8');
}

/** A shipped calendar. */
export function shippedCalendar(code: string): Calendar {
  const parsed = parseCalendar(shippedText(`calendars/${code}.yaml`), `${code}.yaml`, RECORDED_HOLIDAYS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.calendar;
}

/** Codes of the shipped procedures. */
export function shippedProcedures(): readonly string[] {
  return readdirSync(join(domain, 'procedures')).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : []));
}

/** A shipped procedure. That each of them can be proved is seen once, in shipped.spec.ts. */
export function shippedProcedure(code: string): Procedure {
  const read = readPublishedProcedure(shippedText(`procedures/${code}.yaml`), `${code}.yaml`);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.procedure;
}

/** {@link SMALL_PROCEDURE}, parsed. */
export function smallProcedure(): Procedure {
  return parsedProcedure(SMALL_PROCEDURE, 'small.yaml');
}

/** {@link FULL_PROCEDURE}, parsed. */
export function fullProcedure(): Procedure {
  return parsedProcedure(FULL_PROCEDURE, 'full.yaml');
}

/** {@link FULL_PROCEDURE} with some texts replaced wherever they stand. @throws Error for a text that does not, and for a mistake */
export function fullProcedureWith(...replacements: readonly (readonly [string, string])[]): Procedure {
  const text = replacements.reduce((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`${from} is not in the document`);
    return all.replaceAll(from, to);
  }, FULL_PROCEDURE);
  return parsedProcedure(text, 'full.yaml');
}

/** By their texts: proving one takes longer than most tests with it. */
const proved = new Map<string, Procedure>();

function parsedProcedure(text: string, fileName: string): Procedure {
  const known = proved.get(text);
  if (known) return known;
  const parsed = parseProcedure(text, fileName, { calendars: ['geneva', 'gulf'] });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  proved.set(text, parsed.procedure);
  return parsed.procedure;
}
