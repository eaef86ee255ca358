/**
 * The questions of the public form, in the order in which they are asked: one concern a page (DESIGN §9). The story
 * comes third: late enough that somebody has settled, early enough that the rest can be skipped.
 */
export const questions = [
  'safety',
  'affected',
  'what_happened',
  'when',
  'where',
  'who',
  'remedy',
  'identity',
  'contact',
  'tell_company',
] as const;

/** Code of a question; also the name of its template and of its messages. */
export type Question = (typeof questions)[number];

/** What a page of the form shows: a question, or all answers before they are sent. */
export type FormStep = Question | 'check';

/** The only question that must be answered, and the one after which the others may be skipped. */
export const storyQuestion: Question = 'what_happened';

export function isQuestion(value: unknown): value is Question {
  return (questions as readonly unknown[]).includes(value);
}

/** The step after a question: the next question, or the answers to check. */
export function stepAfter(question: Question): FormStep {
  return questions[questions.indexOf(question) + 1] ?? 'check';
}

/** The step before: undefined on the first question. */
export function stepBefore(step: FormStep): Question | undefined {
  return step === 'check' ? questions.at(-1) : questions[questions.indexOf(step) - 1];
}
