import type { Formats, Say } from '@recourse/web';
import { readPartialDate } from './partial-date';
import type { QuestionForms } from './question-forms';
import { questions, type Question } from './questions';
import type { WhenForm } from './when.form';

/** One line of "check your answers": a sentence of ours, some words that a person typed, or a text that a person typed. */
export interface AnswerRow {
  /** Absent where the question itself says what it is. */
  readonly label?: string;
  readonly said?: string;
  readonly words?: string;
  readonly text?: string;
}

/** The answers to one question; `rows` is empty when there are none. */
export interface AnswerGroup {
  readonly question: Question;
  readonly title: string;
  readonly rows: readonly AnswerRow[];
}

type Rows = Readonly<Record<Question, (forms: QuestionForms, words: Words) => (AnswerRow | undefined)[]>>;

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
    rows: rows[question](forms, words).filter((row) => row !== undefined),
  }));
}

const rows: Rows = {
  safety: ({ safety: form }, words) => [
    choice(form.danger && `safety.danger_${form.danger}`, words),
    text(form.safeToReply, words, 'safeToReply'),
  ],
  affected: ({ affected: form }, words) => [
    choice(form.harmed && `affected.${form.harmed}`, words),
    text(form.affected, words, 'affected'),
  ],
  what_happened: ({ what_happened: form }, words) => [
    text(form.narrative, words),
    form.language === undefined ? undefined : said(languageName(form.language, words), words, 'language'),
  ],
  when: ({ when: form }, words) => [dateRow(form, words), text(form.inWords, words)],
  where: ({ where: form }, words) => [
    form.country === undefined ? undefined : said(words.formats.country(form.country), words),
    text(form.place, words),
  ],
  who: ({ who: form }, words) => [
    typedWords(form.company, words),
    form.unknown === undefined ? undefined : said(words.say('intake-questions.who.unknown'), words),
    text(form.description, words, 'description'),
  ],
  remedy: ({ remedy: form }, words) => [text(form.remedySought, words)],
  identity: ({ identity: form }, words) => [
    choice(form.anonymity && `identity.${form.anonymity}`, words),
    typedWords(form.name, words, 'name'),
  ],
  contact: ({ contact: form }, words) => [
    choice(form.wanted && `contact.${form.wanted}`, words),
    ...(form.wanted === 'email' ? emailRows(form, words) : []),
  ],
  tell_company: ({ tell_company: form }, words) => [choice(form.tellCompany && `tell_company.${form.tellCompany}`, words)],
};

function emailRows(form: QuestionForms['contact'], words: Words): (AnswerRow | undefined)[] {
  return [
    typedWords(form.email, words),
    choice(form.neutral === 'yes' ? 'contact.neutral' : undefined, words),
    choice(form.hours && `contact.hours_${form.hours}`, words),
  ];
}

function dateRow({ dateDay, dateMonth, dateYear }: WhenForm, words: Words): AnswerRow | undefined {
  const reading = readPartialDate({ day: dateDay, month: dateMonth, year: dateYear }, undefined);
  if (!reading.ok || reading.date.known === 'nothing') return undefined;
  return said(reading.date.known === 'day' ? words.formats.date(reading.date.date) : reading.date.part, words);
}

function languageName(tag: string, { say, formats }: Words): string {
  return tag === 'und' ? say('intake-questions.what_happened.other_language') : formats.languageName(tag);
}

/** Messages that name the institution. */
const namesInstitution = new Set(['identity.confidential', 'contact.neutral']);

function choice(key: string | undefined, words: Words): AnswerRow | undefined {
  if (key === undefined) return undefined;
  const params: Record<string, string> = namesInstitution.has(key) ? { institution: words.institution } : {};
  return said(words.say(`intake-questions.${key}`, params), words);
}

function said(sentence: string, words: Words, label?: string): AnswerRow {
  return { said: sentence, ...labelled(label, words) };
}

function typedWords(typed: string | undefined, words: Words, label?: string): AnswerRow | undefined {
  return typed === undefined ? undefined : { words: typed, ...labelled(label, words) };
}

function text(typed: string | undefined, words: Words, label?: string): AnswerRow | undefined {
  return typed === undefined ? undefined : { text: typed, ...labelled(label, words) };
}

function labelled(label: string | undefined, { say }: Words): { label?: string } {
  return label === undefined ? {} : { label: say(`intake-check.labels.${label}`) };
}
