import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MessageFormat from '@messageformat/core';
import { parse as parseMessage, type Token } from '@messageformat/parser';
import { parse as parseYaml } from 'yaml';

/** What a message can be given. Numbers are formatted by `#` and by `{n, number}`; format dates before. */
export type MessageParams = Readonly<Record<string, string | number>>;

type Compiled = (params: MessageParams) => string;

/** The messages of one language. */
export class Messages {
  constructor(
    private readonly language: string,
    private readonly compiled: ReadonlyMap<string, Compiled>,
  ) {}

  keys(): IterableIterator<string> {
    return this.compiled.keys();
  }

  has(key: string): boolean {
    return this.compiled.has(key);
  }

  /** @throws Error naming language and key when there is no such message, or a parameter is missing. */
  say(key: string, params: MessageParams): string {
    const message = this.compiled.get(key);
    if (!message) throw new Error(`There is no message "${key}" in "${this.language}".`);
    try {
      return message(params);
    } catch (cause) {
      throw new Error(`The message "${key}" in "${this.language}" cannot be said: ${(cause as Error).message}.`, { cause });
    }
  }
}

/**
 * Reads, checks and compiles all messages; what the first language says is the measure for the others.
 * The key of a message is the name of its file without `.yaml`, then its path in the file: `layout.skip_link`.
 * @param isWanted whether a file of this name is read
 */
export function compileMessages(
  first: string,
  codes: readonly string[],
  folder: string,
  isWanted: (file: string) => boolean,
): ReadonlyMap<string, Messages> {
  const texts = new Map(codes.map((code) => [code, readTexts(join(folder, code), isWanted)]));
  const model = texts.get(first) ?? readTexts(join(folder, first), isWanted);
  const problems = [...texts].flatMap(([code, messages]) => problemsOf(code, messages, model));
  if (problems.length > 0) throw new Error(`The messages are not complete:\n  ${problems.join('\n  ')}`);
  return new Map([...texts].map(([code, messages]) => [code, new Messages(code, compileAll(code, messages))]));
}

function compileAll(code: string, texts: ReadonlyMap<string, string>): ReadonlyMap<string, Compiled> {
  const format = new MessageFormat(code, { requireAllArguments: true });
  return new Map([...texts].map(([key, text]) => [key, isPlain(text) ? () => text : (format.compile(text) as Compiled)]));
}

/** Most messages: what has no brace and no apostrophe says itself, and a process that starts need not read it as a message to know. */
function isPlain(text: string): boolean {
  return !/[{}']/.test(text);
}

function tokensOf(text: string): readonly Token[] {
  return isPlain(text) ? [] : parseMessage(text);
}

function readTexts(folder: string, isWanted: (file: string) => boolean): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.yaml') || file === 'language.yaml' || !isWanted(file)) continue;
    flatten(parseYaml(readFileSync(join(folder, file), 'utf8')), file.slice(0, -'.yaml'.length), join(folder, file), texts);
  }
  return texts;
}

function flatten(node: unknown, key: string, file: string, into: Map<string, string>): void {
  if (typeof node === 'string') {
    // A folded YAML block ends in a line break that no sentence wants.
    into.set(key, node.trimEnd());
  } else if (node && typeof node === 'object' && !Array.isArray(node)) {
    for (const [name, child] of Object.entries(node)) flatten(child, `${key}.${name}`, file, into);
  } else {
    throw new Error(`${file}: "${key}" must be a text or a map of texts.`);
  }
}

function problemsOf(code: string, texts: ReadonlyMap<string, string>, model: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  for (const key of model.keys()) if (!texts.has(key)) problems.push(`${code}: "${key}" is missing`);
  for (const [key, text] of texts) {
    if (!model.has(key)) problems.push(`${code}: "${key}" is not in the first language`);
    try {
      const tokens = tokensOf(text);
      const wanted = model.get(key);
      if (wanted !== undefined && wanted !== text) problems.push(...placeholderProblems(code, key, tokens, tokensOf(wanted)));
      problems.push(...pluralProblems(code, key, tokens));
    } catch (cause) {
      problems.push(`${code}: "${key}" does not parse: ${(cause as Error).message.split('\n')[0]}`);
    }
  }
  return problems;
}

function placeholderProblems(code: string, key: string, tokens: readonly Token[], model: readonly Token[]): string[] {
  const [mine, wanted] = [placeholders(tokens), placeholders(model)];
  if (mine === wanted) return [];
  return [`${code}: "${key}" has the placeholders {${mine}}, the first language has {${wanted}}`];
}

/** The names of the placeholders of one message, sorted, joined by a comma. */
function placeholders(tokens: readonly Token[]): string {
  const names = new Set<string>();
  visit(tokens, (token) => {
    if ('arg' in token) names.add(token.arg);
  });
  return [...names].sort().join(', ');
}

/** In the order in which translators know them; `resolvedOptions()` has its own. */
const pluralForms = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

/** A plural must spell out each form its language has: Arabic has six, and "other" alone is wrong for five of them. */
function pluralProblems(code: string, key: string, tokens: readonly Token[]): string[] {
  const problems: string[] = [];
  visit(tokens, (token) => {
    if (token.type !== 'plural' && token.type !== 'selectordinal') return;
    const rules = new Intl.PluralRules(code, { type: token.type === 'plural' ? 'cardinal' : 'ordinal' });
    const given = new Set(token.cases.map((one) => one.key));
    const missing = pluralForms.filter((form) => !given.has(form) && rules.resolvedOptions().pluralCategories.includes(form));
    if (missing.length > 0) problems.push(`${code}: "${key}" lacks the plural forms ${missing.join(', ')}`);
  });
  return problems;
}

function visit(tokens: readonly Token[], see: (token: Token) => void): void {
  for (const token of tokens) {
    see(token);
    if ('cases' in token) for (const one of token.cases) visit(one.tokens, see);
  }
}
