import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectRoot } from '@recourse/config';
import { parseProcedure, type Procedure, readPublishedProcedure } from '@recourse/domain';

const folder = join(projectRoot, 'libs/domain/procedures');
const known = new Map<string, Procedure>();

/** Codes of the shipped procedures. */
export function shippedProcedureCodes(): readonly string[] {
  return readdirSync(folder).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : []));
}

/** Text of a shipped procedure. */
export function shippedProcedureText(code: string): string {
  return readFileSync(join(folder, `${code}.yaml`), 'utf8');
}

/** A shipped procedure, read once for all tests and not proved: that each of them can be is seen in `shipped.spec.ts` of the domain. */
export function shippedProcedure(code: string): Procedure {
  const procedure = known.get(code) ?? orThrow(readPublishedProcedure(shippedProcedureText(code), `${code}.yaml`));
  known.set(code, procedure);
  return procedure;
}

/**
 * A shipped procedure with something changed, and proved anew.
 * @throws Error when the change does nothing, or makes a mistake
 */
export function changedProcedure(code: string, change: (text: string) => string): Procedure {
  const text = shippedProcedureText(code);
  if (change(text) === text) throw new Error(`nothing is changed in ${code}`);
  return orThrow(parseProcedure(change(text), `${code}.yaml`));
}

function orThrow(parsed: ReturnType<typeof parseProcedure>): Procedure {
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.procedure;
}
