import type { Request } from 'express';
import { tokenField } from '../safety/form-tokens';
import type { FailureKind } from './failure';

/** What a form brought that could not be taken, so that nobody has to type it again. */
export interface KeptFields {
  /** Every field, ready to be sent once more. */
  readonly all: readonly { readonly name: string; readonly value: string }[];
  /** What a person wrote at some length, to be shown and copied. */
  readonly written: readonly string[];
  /** False when something cannot be kept (a password, another site's form): then it cannot be sent again as it is. */
  readonly complete: boolean;
}

const nothing: KeptFields = { all: [], written: [], complete: false };
const keptAfter: ReadonlySet<FailureKind> = new Set(['token_lost', 'unavailable', 'failed', 'sign_in_first', 'conflict']);

/**
 * What was typed, from the body that was parsed before things went wrong. Nothing when the browser says that another
 * site sent it: then it was not typed here.
 */
export function keptFields(req: Request, kind: FailureKind): KeptFields {
  if (req.method !== 'POST' || !keptAfter.has(kind) || req.headers['sec-fetch-site'] === 'cross-site') return nothing;
  const body = Object.entries((req.body ?? {}) as Record<string, string | string[]>).filter(([name]) => name !== tokenField);
  const secret = body.some(([name]) => /password/i.test(name));
  const all = body
    .filter(([name]) => !/password/i.test(name))
    .flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })));
  const written = all.map((one) => one.value).filter((value) => /\s/.test(value.trim()));
  return { all, written, complete: all.length > 0 && !secret };
}
