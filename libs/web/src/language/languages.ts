import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '@recourse/config';
import { isolate } from './bidi';
import { compileMessages, type MessageParams, type Messages } from './messages';

/** One language of the pages, as its `language.yaml` describes it. */
export interface Language {
  /** BCP 47 tag and name of its folder: `en`, `ar`. */
  readonly code: string;
  /** Its own name for itself, shown in the language navigation. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /**
   * Locale for dates and numbers. Arabic uses `ar-u-nu-latn`: Latin digits, because receipts, references and keypads
   * have them, and Maghrebi readers use nothing else. What a person *types* is accepted in any script's digits.
   */
  readonly formats: string;
}

/** Says one message in one language. Throws when the key or a parameter is missing: that is a bug, not a blank. */
export type Say = (key: string, params?: MessageParams) => string;

const languageFolder = join(projectRoot, 'libs/web/languages');

/** The languages an institution offers, with every message compiled. Immutable after `load`. */
export class Languages {
  /** Those of the house, by the codes and what was left out: they are read once, however many applications a process makes. */
  static readonly #ours = new Map<string, Languages>();

  private constructor(
    /** The language a person gets when nothing is known about them: the first of the setting. */
    readonly first: Language,
    /** In the order of the setting. */
    readonly all: readonly Language[],
    private readonly messages: ReadonlyMap<string, Messages>,
  ) {}

  /**
   * Reads and compiles `<folder>/<code>/*.yaml` for each code, where no folder is named those of `libs/web/languages`.
   * @param choice.leavesOut files whose name begins with this are not read: `casework-`
   * @throws Error listing every problem at once: a language without a folder, a message that does not parse, a key,
   *   a placeholder or a plural form that the first language has and another lacks (or the reverse).
   */
  static load(
    codes: readonly string[],
    { folder, leavesOut }: { readonly folder?: string; readonly leavesOut?: string | undefined } = {},
  ): Languages {
    if (folder !== undefined) return Languages.#read(codes, folder, leavesOut);
    const which = `${codes.join()} ${leavesOut ?? ''}`;
    const known = Languages.#ours.get(which) ?? Languages.#read(codes, languageFolder, leavesOut);
    Languages.#ours.set(which, known);
    return known;
  }

  static #read(codes: readonly string[], folder: string, leavesOut: string | undefined): Languages {
    const all = codes.map((code) => readLanguage(folder, code));
    const [first] = all;
    if (!first) throw new Error('No language is configured: set RECOURSE_LANGUAGES, for example "en,ar".');
    const isWanted = (file: string): boolean => leavesOut === undefined || !file.startsWith(leavesOut);
    return new Languages(first, all, compileMessages(first.code, codes, folder, isWanted));
  }

  has(code: unknown): code is string {
    return this.all.some((one) => one.code === code);
  }

  /** @throws Error when the language is not configured: callers negotiate first. */
  get(code: string): Language {
    const found = this.all.find((one) => one.code === code);
    if (!found) throw new Error(`The language "${code}" is not configured.`);
    return found;
  }

  /** The sayer of one language, for the pages and for problem JSON. Values of the other direction come isolated. */
  in(code: string): Say {
    const { direction } = this.get(code);
    const say = this.plainlyIn(code);
    return (key, params = {}) => say(key, isolateAll(params, direction));
  }

  /** The sayer that takes values as they are, for messages in which a value may stand inside a tag. */
  plainlyIn(code: string): Say {
    const messages = this.messagesOf(code);
    return (key, params = {}) => messages.say(key, params);
  }

  /** Whether there is such a message; they are the same in every language. */
  knows(key: string): boolean {
    return this.messagesOf(this.first.code).has(key);
  }

  /** Every key, sorted; for tests that check keys named in code. */
  keys(): string[] {
    return [...this.messagesOf(this.first.code).keys()].sort();
  }

  private messagesOf(code: string): Messages {
    const messages = this.messages.get(code);
    if (!messages) throw new Error(`The language "${code}" is not configured.`);
    return messages;
  }
}

function isolateAll(params: MessageParams, direction: 'ltr' | 'rtl'): MessageParams {
  const entries = Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? isolate(value, direction) : value]);
  return Object.fromEntries(entries) as MessageParams;
}

function readLanguage(folder: string, code: string): Language {
  const known = readdirSync(folder);
  if (!known.includes(code)) {
    throw new Error(`The language "${code}" has no folder in ${folder}. There are: ${known.sort().join(', ')}.`);
  }
  const file = join(folder, code, 'language.yaml');
  const { name, direction, formats } = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  if (typeof name !== 'string' || typeof formats !== 'string' || (direction !== 'ltr' && direction !== 'rtl')) {
    throw new Error(`${file} must give a name, a direction (ltr or rtl) and a locale for formats.`);
  }
  return Object.freeze({ code, name, direction, formats });
}
