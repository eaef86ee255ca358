import { plainToInstance, Transform } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { tokenField } from '../safety/form-tokens';
import { typingLimit } from '../web-options';
import { undeclaredFields } from './declared-fields';
import type { FieldProblem } from './said';
import { cleanTyped, isVerbatim } from './typed-values';

/** A class with class-validator rules on string properties (see `said`), or string lists (see `Many`). */
export type FormClass<T extends object> = new () => T;

/** What rules across fields may know besides the fields. */
export interface FormCircumstances {
  /** Today as `YYYY-MM-DD` in the institution's time zone, for "not in the future". */
  readonly today?: string;
}

/** A form may look at several fields together; it runs after the rules, and also when some of those failed. */
export interface CrossChecked {
  crossCheck(circumstances: FormCircumstances): FieldProblem[];
}

/** One line of the error summary. */
export interface FormError extends FieldProblem {
  /** `#field`, or undefined when there is no field to go to (something was sent that the form does not have). */
  readonly href: string | undefined;
}

/** What the fields held: handed back to the template, so that nothing has to be typed twice. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

export type FormReading<T> =
  { readonly ok: true; readonly form: T } | { readonly ok: false; readonly values: FormValues; readonly errors: readonly FormError[] };

/**
 * Reads what a browser posted.
 *
 * Strings are cleaned first (line ends, control and bidirectional characters, edges; see `cleanTyped`), fields that the
 * class does not declare are refused, so is a text that the browser may have cut off (`typingLimit`), then the rules run; the first failing rule of each
 * field is reported, in the order of the declaration. A field left empty is `undefined` in the form. The values come back cleaned and complete, except those marked `Verbatim` (passwords).
 * @param body what `configureWeb` parsed: strings, or string lists for repeated fields
 */
export function readForm<T extends object>(Form: FormClass<T>, body: unknown, circumstances: FormCircumstances = {}): FormReading<T> {
  const posted = takeFields(Form, body);
  const unknown = undeclaredFields(Form, posted);
  const form = plainToInstance(Form, withoutThese(posted, unknown));
  const failures = validateSync(form, { stopAtFirstError: true, forbidUnknownValues: false });
  const cut = Object.keys(posted).filter((name) => !unknown.includes(name) && mayBeCut((body as Record<string, unknown>)[name]));
  const wrong = failures.map(ruleError).filter(({ field }) => !cut.includes(field));
  const errors = [...unknown.map(unknownField), ...cut.map(cutField), ...wrong];
  if (isCrossChecked(form)) {
    const seen = new Set(errors.map((error) => error.field));
    const more = form.crossCheck(circumstances).filter((problem) => !seen.has(problem.field));
    errors.push(...more.map((problem) => ({ ...problem, href: `#${problem.field}` })));
  }
  if (errors.length === 0) return { ok: true, form };
  return { ok: false, values: valuesToShow(Form, posted), errors };
}

/** A repeated field (checkboxes): nothing, one value or several, always a list. Give it a default: `@Many() topics: string[] = [];` */
export function Many(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => [value].flat().filter((one) => one !== undefined && one !== ''));
}

/** Adds a refusal that only the use case can know ("this sign-in name or password is wrong") to what was read. */
export function refuseForm(values: FormValues, ...problems: readonly FieldProblem[]): FormReading<never> {
  return { ok: false, values, errors: problems.map((problem) => ({ ...problem, href: `#${problem.field}` })) };
}

function takeFields(Form: FormClass<object>, body: unknown): Record<string, string | string[]> {
  const posted = Object.entries((body ?? {}) as Record<string, unknown>).filter(([name]) => name !== tokenField);
  return Object.fromEntries(
    posted.map(([name, value]) => {
      const clean = (one: unknown) => (isVerbatim(Form, name) ? String(one) : cleanTyped(String(one)));
      return [name, Array.isArray(value) ? value.map(clean) : clean(value)];
    }),
  );
}

/**
 * A text field that was left alone is posted as '': for the rules it is absent, so that `IsOptional` means what it says.
 */
function withoutThese(posted: Record<string, string | string[]>, unknown: readonly string[]): object {
  return Object.fromEntries(Object.entries(posted).filter(([name, value]) => value !== '' && !unknown.includes(name)));
}

function unknownField(field: string): FormError {
  return { field, key: 'forms.unknown_field', params: {}, href: undefined };
}

/** As long as a field can be filled; a browser counts a line end once for `maxlength`. */
function mayBeCut(value: unknown): boolean {
  return typeof value === 'string' && value.length >= typingLimit && value.replace(/\r\n?/g, '\n').length === typingLimit;
}

function cutField(field: string): FormError {
  return { field, key: 'forms.may_be_cut', params: { limit: typingLimit }, href: `#${field}` };
}

function valuesToShow(Form: FormClass<object>, posted: Record<string, string | string[]>): FormValues {
  return Object.fromEntries(Object.entries(posted).filter(([name]) => !isVerbatim(Form, name)));
}

function ruleError(failure: ValidationError): FormError {
  const [rule = 'invalid'] = Object.keys(failure.constraints ?? {});
  const context = failure.contexts?.[rule] as Pick<FieldProblem, 'key' | 'params'> | undefined;
  const { key, params } = context ?? { key: `forms.${rule}`, params: {} };
  return { field: failure.property, key, params, href: `#${failure.property}` };
}

function isCrossChecked(form: object): form is CrossChecked {
  return 'crossCheck' in form && typeof form.crossCheck === 'function';
}
