import type { Failure } from '../errors/failure';
import type { ProblemField } from '../errors/refused';
import type { Languages } from '../language/languages';

/** Problem details for HTTP APIs (RFC 9457), with our stable `code` and one entry per wrong field. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly errors?: readonly { readonly field: string; readonly code: string; readonly message: string }[];
}

/** Says a failure as problem JSON in one language. `code` is for programs and never changes; `title` is for people. */
export function problemOf(failure: Failure, languages: Languages, language: string): Problem {
  const say = languages.in(language);
  const own = `problems.${failure.code}`;
  const key = languages.knows(own) ? own : `errors.${failure.kind}.title`;
  const errors = failure.fields.map((one) => ({ field: one.field, code: one.code, message: say(fieldKey(one, languages), one.params) }));
  return {
    type: 'about:blank',
    title: say(key),
    status: failure.status,
    code: failure.code,
    ...(errors.length > 0 ? { errors } : {}),
  };
}

function fieldKey(field: ProblemField, languages: Languages): string {
  return languages.knows(field.key) ? field.key : 'forms.invalid';
}
