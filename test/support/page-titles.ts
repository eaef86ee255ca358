import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { App } from './page-routes';

const root = resolve(__dirname, '../..');

/** One title that a page can have: `template` from its folder of views, and the key of its message. */
export interface PageTitle {
  readonly template: string;
  readonly key: string;
}

/** Error pages that no page of the app leads to, and why. */
const noSuchError: Readonly<Record<App, Readonly<Record<string, string>>>> = {
  intake: {
    sign_in_first: 'nobody signs in at the public door',
    no_sign_in: 'nobody signs in at the public door',
    forbidden: 'there are no roles at the public door',
    token_lost: 'visit_over is said in its place',
    of_somebody_else: 'nobody signs in at the public door',
    conflict: 'the forms say themselves what changed',
    too_many: 'the forms say themselves how long to wait',
    rules_unreadable: 'unavailable is said in its place',
    sealed_shut: 'not_shown is said in its place',
  },
  casework: {
    visit_over: 'token_lost is said in its place',
    conflict: 'the forms say themselves what changed',
    too_many: 'said to programs alone',
  },
};

/** Pages that are called what was published; they have a route. */
const namedByWhatTheyShow: ReadonlySet<string> = new Set(['procedures/procedure.njk']);

/** What a name in a title can stand for. */
const variables: Readonly<Record<string, (app: App) => readonly string[]>> = {
  question: () => readdirSync(join(root, 'apps/intake/views/complaint/questions')).map((file) => file.replace('.njk', '')),
  what: () => ['write', 'add'],
  kind: (app) => {
    const kinds = Object.entries(messagesOf('errors', 'en')).filter(([, message]) => typeof message === 'object');
    return kinds.map(([kind]) => kind).filter((kind) => !(kind in noSuchError[app]));
  },
};

/**
 * Every title of an app's pages, as its templates set them, error pages included: what a POST answers with has no route of its own, but a title.
 * @throws Error naming a page without a title, or with one that is not read here
 */
export function pageTitles(app: App): PageTitle[] {
  const folders = [`apps/${app}/views`, 'libs/web/views/errors'];
  return folders.flatMap((folder) => {
    const templates = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.njk'));
    return templates.flatMap((template) => titlesIn(readFileSync(join(root, folder, template), 'utf8'), template, app));
  });
}

/**
 * The titles of one template; none of one that is part of others, or is called what it shows.
 * @throws Error when it is a page whose title is not known
 */
export function titlesIn(text: string, template: string, app: App): PageTitle[] {
  if (!/\{% extends (?:"layouts\/|errorLayout)/.test(text) || namedByWhatTheyShow.has(template)) return [];
  const set = /\{% set title = (.*?) %\}/.exec(text)?.[1] ?? '';
  const keys = [...set.matchAll(/\bt\(('[^']*'(?: \+ \w+ \+ '[^']*')?)/g)].map(([, key = '']) => key);
  if (keys.length === 0) throw new Error(`${template}: the title of this page is not known.`);
  return keys.flatMap((key) => keysOf(key, template, app)).map((key) => ({ template, key }));
}

function keysOf(written: string, template: string, app: App): string[] {
  const [before = '', variable, after = ''] = written.split(' + ').map((part) => part.replace(/'/g, ''));
  if (variable === undefined) return [before];
  const values = variables[variable];
  if (values === undefined) throw new Error(`${template}: what “${variable}” in its title stands for is not known.`);
  return values(app).map((value) => `${before}${value}${after}`);
}

/** Knows the title of a message in a browser's tab, whatever was put into it, with an error or without. */
export function titleReader(key: string, language: string): (said: string) => boolean {
  const page = patternOf(key, language);
  const around = ['layout.title', 'layout.title_with_error'].map((layout) => patternOf(layout, language, page));
  const pattern = new RegExp(`^(?:${around.join('|')})$`);
  // Marks of direction stand around what is put in.
  return (said) => pattern.test(said.replace(/[\u200e\u200f\u2066-\u2069]/g, ''));
}

function patternOf(key: string, language: string, page = '.*'): string {
  const [file = '', ...path] = key.split('.');
  const message = path.reduce<unknown>(
    (within, name) => (within as Record<string, unknown> | undefined)?.[name],
    messagesOf(file, language),
  );
  if (typeof message !== 'string') throw new Error(`There is no message “${key}”.`);
  const [first = '', ...rest] = message.split(/\{(\w+)\}/);
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return rest.reduce((pattern, part, at) => pattern + (at % 2 === 1 ? escaped(part) : part === 'page' ? page : '.*'), escaped(first));
}

function messagesOf(file: string, language: string): Record<string, unknown> {
  return parse(readFileSync(join(root, 'libs/web/languages', language, `${file}.yaml`), 'utf8')) as Record<string, unknown>;
}
