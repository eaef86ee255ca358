import { formPage, type FormCircumstances, type FormError, type FormPage } from '@recourse/web';
import { answered, type Draft, type OpenedDraft } from './draft';
import { readAnswers, readQuestion, type QuestionForms } from './question-forms';
import { questions, stepAfter, stepBefore, type FormStep, type Question } from './questions';
import type { PostedStep } from './step.form';

/** What is to be shown, or done, next. */
export type NextStep =
  | { readonly kind: 'question'; readonly question: Question; readonly draft: Draft; readonly form: FormPage }
  | { readonly kind: 'check'; readonly draft: Draft; readonly forms: QuestionForms; readonly form: FormPage }
  | { readonly kind: 'send'; readonly draft: Draft; readonly forms: QuestionForms };

type ReadableDraft = Extract<OpenedDraft, { readonly draft: Draft }>;

/** Why a page is shown again as it was sent, by the state of its draft. */
const whyAgain = { old: 'expired', unproven: 'unproven' } as const;

/**
 * Decides what follows a posted page. Pure: no clock, no page, no database.
 *
 * Whatever was typed is in the draft or in the form of the answer, on every path but one: from a page that ended, nothing is shown.
 * @param newDraft an empty draft, used when the posted one cannot be read
 */
export function takeStep(posted: PostedStep, opened: OpenedDraft, newDraft: Draft, today: FormCircumstances): NextStep {
  if (opened.state === 'unreadable') return withoutDraft(posted, newDraft, today);
  if (opened.state === 'ended') return { kind: 'question', question: questions[0], draft: newDraft, form: withError(formPage(), 'ended') };
  if (posted.step === 'check') return fromCheck(posted, opened, today);
  const reading = readQuestion(posted.step, posted.fields, today);
  const form = formPage(reading);
  const draft = answered(opened.draft, posted.step, form.values);
  if (opened.state !== 'fresh') return { kind: 'question', question: posted.step, draft, form: withError(form, whyAgain[opened.state]) };
  if (posted.go === 'back') return show(draft.checked ? 'check' : (stepBefore(posted.step) ?? questions[0]), draft, today);
  if (!reading.ok) return { kind: 'question', question: posted.step, draft, form };
  return show(draft.checked || posted.go === 'check' ? 'check' : stepAfter(posted.step), draft, today);
}

function fromCheck({ go }: PostedStep, { state, draft }: ReadableDraft, today: FormCircumstances): NextStep {
  if (typeof go === 'object') return show(go.change, draft, today);
  if (go === 'back') return show(stepBefore('check') ?? questions[0], draft, today);
  const next = show('check', draft, today);
  if (next.kind !== 'check') return next;
  if (state !== 'fresh') return { ...next, form: withError(next.form, whyAgain[state]) };
  return go === 'send' || go === 'send_new' ? { kind: 'send', draft: next.draft, forms: next.forms } : next;
}

/** A question with what the draft holds of it, or all answers; then the first that cannot be taken is shown instead. */
function show(step: FormStep, draft: Draft, today: FormCircumstances): NextStep {
  if (step !== 'check') return { kind: 'question', question: step, draft, form: formPage(draft.answers[step] ?? {}) };
  const answers = readAnswers(draft.answers, today);
  const checked = { ...draft, checked: true };
  if (answers.ok) return { kind: 'check', draft: checked, forms: answers.forms, form: formPage() };
  const { question, values, errors } = answers;
  return { kind: 'question', question, draft: checked, form: { values, errors } };
}

/** The earlier answers are lost to us; what was typed on this page is not. */
function withoutDraft(posted: PostedStep, draft: Draft, today: FormCircumstances): NextStep {
  if (posted.step === 'check') {
    return { kind: 'question', question: questions[0], draft, form: withError(formPage(), 'unreadable_send') };
  }
  const form = formPage(readQuestion(posted.step, posted.fields, today));
  return {
    kind: 'question',
    question: posted.step,
    draft: answered(draft, posted.step, form.values),
    form: withError(form, 'unreadable'),
  };
}

function withError(form: FormPage, what: 'expired' | 'ended' | 'unproven' | 'unreadable' | 'unreadable_send'): FormPage {
  const error: FormError = { field: 'draft', key: `intake-problems.draft.${what}`, params: {}, href: undefined };
  return { ...form, errors: [error, ...form.errors] };
}
