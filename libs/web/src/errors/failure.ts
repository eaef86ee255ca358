import { HttpException } from '@nestjs/common';
import { TokenLost } from '../safety/token.guard';
import { isOutage } from './outage';
import { Refused, type ProblemField } from './refused';

/** What can go wrong between a request and its answer, by the name of its messages (`errors.<kind>.title`, …). */
export type FailureKind =
  | 'bad_request'
  | 'not_utf8'
  | 'sign_in_first'
  | 'token_lost'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'wrong_type'
  | 'too_many'
  | 'failed'
  | 'unavailable'
  | 'rules_unreadable'
  | 'sealed_shut';

const byStatus: Readonly<Record<number, FailureKind>> = {
  401: 'sign_in_first',
  403: 'forbidden',
  404: 'not_found',
  405: 'not_found',
  409: 'conflict',
  413: 'too_large',
  415: 'wrong_type',
  429: 'too_many',
  503: 'unavailable',
};

/** What the filter needs to know about an error, and nothing else of it. */
export interface Failure {
  readonly kind: FailureKind;
  readonly status: number;
  readonly code: string;
  readonly fields: readonly ProblemField[];
  /** See `Refused`. */
  readonly retryAfterSeconds?: number;
}

/** As in `WebOptions`. */
interface KnownToTheApp {
  readonly isAway?: ((error: unknown) => boolean) | undefined;
  readonly isAboutRules?: ((error: unknown) => boolean) | undefined;
  readonly isSealedShut?: ((error: unknown) => boolean) | undefined;
}

/**
 * Sorts an error into the kind of answer it deserves. Everything unknown is a bug of ours: 500.
 * @param app what the app takes for an outage besides, for rules that cannot be read, and for keys that do not open
 */
export function failureOf(thrown: unknown, { isAway, isAboutRules, isSealedShut }: KnownToTheApp = {}): Failure {
  // Nest wraps what is thrown while a body is read.
  const error = thrown instanceof HttpException && thrown.cause instanceof Refused ? thrown.cause : thrown;
  if (error instanceof TokenLost) return failure('token_lost', 403);
  if (error instanceof Refused) {
    const { code, fields, retryAfterSeconds } = error;
    const refused = failure(code === 'not_utf8' ? code : kindOf(error.getStatus()), error.getStatus(), code, fields);
    return retryAfterSeconds === undefined ? refused : { ...refused, retryAfterSeconds };
  }
  if (isOutage(error) || isAway?.(error) === true) return failure('unavailable', 503);
  if (isAboutRules?.(error) === true) return failure('rules_unreadable', 503);
  // To programs it is a failure of ours like any other.
  if (isSealedShut?.(error) === true) return failure('sealed_shut', 500, 'failed');
  const status = statusOf(error);
  return failure(kindOf(status), status);
}

function failure(kind: FailureKind, status: number, code: string = kind, fields: readonly ProblemField[] = []): Failure {
  return { kind, status, code, fields };
}

function kindOf(status: number): FailureKind {
  return byStatus[status] ?? (status >= 400 && status < 500 ? 'bad_request' : 'failed');
}

/** Nest's exceptions carry `getStatus`, those of the body parsers `status` (the `http-errors` package). */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'status' in error && 'expose' in error) return Number(error.status);
  return 500;
}
