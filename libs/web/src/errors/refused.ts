import { HttpException } from '@nestjs/common';
import type { MessageParams } from '../language/messages';

/** One field that a JSON body got wrong. */
export interface ProblemField {
  /** Path in the body: `contact.email`. */
  readonly field: string;
  /** Stable name of the rule: `maxLength`, `unknown_field`. */
  readonly code: string;
  readonly key: string;
  readonly params: MessageParams;
}

/**
 * A refusal that a controller answers with: at the edge, where refusals of use cases become HTTP.
 * On `/api` it becomes problem JSON (RFC 9457) with `code`; elsewhere the error page of its status.
 */
export class Refused extends HttpException {
  constructor(
    status: number,
    /** Stable, `snake_case`: `stale`, `not_found`, `key_reused_with_other_body`. Said as `problems.<code>` when there is such a message. */
    readonly code: string,
    readonly fields: readonly ProblemField[] = [],
    /** When it can be tried again, in whole seconds from now: the header `Retry-After` (RFC 9110, 10.2.3). */
    readonly retryAfterSeconds?: number,
  ) {
    super(code, status);
  }
}
