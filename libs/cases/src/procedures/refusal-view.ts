import { factAsked, findFact, type Procedure, type Refusal, type Wording } from '@recourse/domain';

/** Why an action cannot be taken. For a guard that asks for a fact, which fact, and whether it is missing or must not hold. */
export interface RefusalView {
  readonly code: string;
  readonly guard?: string;
  readonly fact?: { readonly name: Wording; readonly mustHold: boolean };
}

/** A refusal in the procedure's own words where a fact is missing. */
export function refusalView(procedure: Procedure, refusal: Refusal): RefusalView {
  if (refusal.code !== 'guard_failed') {
    return { code: refusal.code };
  }
  const { guard } = refusal;
  const asked = factAsked(
    guard,
    procedure.facts.map(({ code }) => code),
  );
  const fact = findFact(procedure, asked.fact);
  return { code: refusal.code, guard, ...(fact === undefined ? {} : { fact: { name: fact.name, mustHold: asked.mustHold } }) };
}
