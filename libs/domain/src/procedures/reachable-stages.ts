import type { Procedure } from './procedure';

/** Codes of the stages that a track standing in one of `start` can come to, by people or by the software, `start` included. */
export function stagesReachedFrom(procedure: Procedure, start: readonly string[]): ReadonlySet<string> {
  return grown(new Set(start), (reached) =>
    procedure.actions.filter((action) => action.from.some((code) => reached.has(code))).map((action) => action.to),
  );
}

/** The smallest set that holds `start` and everything that `more` adds to it. */
export function grown(start: ReadonlySet<string>, more: (set: ReadonlySet<string>) => readonly string[]): ReadonlySet<string> {
  let set = start;
  for (;;) {
    const next = new Set([...set, ...more(set)]);
    if (next.size === set.size) return set;
    set = next;
  }
}
