import { MESSAGE_LIMIT } from '../taxonomy/text-limits';
import { countCharacters } from '../text/clean-text';
import type { Action, Input } from './procedure';

/** What somebody gave with an action, cleaned ({@link cleanText}) and otherwise as typed. */
export interface ActionForm {
  /** By name: dates `YYYY-MM-DD`, booleans `true` or `false`, ids of companies and staff, codes of choices. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly reason?: string;
  readonly message?: string;
  readonly outcome?: string;
  /** The date of the action where the institution is, `YYYY-MM-DD` ({@link dateOf}). */
  readonly today: string;
}

/** One field that cannot be taken as it is. `reason`, `message` and `outcome` are fields too. Never carries what was typed. */
export interface ActionFormProblem {
  readonly field: string;
  readonly code: 'missing' | 'too_long' | 'not_a_choice' | 'not_a_date' | 'in_the_future' | 'unknown_field';
  /** The largest number of characters, for `too_long`. */
  readonly limit?: number;
}

/** What was given, sorted by where it may be stored. Empty inputs are left out. */
export type CheckedActionForm =
  | {
      readonly ok: true;
      /** Codes, dates, ids and booleans: may stay readable. */
      readonly open: Readonly<Record<string, string>>;
      /** What a person wrote: into the sealed part of the event. */
      readonly sealed: Readonly<Record<string, string>>;
      readonly reason?: string;
      readonly message?: string;
      readonly outcome?: string;
      /** Id given in an input of type `company`: becomes the respondent of the case. Not yet known to exist. */
      readonly companyId?: string;
      /** Ids given in inputs of type `staff`. Not yet known to exist. */
      readonly staffIds: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly ActionFormProblem[] };

/** The largest number of characters of a reason, a letter, and a text input that sets no limit of its own. */
export const ACTION_TEXT_LIMITS = { reason: 10_000, message: MESSAGE_LIMIT, text: 500, long_text: 20_000 } as const;

/** Checks what was given with an action against what the action asks for. Whether companies and staff exist is for the caller to say. */
export function checkActionForm(action: Action, form: ActionForm): CheckedActionForm {
  const problems = [
    ...action.inputs.flatMap((input) => inputProblem(input, givenFor(form, input), form.today)),
    ...Object.keys(form.inputs)
      .filter((name) => !action.inputs.some((input) => input.name === name))
      .map((field): ActionFormProblem => ({ field, code: 'unknown_field' })),
    ...textProblem('reason', action.reason, form.reason),
    ...textProblem('message', action.message, form.message),
    ...outcomeProblem(action, form.outcome),
  ];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, ...sorted(action, form) };
}

/** Only what was given: every object has a `constructor` of its own. */
function givenFor({ inputs }: ActionForm, { name }: Input): string {
  return Object.hasOwn(inputs, name) ? (inputs[name] ?? '') : '';
}

function sorted(action: Action, form: ActionForm): Omit<Extract<CheckedActionForm, { ok: true }>, 'ok'> {
  const given = action.inputs.flatMap((input) => {
    const value = givenFor(form, input).trim();
    return value === '' ? [] : [{ input, value }];
  });
  const pick = (sealed: boolean): Record<string, string> =>
    Object.fromEntries(given.filter(({ input }) => input.sealed === sealed).map(({ input, value }) => [input.name, value]));
  const [onlyOutcome] = action.outcomes;
  const outcome = action.outcomes.length === 1 ? onlyOutcome : form.outcome;
  const company = given.find(({ input }) => input.type === 'company');
  return {
    open: pick(false),
    sealed: pick(true),
    staffIds: given.filter(({ input }) => input.type === 'staff').map(({ value }) => value),
    ...(filled(form.reason) && { reason: form.reason.trim() }),
    ...(filled(form.message) && { message: form.message.trim() }),
    ...(filled(outcome) && { outcome }),
    ...(company && { companyId: company.value }),
  };
}

function inputProblem(input: Input, typed: string, today: string): readonly ActionFormProblem[] {
  const value = typed.trim();
  const field = input.name;
  if (value === '') return input.required ? [{ field, code: 'missing' }] : [];
  switch (input.type) {
    case 'text':
    case 'long_text':
      return tooLong(field, value, input.limit ?? ACTION_TEXT_LIMITS[input.type]);
    case 'choice':
      return input.choices.some((choice) => choice.code === value) ? [] : [{ field, code: 'not_a_choice' }];
    case 'boolean':
      return value === 'true' || value === 'false' ? [] : [{ field, code: 'not_a_choice' }];
    case 'date':
      return dateProblem(field, value, input.notInFuture ? today : undefined);
    case 'company':
    case 'staff':
      return [];
  }
}

function dateProblem(field: string, value: string, latest: string | undefined): readonly ActionFormProblem[] {
  if (!isDate(value)) return [{ field, code: 'not_a_date' }];
  // Dates of this form compare as texts.
  return latest !== undefined && value > latest ? [{ field, code: 'in_the_future' }] : [];
}

/** True for a date that exists, as `YYYY-MM-DD`: not for the 31st of February. */
export function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function textProblem(field: 'reason' | 'message', requirement: Action['reason'], value: string | undefined): readonly ActionFormProblem[] {
  if (!filled(value)) return requirement === 'required' ? [{ field, code: 'missing' }] : [];
  if (requirement === 'none') return [{ field, code: 'unknown_field' }];
  return tooLong(field, value, ACTION_TEXT_LIMITS[field]);
}

function tooLong(field: string, value: string, limit: number): readonly ActionFormProblem[] {
  return countCharacters(value) > limit ? [{ field, code: 'too_long', limit }] : [];
}

function outcomeProblem(action: Action, outcome: string | undefined): readonly ActionFormProblem[] {
  if (!filled(outcome)) return action.outcomes.length > 1 ? [{ field: 'outcome', code: 'missing' }] : [];
  return action.outcomes.includes(outcome) ? [] : [{ field: 'outcome', code: 'not_a_choice' }];
}

function filled(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}
