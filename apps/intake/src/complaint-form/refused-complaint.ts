import type { FieldProblem } from '@recourse/cases';
import type { FormError } from '@recourse/web';
import { questions, type Question } from './questions';

interface Spot {
  readonly question: Question;
  readonly field: string;
  readonly key: string;
}

/** Where on the form a field of the complaint is asked, and what to say about it. */
const spots: Readonly<Record<string, Spot>> = {
  narrative: { question: 'what_happened', field: 'narrative', key: 'intake-problems.narrative.empty' },
  language: { question: 'what_happened', field: 'language', key: 'intake-problems.language' },
  incidentOn: { question: 'when', field: 'dateDay', key: 'intake-problems.date.no_such_day' },
  country: { question: 'where', field: 'country', key: 'intake-problems.country' },
  name: { question: 'identity', field: 'name', key: 'intake-problems.name.anonymous' },
  contact: { question: 'contact', field: 'email', key: 'intake-problems.contact.email' },
  'contact.email': { question: 'contact', field: 'email', key: 'intake-problems.contact.email' },
};

/** The questions that a refused complaint leads back to, in the order of the form, each with its errors. */
export function problemsByQuestion(problems: readonly FieldProblem[]): readonly { question: Question; errors: FormError[] }[] {
  const found = problems.map((problem) => spots[problem.field]).filter((spot) => spot !== undefined);
  return questions
    .map((question) => ({ question, errors: found.filter((spot) => spot.question === question).map(toError) }))
    .filter(({ errors }) => errors.length > 0);
}

function toError({ field, key }: Spot): FormError {
  return { field, key, params: {}, href: `#${field}` };
}
