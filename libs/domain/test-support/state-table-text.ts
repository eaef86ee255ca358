import { ACTOR_ROLES, stateTable, type Procedure, type StateTableResult } from '../src';

/**
 * The table of states as a text that a person can read in a review: stages by actions by roles, who must agree as second person, and what must hold. What nobody
 * can take in a stage is left out and counted in the last line.
 */
export function stateTableText(procedure: Procedure): string {
  const all = stateTable(procedure);
  const possible = all.filter(({ results }) => ACTOR_ROLES.some((role) => 'to' in results[role]));
  const rows = possible.map(({ stage, action, results }) => [
    stage,
    action,
    ...ACTOR_ROLES.map((role) => cell(results[role])),
    secondPerson(procedure, action),
    procedure.actions.find(({ code }) => code === action)?.guards.join(', ') ?? '',
  ]);
  const head = ['stage', 'action', ...ACTOR_ROLES, 'second person', 'only if'];
  return [...lines([head, ...rows]), `and ${all.length - possible.length} that nobody can take`].join('\n');
}

function cell(result: StateTableResult): string {
  return 'to' in result ? `→ ${result.to}` : result.refusal;
}

function secondPerson(procedure: Procedure, code: string): string {
  return procedure.actions.find((action) => action.code === code)?.approval?.roles.join(' or ') ?? '';
}

/** A table as lines, its columns as wide as they must be. */
export function lines(table: readonly (readonly string[])[]): readonly string[] {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join(' | ')
      .trimEnd(),
  );
}
