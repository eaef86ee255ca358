import {
  ANONYMITIES,
  cleanText,
  COMPLAINT_KINDS,
  countCharacters,
  isCountryCode,
  isDate,
  isLanguageTag,
  MESSAGE_LIMIT,
} from '@recourse/domain';
// What class-validator asks too. By its own file: the whole of either takes each process that knows the use cases a tenth of a second.
import isEmail from 'validator/lib/isEmail';
import type { Complaint, ContactWish, FieldProblem } from './complaint';

/** Largest number of characters (code points) of each text. `answer` leaves room for what the form puts together from several fields. */
export const COMPLAINT_LIMITS = { narrative: 30_000, answer: 6_000, name: 300, email: 254, message: MESSAGE_LIMIT, fileName: 255 } as const;

/** The earth's easternmost time zone is 14 hours ahead: a day is in the future only when it has begun nowhere. */
const FURTHEST_EAST_MS = 14 * 3_600_000;

const ANSWERS = ['incidentWhen', 'place', 'companyDescription', 'affected', 'remedySought', 'safeToReply'] as const;

/** A complaint fit to be stored: cleaned, empty answers left out; or every problem. */
export type CheckedComplaint =
  { readonly ok: true; readonly complaint: Complaint } | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/**
 * Cleans a complaint and checks it. A name together with the wish to be anonymous is refused: dropping it could lose what somebody wanted to say, and keeping
 * it could betray them.
 */
export function checkComplaint(given: Complaint, now: Date): CheckedComplaint {
  const complaint = cleaned(given);
  const problems: FieldProblem[] = [
    ...languageProblem('language', complaint.language),
    ...languageProblem('answerLanguage', complaint.answerLanguage),
    ...textProblem('narrative', complaint.narrative, COMPLAINT_LIMITS.narrative, true),
    ...ANSWERS.flatMap((field) => textProblem(field, complaint[field], COMPLAINT_LIMITS.answer)),
    ...textProblem('name', complaint.name, COMPLAINT_LIMITS.name),
    ...nameProblem(complaint),
    ...dateProblem(complaint.incidentOn, now),
    ...(complaint.country === undefined || isCountryCode(complaint.country) ? [] : [problem('country', 'not_a_country')]),
    ...choiceProblem('kind', complaint.kind, COMPLAINT_KINDS),
    ...choiceProblem('anonymity', complaint.anonymity, ANONYMITIES),
    ...choiceProblem('harmed', complaint.harmed, ['self', 'somebody_else', 'group', 'nobody_known']),
    ...choiceProblem('danger', complaint.danger, ['yes', 'no', 'not_sure']),
    ...choiceProblem('tellCompany', complaint.tellCompany, ['ask_first', 'without_name', 'with_name', 'no']),
    ...contactProblems(complaint.contact),
  ];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, complaint };
}

/** A message or an addition: cleaned text, or its problems. */
export type CheckedText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** Cleans a text that must not be empty and checks its length. */
export function checkText(field: string, typed: string, limit: number = COMPLAINT_LIMITS.message): CheckedText {
  const text = cleanText(typed).trim();
  const problems = textProblem(field, text, limit, true);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, text };
}

function cleaned(given: Complaint): Complaint {
  const texts = Object.fromEntries(
    (['narrative', 'name', ...ANSWERS] as const).map((field) => [field, cleanText(given[field] ?? '').trim()]),
  );
  const { contact, ...rest } = given;
  const complaint: Record<string, unknown> = {
    ...rest,
    ...texts,
    language: canonicalTag(given.language),
    ...(given.answerLanguage === undefined ? {} : { answerLanguage: canonicalTag(given.answerLanguage) }),
    ...(contact === undefined ? {} : { contact: { ...contact, email: contact.email.trim() } }),
  };
  const filled = Object.entries(complaint).filter(([field, value]) => field === 'narrative' || (value !== '' && value !== undefined));
  return Object.fromEntries(filled) as unknown as Complaint;
}

/** Upper and lower case of a tag as BCP 47 recommends; what is no tag stays, to be refused. */
function canonicalTag(tag: string): string {
  return isLanguageTag(tag) ? (Intl.getCanonicalLocales(tag)[0] ?? tag) : tag;
}

function problem(field: string, code: FieldProblem['code']): FieldProblem {
  return { field, code };
}

function languageProblem(field: string, tag: string | undefined): readonly FieldProblem[] {
  return tag === undefined || isLanguageTag(tag) ? [] : [problem(field, 'not_a_language')];
}

function textProblem(field: string, text: string | undefined, limit: number, required = false): readonly FieldProblem[] {
  if (text === undefined || !/[\p{L}\p{N}\p{S}\p{P}]/u.test(text)) {
    return required ? [problem(field, 'missing')] : [];
  }
  return countCharacters(text) > limit ? [{ field, code: 'too_long', limit }] : [];
}

function nameProblem({ name, anonymity }: Complaint): readonly FieldProblem[] {
  return name !== undefined && (anonymity ?? 'anonymous') === 'anonymous' ? [problem('name', 'name_though_anonymous')] : [];
}

/** No living person remembers an earlier one, and the form asks for no earlier year: a slip of the keyboard. */
const FIRST_DAY = '1900-01-01';

function dateProblem(day: string | undefined, now: Date): readonly FieldProblem[] {
  if (day === undefined) {
    return [];
  }
  if (!isDate(day) || day < FIRST_DAY) {
    return [problem('incidentOn', 'not_a_date')];
  }
  const lastDayOnEarth = new Date(now.getTime() + FURTHEST_EAST_MS).toISOString().slice(0, 10);
  return day > lastDayOnEarth ? [problem('incidentOn', 'in_the_future')] : [];
}

function choiceProblem(field: string, value: string | undefined, choices: readonly string[]): readonly FieldProblem[] {
  return value === undefined || choices.includes(value) ? [] : [problem(field, 'not_a_choice')];
}

/** Whether a nudge can be sent there: one address, and nothing that a mail header could be made of. Not whether anybody reads it. */
export function isMailAddress(text: string): boolean {
  return countCharacters(text) <= COMPLAINT_LIMITS.email && isEmail(text) && !/[\s<>,;"]/u.test(text);
}

function contactProblems(contact: ContactWish | undefined): readonly FieldProblem[] {
  if (contact === undefined) {
    return [];
  }
  return [
    ...(isMailAddress(contact.email) ? [] : [problem('contact.email', 'not_an_address')]),
    ...languageProblem('contact.language', contact.language),
    ...quietProblem(contact.quiet),
  ];
}

function quietProblem(quiet: ContactWish['quiet']): readonly FieldProblem[] {
  if (quiet === undefined) {
    return [];
  }
  const isTime = (time: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
  return isTime(quiet.from) && isTime(quiet.until) && isTimeZone(quiet.timeZone) ? [] : [problem('contact.quiet', 'not_a_choice')];
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // Intl answers by throwing; there is no other way to ask.
    return false;
  }
}
