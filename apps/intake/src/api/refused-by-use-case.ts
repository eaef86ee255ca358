import type { FieldProblem } from '@recourse/cases';
import { Refused, type ProblemField } from '@recourse/web';
import { secondsUntil } from '../seconds-until';
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
  too_many_at_once: 429,
  too_many_today: 429,
  case_full: 409,
};

/** What a use case refuses with. */
interface Refusal {
  readonly code: string;
  readonly problems?: readonly FieldProblem[];
  /** From when on it can be tried again. */
  readonly retryAt?: Date;
}

/**
 * A refusal of a use case as the exception that the error filter answers with problem JSON.
 * @param now to say how long to wait, where waiting helps
 */
export function refusedByUseCase(refusal: Refusal, now: Date): Refused {
  if (refusal.code === 'not_found') return receiptUnknown();
  const status = statusOf[refusal.code];
  if (status === undefined) throw new Error(`A refusal without a status: ${refusal.code}`);
  const fields = (refusal.problems ?? []).map(problemField);
  return refusal.retryAt === undefined
    ? new Refused(status, refusal.code, fields)
    : new Refused(status, refusal.code, fields, secondsUntil(refusal.retryAt, now));
}

function problemField({ field, code, limit }: FieldProblem): ProblemField {
  return { field, code, key: `intake-api.fields.${code}`, params: limit === undefined ? {} : { limit } };
}
