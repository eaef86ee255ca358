import type { RefusalView } from '@recourse/cases';
import { worded } from './worded';

/** Name of the message that says why an action cannot be taken, with what it speaks of: the procedure's own words where a fact is missing. */
export function refusalMessage(
  { code, guard, fact }: Pick<RefusalView, 'code' | 'guard' | 'fact'>,
  language: string,
): { readonly key: string; readonly params: Readonly<Record<string, string>> } {
  if (fact !== undefined) {
    return { key: `casework-refusals.${fact.mustHold ? 'fact_missing' : 'fact_holds'}`, params: { fact: worded(fact.name, language) } };
  }
  return { key: `casework-refusals.${code === 'guard_failed' && guard !== undefined ? `guards.${guard}` : code}`, params: {} };
}
