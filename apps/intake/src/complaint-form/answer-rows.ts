import type { Formats, Say } from '@recourse/web';
import { readPartialDate } from './partial-date';
import type { QuestionForms } from './question-forms';
import { questions, type Question } from './questions';
import type { WhenForm } from './when.form';

/** One line of "check your answers": a label of ours, and either a sentence of ours or text that a person typed. */
export interface AnswerRow {
  readonly label: string;
  readonly said?: string;
  readonly typed?: string;
}

/** The answers to one question; `rows` is empty when there are none. */
export interface AnswerGroup {
  readonly question: Question;
  readonly title: string;
  readonly rows: readonly AnswerRow[];
}

type Rows = { readonly [Q in Question]: (form: QuestionForms[Q], words: Words) => (AnswerRow | undefined)[] };

interface Words {
  readonly say: Say;
  readonly formats: Formats;
  readonly institution: string;
}

/** All answers as they are shown before sending, in the order of the questions. */
export function answerGroups(forms: QuestionForms, words: Words): readonly AnswerGroup[] {
  return questions.map((question) => ({
    question,
    title: words.say(`intake-questions.${question}.title`),
    rows: rowsOf(question, forms, words),
  }));
}

function rowsOf<Q extends Question>(question: Q, forms: QuestionForms, words: Words): AnswerRow[] {
  return rows[question](forms[question], words).filter((row) => row !== undefined);
}

const rows: Rows = {
  safety: (form, words) => [
    choice('danger', form.danger && `safety.danger_${form.danger}`, words),
    typed('safeToReply', form.safeToReply, words),
  ],
  affected: (form, words) => [
    choice('harmed', form.harmed && `affected.${form.harmed}`, words),
    typed('affected', form.affected, words),
  ],
  what_happened: (form, words) => [
    typed('narrative', form.narrative, words),
    form.language === undefined ? undefined : said('language', languageName(form.language, words), words),
  ],
  when: (form, words) => [dateRow(form, words), typed('inWords', form.inWords, words)],
  where: (form, words) => [
    form.country === undefined ? undefined : said('country', words.formats.country(form.country), words),
    typed('place', form.place, words),
  ],
  who: (form, words) => [
    typed('company', form.company, words),
    typed('description', form.description, words),
    form.unknown === undefined ? undefined : said('unknown', words.say('intake-questions.who.unknown'), words),
  ],
  remedy: (form, words) => [typed('remedySought', form.remedySought, words)],
  identity: (form, words) => [
    choice('anonymity', form.anonymity && `identity.${form.anonymity}`, words),
    typed('name', form.name, words),
  ],
  contact: (form, words) => [
    choice('wanted', form.wanted && `contact.${form.wanted}`, words),
    ...(form.wanted === 'email' ? emailRows(form, words) : []),
  ],
  tell_company: (form, words) => [choice('tellCompany', form.tellCompany && `tell_company.${form.tellCompany}`, words)],
};

function emailRows(form: QuestionForms['contact'], words: Words): (AnswerRow | undefined)[] {
  const neutral = form.neutral === 'yes' ? said('neutral', words.say('intake-check.yes'), words) : undefined;
  return [typed('email', form.email, words), neutral, choice('hours', form.hours && `contact.hours_${form.hours}`, words)];
}

function dateRow({ dateDay, dateMonth, dateYear }: WhenForm, words: Words): AnswerRow | undefined {
  const reading = readPartialDate({ day: dateDay, month: dateMonth, year: dateYear }, undefined);
  if (!reading.ok || reading.date.known === 'nothing') return undefined;
  return said('date', reading.date.known === 'day' ? words.formats.date(reading.date.date) : reading.date.part, words);
}

function languageName(tag: string, { say, formats }: Words): string {
  return tag === 'und' ? say('intake-questions.what_happened.other_language') : formats.languageName(tag);
}

function choice(label: string, key: string | undefined, words: Words): AnswerRow | undefined {
  return key === undefined ? undefined : said(label, words.say(`intake-questions.${key}`, placeholdersFor(key, words)), words);
}

/** The choices that name the institution. */
function placeholdersFor(key: string, { institution }: Words): Record<string, string> {
  return key === 'identity.confidential' ? { institution } : {};
}

function said(label: string, text: string, { say }: Words): AnswerRow {
  return { label: say(`intake-check.labels.${label}`), said: text };
}

function typed(label: string, text: string | undefined, { say }: Words): AnswerRow | undefined {
  return text === undefined ? undefined : { label: say(`intake-check.labels.${label}`), typed: text };
}
