import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const typed = [
  /(?:textField|textArea|passwordField)\(form, '(\w+)'/g,
  /<textarea[^>]*\bname="(\w+)"/g,
  /<input[^>]*type="text"[^>]*\bname="(\w+)"/g,
];
const untyped = [
  /<input type="hidden" name="(\w+)"/g,
  /<(?:button|select)[^>]*\bname="(\w+)"/g,
  /submitButton\(\{[^}]*\bname: '(\w+)'/g,
  /(?:radios|checkboxes|selectField)\(form, '(\w+)'/g,
];

/** Names of the fields of an app's forms, read off its templates: `typed` are those into which a person writes. Names that a template computes are in neither. */
export function formFieldsIn(folder: string): { readonly typed: ReadonlySet<string>; readonly untyped: ReadonlySet<string> } {
  const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.njk'));
  const source = templates.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  const named = (patterns: readonly RegExp[]) => new Set(patterns.flatMap((one) => [...source.matchAll(one)].map(([, name = '']) => name)));
  return { typed: named(typed), untyped: named(untyped) };
}
