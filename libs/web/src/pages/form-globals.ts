import type { Environment } from 'nunjucks';
import type { Languages, Say } from '../language/languages';
import type { FormPage } from '../forms/form-page';
import { typingLimit } from '../web-options';

interface ChoiceItem {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
  readonly divider?: string;
}

/** What `components/form.njk` needs and Nunjucks is too clumsy for. */
export function addFormGlobals(environment: Environment, say: Say, languages: Languages): void {
  environment.addGlobal('fieldLabel', (options: { label: string; optional?: boolean }) =>
    options.optional ? say('forms.optional', { label: options.label }) : options.label,
  );
  environment.addGlobal('fieldError', (form: FormPage | undefined, name: string) => {
    const error = form?.errors.find((one) => one.field === name);
    return error && { text: say(errorKey(error.key, languages), error.params), visuallyHiddenText: hiddenPrefix(say) };
  });
  environment.addGlobal('errorList', (form: FormPage) =>
    form.errors.map((error) => ({ text: say(errorKey(error.key, languages), error.params), href: error.href })),
  );
  environment.addGlobal('choiceItems', (items: readonly ChoiceItem[]) =>
    items.map(({ hint, ...item }) => (hint ? { ...item, hint: { text: hint } } : item)),
  );
  environment.addGlobal('selectItems', (items: readonly ChoiceItem[], choose: string) => [{ value: '', text: choose }, ...items]);
  environment.addGlobal('typingLimit', String(typingLimit));
  environment.addGlobal('mergeAttributes', (first: object, second?: object) => ({ ...first, ...second }));
  environment.addGlobal('joinSentences', (...sentences: (string | undefined)[]) => sentences.filter(Boolean).join(' '));
}

/** govuk-frontend puts the colon itself. */
function hiddenPrefix(say: Say): string {
  return say('forms.error').replace(/:$/, '');
}

function errorKey(key: string, languages: Languages): string {
  return languages.knows(key) || !key.startsWith('forms.') ? key : 'forms.invalid';
}
