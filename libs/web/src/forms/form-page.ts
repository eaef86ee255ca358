import type { FormError, FormReading, FormValues } from './read-form';

/** A form as a template receives it: what the fields hold and what is wrong. */
export interface FormPage {
  readonly values: FormValues;
  readonly errors: readonly FormError[];
}

/** The view of a form: empty or filled at first, and after a refusal with everything that was typed. */
export function formPage(source: FormReading<object> | FormValues = {}): FormPage {
  if (!isReading(source)) return { values: source, errors: [] };
  if (source.ok) return { values: { ...source.form }, errors: [] };
  return { values: source.values, errors: source.errors };
}

function isReading(source: FormReading<object> | FormValues): source is FormReading<object> {
  return typeof source.ok === 'boolean';
}
