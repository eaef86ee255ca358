import type { FieldProblem } from '@recourse/cases';
import { Refused, type ProblemField } from '@recourse/web';
import { receiptUnknown } from './request-headers';

/** Status of each refusal of a use case, at the edge where refusals become HTTP. */
const statusOf: Readonly<Record<string, number>> = {
  key_not_a_uuid: 400,
  key_reused_with_other_body: 409,
  closed: 409,
  complaint_invalid: 400,
  text_invalid: 400,
  empty: 400,
  incomplete: 400,
  too_large: 413,
  no_room: 507,
};

/** A refusal of a use case as the exception that the error filter answers with problem JSON. */
export function refusedByUseCase(refusal: { readonly code: string; readonly problems?: readonly FieldProblem[] }): Refused {
  if (refusal.code === 'not_found') return receiptUnknown();
  const status = statusOf[refusal.code];
  if (status === undefined) throw new Error(`A refusal without a status: ${refusal.code}`);
  return new Refused(status, refusal.code, (refusal.problems ?? []).map(problemField));
}

function problemField({ field, code, limit }: FieldProblem): ProblemField {
  return { field, code, key: `intake-api.fields.${code}`, params: limit === undefined ? {} : { limit } };
}
