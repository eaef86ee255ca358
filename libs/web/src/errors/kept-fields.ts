import type { Request } from 'express';
import { isVerbatimSomewhere } from '../forms/typed-values';
import { tokenField } from '../safety/form-tokens';
import type { FailureKind } from './failure';

/** What a form brought that could not be taken, so that nobody has to type it again. */
export interface KeptFields {
  /** Every field, ready to be sent once more. */
  readonly all: readonly { readonly name: string; readonly value: string }[];
  /** What a person wrote, to be shown and copied. */
  readonly written: readonly string[];
  /** False when something cannot be kept (a password, another site's form): then it cannot be sent again as it is. */
  readonly complete: boolean;
}

const nothing: KeptFields = { all: [], written: [], complete: false };
const keptAfter: ReadonlySet<FailureKind> = new Set([
  'token_lost',
  'unavailable',
  'rules_unreadable',
  'failed',
  'sealed_shut',
  'sign_in_first',
  'conflict',
]);

/**
 * What was typed, from the body that was parsed before things went wrong. Nothing when the browser says that another
 * site sent it: then it was not typed here.
 *
 * Secrets and what nobody typed are told by their fields, never by what they look like: a letter in Thai has no spaces.
 * @param unshown fields of the app that are sent again but not shown (`WebOptions.unshownFields`)
 */
export function keptFields(req: Request, kind: FailureKind, unshown: readonly string[] = []): KeptFields {
  if (req.method !== 'POST' || !keptAfter.has(kind) || req.headers['sec-fetch-site'] === 'cross-site') return nothing;
  const body = Object.entries((req.body ?? {}) as Record<string, string | string[]>).filter(([name]) => name !== tokenField);
  const all = body.filter(([name]) => !isSecret(name)).flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })));
  const written = all.filter(({ name, value }) => !unshown.includes(name) && value.trim() !== '').map(({ value }) => value);
  return { all, written, complete: all.length > 0 && !body.some(([name]) => isSecret(name)) };
}

function isSecret(name: string): boolean {
  return /password/i.test(name) || isVerbatimSomewhere(name);
}
