import { join } from 'node:path';
import { Environment, runtime } from 'nunjucks';
import { projectRoot } from '@recourse/config';
import type { AssetCatalogue } from '../assets/asset-catalogue';
import { isolate } from '../language/bidi';
import { formatsFor } from '../language/formats';
import type { Language, Languages, Say } from '../language/languages';
import type { MessageParams } from '../language/messages';
import type { WebOptions } from '../web-options';
import { addFormGlobals } from './form-globals';
import { escapeHtml } from './escape-html';
import { environmentOptions, TemplateFiles } from './template-files';
import { typedBlock, typedInline } from './typed-text';

/**
 * The Nunjucks environment of one language. One per language, because then `t`, `dir` and `lang` are globals, which
 * imported macros see too; a context variable would not reach them.
 *
 * Autoescape is on. `throwOnUndefined` is off: the macros of govuk-frontend leave most of their options out. A missing
 * message or parameter throws all the same, from `t`.
 *
 * @param templates read by this environment alone, which keeps what it compiled in them
 */
export function createPageEnvironment(
  language: Language,
  languages: Languages,
  assets: AssetCatalogue,
  options: Pick<WebOptions, 'viewFolders' | 'timeZone' | 'institution' | 'exitUrl'>,
  templates: TemplateFiles = templatesOf(options),
): Environment {
  const environment = new Environment(templates, environmentOptions());
  const say = languages.in(language.code);
  environment.addGlobal('t', say);
  environment.addGlobal('tHtml', htmlSayer(languages.plainlyIn(language.code), language.direction));
  environment.addGlobal('lang', language.code);
  environment.addGlobal('dir', language.direction);
  environment.addGlobal('languages', languages.all);
  environment.addGlobal('institution', options.institution);
  environment.addGlobal('exitUrl', options.exitUrl);
  environment.addGlobal('asset', (name: string) => assets.url(name));
  addFormGlobals(environment, say, languages);
  addFilters(environment, language, options.timeZone);
  return environment;
}

/** Templates are found in the app's own folders first, then in `libs/web/views`, then `govuk/…` and `moj/…`. */
export function templatesOf({ viewFolders }: Pick<WebOptions, 'viewFolders'>): TemplateFiles {
  return new TemplateFiles([
    ...viewFolders,
    join(projectRoot, 'libs/web/views'),
    join(projectRoot, 'node_modules/govuk-frontend/dist'),
    join(projectRoot, 'node_modules/@ministryofjustice/frontend'),
  ]);
}

function addFilters(environment: Environment, language: Language, timeZone: string): void {
  const formats = formatsFor(language, timeZone);
  environment.addFilter('date', formats.date);
  environment.addFilter('dateTime', formats.dateTime);
  environment.addFilter('time', formats.time);
  environment.addFilter('number', formats.number);
  environment.addFilter('country', formats.country);
  environment.addFilter('languageName', formats.languageName);
  environment.addFilter('typed', typedBlock);
  environment.addFilter('typedInline', typedInline);
  environment.addFilter('iso', (value: Date) => value.toISOString());
}

/**
 * `tHtml(key, params)`: a message of ours that contains markup (`<a href="{link}">…</a>`, `<strong>`). The message is
 * trusted, its parameters are not: they are escaped unless they are already safe (`x | typedInline`). All are isolated
 * from the direction of the sentence but `link`, which stands in an attribute, where an isolate would break the address.
 */
function htmlSayer(say: Say, direction: Language['direction']): (key: string, params?: Record<string, unknown>) => runtime.SafeString {
  const asHtml = (name: string, value: unknown): string | number => {
    if (typeof value === 'number') return value;
    if (value instanceof runtime.SafeString) return value.toString();
    const escaped = escapeHtml(String(value));
    return name === 'link' ? escaped : isolate(escaped, direction);
  };
  return (key, params = {}) => {
    const safe = Object.entries(params).map(([name, value]) => [name, asHtml(name, value)]);
    return new runtime.SafeString(say(key, Object.fromEntries(safe) as MessageParams));
  };
}
