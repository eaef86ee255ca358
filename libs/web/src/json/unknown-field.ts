import type { ProblemField } from '../errors/refused';

/** What is said of a field, or of a parameter of the address, that nobody asked for. */
export function unknownField(field: string): ProblemField {
  return { field, code: 'unknown_field', key: 'problems.unknown_field', params: {} };
}
