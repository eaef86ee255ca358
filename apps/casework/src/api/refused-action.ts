import type { PerformActionRefusal } from '@recourse/cases';
import { Refused, type ProblemField } from '@recourse/web';
import { caseProblem } from '../case/field-problems';
import { refusalMessage } from '../case/refusal-message';
import { refusalStatus } from '../case/refusal-status';

/**
 * A refused action as HTTP: 404 for what is not there or not yours, 422 for wrong inputs, 409 for everything that the procedure forbids.
 * @param language of the answer: what a fact is called is in the words of the procedure
 */
export function refusedAction(refusal: PerformActionRefusal, language: string): Refused {
  return new Refused(refusalStatus(refusal.code), refusal.code, problemsOf(refusal, language));
}

function problemsOf(refusal: PerformActionRefusal, language: string): ProblemField[] {
  if (refusal.code === 'input_invalid') return inputProblems(refusal.problems);
  if (refusal.code !== 'guard_failed' || refusal.guard === undefined) return [];
  return [{ field: 'action', code: refusal.guard, ...refusalMessage(refusal, language) }];
}

/** Wrong fields of a use case as fields of a problem document. */
export function inputProblems(
  problems: readonly { readonly field: string; readonly code: string; readonly limit?: number }[],
): ProblemField[] {
  return problems.map((problem) => ({ ...caseProblem(problem), code: problem.code }));
}
