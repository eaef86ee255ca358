import type { Problem } from './problem';
import type { Procedure } from './procedure';

/** A procedure, or every mistake in its document in the order of the lines. */
export type ParsedProcedure =
  { readonly ok: true; readonly procedure: Procedure } | { readonly ok: false; readonly problems: readonly Problem[] };

/** What a document may refer to outside itself. */
export interface ProcedureSurroundings {
  /** Codes of the calendars there are; when absent, calendars are not checked. Give it when publishing. */
  readonly calendars?: readonly string[];
}

/**
 * Reads a procedure document (YAML) and proves that no case can get stuck or forgotten under it.
 * @param text the document
 * @param fileName its name, for the problems
 */
export function parseProcedure(text: string, fileName: string, surroundings: ProcedureSurroundings = {}): ParsedProcedure {
  throw new Error(`not written yet (${fileName}, ${text.length}, ${surroundings.calendars?.length ?? 0})`);
}
