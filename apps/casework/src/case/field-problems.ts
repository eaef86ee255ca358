import type { FormError } from '@recourse/web';

/** A field that a use case did not take, as `PerformAction` and `SendMessageToComplainant` tell it. */
interface RefusedField {
  readonly field: string;
  readonly code: string;
  readonly limit?: number;
}

/** The same as a line of the form: what to do about it. */
export function caseProblem({ field, code, limit }: RefusedField): Pick<FormError, 'field' | 'key' | 'params'> {
  return { field, key: `casework-problems.${code}`, params: limit === undefined ? {} : { limit } };
}
