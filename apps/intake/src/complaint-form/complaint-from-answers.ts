import type { Complaint, ContactWish, Harmed } from '@recourse/cases';
import type { Say } from '@recourse/web';
import type { AffectedForm } from './affected.form';
import type { ContactForm } from './contact.form';
import { quietHours } from './quiet-hours';
import { readPartialDate } from './partial-date';
import type { QuestionForms } from './question-forms';
import type { WhenForm } from './when.form';
import type { WhoForm } from './who.form';

/** What the page knows besides the answers. */
export interface PageOfForm {
  /** Language of the pages: the language of the answer, and of the text unless the person chose another. */
  readonly language: string;
  readonly say: Say;
  /** The institution's time zone, for the hours of a nudge when no country was named. */
  readonly timeZone: string;
}

/** The complaint that a complete set of answers makes. One pure function; nothing is invented that was not answered. */
export function complaintFromAnswers(forms: QuestionForms, page: PageOfForm): Complaint {
  const anonymity = forms.identity.anonymity ?? 'anonymous';
  return withoutAbsent({
    language: forms.what_happened.language ?? page.language,
    answerLanguage: page.language,
    narrative: forms.what_happened.narrative,
    ...when(forms.when),
    country: forms.where.country,
    place: forms.where.place,
    companyDescription: companyDescription(forms.who, page.say),
    ...affected(forms.affected),
    remedySought: forms.remedy.remedySought,
    danger: forms.safety.danger,
    safeToReply: forms.safety.safeToReply,
    anonymity,
    name: anonymity === 'anonymous' ? undefined : forms.identity.name,
    tellCompany: forms.tell_company.tellCompany,
    contact: contactWish(forms.contact, forms.where.country, page),
  });
}

/** A whole day is a date; a part of one joins the words, since nobody may compute with a day that was not given. */
function when({ dateDay, dateMonth, dateYear, inWords }: WhenForm): Absent<Pick<Complaint, 'incidentOn' | 'incidentWhen'>> {
  const reading = readPartialDate({ day: dateDay, month: dateMonth, year: dateYear }, undefined);
  const date = reading.ok ? reading.date : undefined;
  const part = date?.known === 'part' ? date.part : undefined;
  return {
    incidentOn: date?.known === 'day' ? date.date : undefined,
    incidentWhen: [part, inWords].filter((one) => one !== undefined).join('\n') || undefined,
  };
}

const kindOf = { evidence: 'credible_evidence', company_mechanism: 'company_mechanism' } as const;

function affected({ harmed, affected: who }: AffectedForm): Absent<Pick<Complaint, 'kind' | 'harmed' | 'affected'>> {
  const other = harmed === 'evidence' || harmed === 'company_mechanism';
  const coded: Harmed | undefined = other ? (harmed === 'evidence' ? 'nobody_known' : undefined) : harmed;
  return { kind: other ? kindOf[harmed] : 'harm', harmed: coded, affected: who };
}

/** The name, the description and "could not identify" as lines of one text, as an officer reads it. */
function companyDescription({ company, description, unknown }: WhoForm, say: Say): string | undefined {
  const lines = [company, unknown === 'yes' ? say('intake-questions.who.unknown') : undefined, description];
  return lines.filter((line) => line !== undefined).join('\n') || undefined;
}

function contactWish(form: ContactForm, country: string | undefined, page: PageOfForm): ContactWish | undefined {
  if (form.wanted !== 'email' || form.email === undefined) return undefined;
  const quiet = quietHours(form.hours ?? 'any', country, page.timeZone);
  return {
    email: form.email,
    neutral: form.neutral === 'yes',
    language: page.language,
    ...(quiet ? { quiet } : {}),
  };
}

type Absent<T> = { readonly [K in keyof T]: T[K] | undefined };

/** Drops what was not answered: an absent answer is no key, not an empty one. */
function withoutAbsent(complaint: Absent<Complaint> & Pick<Complaint, 'language' | 'narrative'>): Complaint {
  // What remains has a value, which is what `Complaint` asks for and `filter` cannot tell the compiler.
  return Object.fromEntries(Object.entries(complaint).filter(([, value]) => value !== undefined)) as unknown as Complaint;
}
