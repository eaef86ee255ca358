import { readForm, type FormCircumstances, type FormClass, type FormError, type FormReading, type FormValues } from '@recourse/web';
import { AffectedForm } from './affected.form';
import { ContactForm } from './contact.form';
import type { Answers } from './draft';
import { IdentityForm } from './identity.form';
import { questions, type Question } from './questions';
import { RemedyForm } from './remedy.form';
import { SafetyForm } from './safety.form';
import { TellCompanyForm } from './tell-company.form';
import { WhatHappenedForm } from './what-happened.form';
import { WhenForm } from './when.form';
import { WhereForm } from './where.form';
import { WhoForm } from './who.form';

/** Which form belongs to which question. */
export interface QuestionForms {
  readonly safety: SafetyForm;
  readonly affected: AffectedForm;
  readonly what_happened: WhatHappenedForm;
  readonly when: WhenForm;
  readonly where: WhereForm;
  readonly who: WhoForm;
  readonly remedy: RemedyForm;
  readonly identity: IdentityForm;
  readonly contact: ContactForm;
  readonly tell_company: TellCompanyForm;
}

const formOf: { readonly [Q in Question]: FormClass<QuestionForms[Q]> } = {
  safety: SafetyForm,
  affected: AffectedForm,
  what_happened: WhatHappenedForm,
  when: WhenForm,
  where: WhereForm,
  who: WhoForm,
  remedy: RemedyForm,
  identity: IdentityForm,
  contact: ContactForm,
  tell_company: TellCompanyForm,
};

/** Reads what was posted for one question, or what the draft holds of it. */
export function readQuestion<Q extends Question>(
  question: Q,
  posted: unknown,
  circumstances: FormCircumstances,
): FormReading<QuestionForms[Q]> {
  return readForm<QuestionForms[Q]>(formOf[question], posted, circumstances);
}

/** All questions read and found good, or the first one that is not, with its errors. */
export type AnswersReading =
  | { readonly ok: true; readonly forms: QuestionForms }
  | { readonly ok: false; readonly question: Question; readonly values: FormValues; readonly errors: readonly FormError[] };

/**
 * Reads all answers of a draft, as it is done before sending: a draft may have skipped questions, or may have been
 * left backwards with something in it that cannot be taken.
 */
export function readAnswers(answers: Answers, circumstances: FormCircumstances): AnswersReading {
  const forms: Partial<Record<Question, object>> = {};
  for (const question of questions) {
    const reading = readQuestion(question, answers[question] ?? {}, circumstances);
    if (!reading.ok) return { ok: false, question, values: reading.values, errors: reading.errors };
    forms[question] = reading.form;
  }
  // The loop has visited every question, which is what the type says and the compiler cannot see.
  const contradiction = acrossQuestions(forms as unknown as QuestionForms);
  return contradiction
    ? { ok: false, values: answers[contradiction.question] ?? {}, ...contradiction }
    : { ok: true, forms: forms as unknown as QuestionForms };
}

/** What only two questions together can get wrong. */
function acrossQuestions(forms: QuestionForms): { question: Question; errors: FormError[] } | undefined {
  const named = (forms.identity.anonymity ?? 'anonymous') !== 'anonymous';
  if (named || forms.tell_company.tellCompany !== 'with_name') return undefined;
  const error = { field: 'tellCompany', key: 'intake-problems.tell_company.with_name', params: {}, href: '#tellCompany' };
  return { question: 'tell_company', errors: [error] };
}
