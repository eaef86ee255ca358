import { join } from 'node:path';
import { Environment, FileSystemLoader, runtime } from 'nunjucks';
import { projectRoot } from '@recourse/config';
import type { AssetCatalogue } from '../assets/asset-catalogue';
import { formatsFor } from '../language/formats';
import type { Language, Languages, Say } from '../language/languages';
import type { MessageParams } from '../language/messages';
import type { WebOptions } from '../web-options';
import { addFormGlobals } from './form-globals';
import { escapeHtml } from './escape-html';
import { typedBlock, typedInline } from './typed-text';

/**
 * The Nunjucks environment of one language. One per language, because then `t`, `dir` and `lang` are globals, which
 * imported macros see too; a context variable would not reach them.
 *
 * Autoescape is on. `throwOnUndefined` is off: the macros of govuk-frontend leave most of their options out. A missing
 * message or parameter throws all the same, from `t`.
 *
 * Templates are found in the app's own folders first, then in `libs/web/views`, then `govuk/…` and `moj/…`.
 */
export function createPageEnvironment(
  language: Language,
  languages: Languages,
  assets: AssetCatalogue,
  options: Pick<WebOptions, 'viewFolders' | 'timeZone' | 'institution' | 'exitUrl' | 'mode'>,
): Environment {
  const folders = [
    ...options.viewFolders,
    join(projectRoot, 'libs/web/views'),
    join(projectRoot, 'node_modules/govuk-frontend/dist'),
    join(projectRoot, 'node_modules/@ministryofjustice/frontend'),
  ];
  const noCache = options.mode === 'development';
  const environment = new Environment(new FileSystemLoader(folders, { noCache }), {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  const say = languages.in(language.code);
  environment.addGlobal('t', say);
  environment.addGlobal('tHtml', htmlSayer(say));
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
 * trusted, its parameters are not: they are escaped unless they are already safe (`x | typedInline`).
 */
function htmlSayer(say: Say): (key: string, params?: Record<string, unknown>) => runtime.SafeString {
  return (key, params = {}) => {
    const escaped = Object.entries(params).map(([name, value]): [string, string | number] => {
      if (typeof value === 'number') return [name, value];
      return [name, value instanceof runtime.SafeString ? value.toString() : escapeHtml(String(value))];
    });
    return new runtime.SafeString(say(key, Object.fromEntries(escaped) as MessageParams));
  };
}
