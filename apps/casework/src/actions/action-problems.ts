import type { ActionView, PerformActionRefusal } from '@recourse/cases';
import type { FieldProblem, Say } from '@recourse/web';
import { caseProblem } from '../case/field-problems';
import { worded } from '../case/worded';
import { inputPrefix } from './action-form';

type Problems = Extract<PerformActionRefusal, { code: 'input_invalid' }>['problems'];

/** What the use case did not take, as lines above the form: in the order of its fields, and each naming the field that is missing. */
export function actionProblems(action: ActionView, problems: Problems, language: string, say: Say): FieldProblem[] {
  const order = [...action.inputs.map(({ name }) => name), 'outcome', 'reason', 'message'];
  return [...problems]
    .sort((one, other) => order.indexOf(one.field) - order.indexOf(other.field))
    .map((problem) => {
      const input = action.inputs.find(({ name }) => name === problem.field);
      const field = input === undefined ? problem.field : inputPrefix + input.name;
      if (problem.code !== 'missing') return caseProblem({ ...problem, field });
      const label = input === undefined ? say(`casework-action.${field}`) : worded(input.label, language);
      return { field, key: 'casework-problems.missing_field', params: { label } };
    });
}
