import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { didYouMean } from './did-you-mean';
import type { CheckedDocument, Field } from './document';
import type { ProblemCode } from '../procedures/problem';

/** A field with its name in the map around it. */
export interface NamedField extends Field {
  readonly name: string;
  /** Offset of the name. */
  readonly nameAt: number;
}

/** The keys a map may have, and those it must have. */
export interface Shape {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  /** What belongs there, by key, for whoever left out a key that must be there. */
  readonly hints?: Readonly<Record<string, string>>;
}

/** The fields of a map with a fixed set of keys; what is unknown, missing or repeated is reported. */
export function readRecord(document: CheckedDocument, field: Field, shape: Shape): ReadonlyMap<string, Field> {
  const known = [...shape.required, ...(shape.optional ?? [])];
  const fields = new Map<string, Field>();
  const named = readMap(document, field, known.length * 2);
  if (!named) return fields;
  for (const entry of named) {
    if (known.includes(entry.name)) {
      fields.set(entry.name, entry);
    } else {
      const hint = didYouMean(entry.name, known) ?? `Known here: ${known.join(', ')}.`;
      document.report({ ...entry, at: entry.nameAt }, 'unknown_key', `There is no “${entry.name}” here.`, hint);
    }
  }
  for (const name of shape.required) {
    if (fields.has(name)) continue;
    document.reportAtPath({
      path: field.path,
      code: 'missing_key',
      message: `“${name}” is missing.`,
      hint: shape.hints?.[name] ?? `Add “${name}: …”.`,
    });
  }
  return fields;
}

/** The entries of a map from codes, which its author chooses, to whatever they stand for. */
export function readEntries(document: CheckedDocument, field: Field | undefined, most: number): readonly NamedField[] {
  if (!field) return [];
  const entries = readMap(document, field, most) ?? [];
  for (const entry of entries) checkCode(document, { ...entry, at: entry.nameAt }, entry.name);
  return entries;
}

/** The items of a list. An empty list is a mistake: whoever wants none leaves the key away. */
export function readList(document: CheckedDocument, field: Field | undefined, most: number): readonly Field[] {
  if (!field) return [];
  const { node } = field;
  if (refuseAlias(document, field)) return [];
  if (!isSeq<Node>(node)) {
    document.report(field, 'wrong_type', 'A list belongs here.', 'Write it as [one, two].');
    return [];
  }
  if (node.items.length === 0)
    document.report(field, 'empty_list', 'The list is empty.', 'Leave the key away when there is nothing to list.');
  tooMany(document, field, node.items.length, most);
  return node.items.slice(0, most).map((item, index) => {
    const path = `${field.path}.${index}`;
    const at = item.range?.[0] ?? field.at;
    document.place(path, at);
    return { path, node: item, at };
  });
}

/** A list, or one item without the brackets. */
export function readOneOrMore(document: CheckedDocument, field: Field | undefined, most: number): readonly Field[] {
  return field && isScalar(field.node) && field.node.value !== null ? [field] : readList(document, field, most);
}

/** A text, not empty. */
export function readText(document: CheckedDocument, field: Field | undefined): string | undefined {
  const value = readScalar(document, field, 'string', 'A text belongs here.', 'Put it in quotes if it looks like a number.');
  if (typeof value === 'string' && value.trim() !== '') return value;
  if (field && value !== undefined)
    document.report(field, 'wrong_type', 'The text is empty.', 'Write one, or take the whole line out where it may be left out.');
  return undefined;
}

/** `true` or `false`. */
export function readBoolean(document: CheckedDocument, field: Field | undefined, otherwise: boolean): boolean {
  const value = readScalar(document, field, 'boolean', '“true” or “false” belongs here.', 'Write one of these words, without quotes.');
  return typeof value === 'boolean' ? value : otherwise;
}

/** A number without more checks. */
export function readNumber(document: CheckedDocument, field: Field | undefined): number | undefined {
  const value = readScalar(document, field, 'number', 'A number belongs here.', 'Write it in digits, without quotes.');
  if (typeof value !== 'number' || !field) return undefined;
  // YAML also knows 1e3, 0o17 and 0x11; whoever reads “version 1e3” does not look for 1000.
  if (isScalar(field.node) && /^[+-]?\d+(\.\d+)?$/.test(field.node.source ?? '') && field.node.tag === undefined) return value;
  document.report(field, 'wrong_type', 'A number is written in digits here.', `As in ${value}.`);
  return undefined;
}

/** One word of a list. */
export function readWord<T extends string>(
  document: CheckedDocument,
  field: Field | undefined,
  known: readonly T[],
  code: ProblemCode = 'unknown_value',
): T | undefined {
  const typed = readText(document, field);
  if (typed === undefined || !field) return undefined;
  const word = known.find((candidate) => candidate === typed);
  if (word === undefined) {
    const hint = didYouMean(typed, known) ?? `Known: ${known.join(', ')}.`;
    document.report(field, code, `“${typed}” is not one of the words that can stand here.`, hint);
  }
  return word;
}

/** Words of a list, each once. */
export function readWords<T extends string>(
  document: CheckedDocument,
  fields: readonly Field[],
  known: readonly T[],
  code: ProblemCode = 'unknown_value',
): readonly T[] {
  return eachOnce(
    document,
    fields.map((field) => ({ field, value: readWord(document, field, known, code) })),
  );
}

/** A code that somebody chose: `snake_case`, a letter first, at most 60 characters. */
export function readCode(document: CheckedDocument, field: Field | undefined): string | undefined {
  const code = readText(document, field);
  if (field && code !== undefined) checkCode(document, field, code);
  return code;
}

/** Codes, each once. */
export function readCodes(document: CheckedDocument, fields: readonly Field[]): readonly string[] {
  return eachOnce(
    document,
    fields.map((field) => ({ field, value: readCode(document, field) })),
  );
}

function eachOnce<T extends string>(
  document: CheckedDocument,
  read: readonly { readonly field: Field; readonly value: T | undefined }[],
): readonly T[] {
  const seen = new Set<T>();
  for (const { field, value } of read) {
    if (value === undefined) continue;
    if (seen.has(value)) document.report(field, 'listed_twice', `“${value}” is in the list twice.`, 'Take one of them out.');
    seen.add(value);
  }
  return [...seen];
}

function checkCode(document: CheckedDocument, field: Field, code: string): void {
  if (Object.hasOwn(Object.prototype, code)) {
    document.report(field, 'invalid_code', `“${code}” cannot be a code: the software means something else by it.`, 'Choose another word.');
    return;
  }
  if (/^[a-z][a-z0-9_]{0,59}$/.test(code)) return;
  document.report(field, 'invalid_code', `“${code}” is not a code.`, 'Small letters, digits and underscores, a letter first, at most 60.');
}

/** The entries of a map, each name once; nothing when it is none. */
export function readMap(document: CheckedDocument, field: Field, most: number): readonly NamedField[] | undefined {
  if (refuseAlias(document, field)) return undefined;
  if (!isMap<Node, Node | null>(field.node)) {
    document.report(
      field,
      'wrong_type',
      'A list of “name: value” lines belongs here.',
      'Write one below the other, each a step further to the right.',
    );
    return undefined;
  }
  tooMany(document, field, field.node.items.length, most);
  const seen = new Set<string>();
  const entries: NamedField[] = [];
  for (const pair of field.node.items.slice(0, most)) {
    const entry = namedField(document, field, pair);
    if (!entry) continue;
    if (seen.has(entry.name)) {
      document.report({ ...entry, at: entry.nameAt }, 'duplicate_code', `“${entry.name}” is here twice.`, 'Only one of them would count.');
      continue;
    }
    seen.add(entry.name);
    document.place(entry.path, entry.nameAt);
    entries.push(entry);
  }
  return entries;
}

function namedField(document: CheckedDocument, around: Field, pair: Pair<Node, Node | null>): NamedField | undefined {
  const nameAt = pair.key.range?.[0] ?? around.at;
  if (!isScalar(pair.key) || typeof pair.key.value !== 'string') {
    document.report({ ...around, at: nameAt }, 'wrong_type', 'A name belongs before the colon.', 'Put it in quotes if it is a number.');
    return undefined;
  }
  const name = pair.key.value;
  const path = around.path === '' ? name : `${around.path}.${name}`;
  return { name, nameAt, path, node: pair.value ?? undefined, at: pair.value?.range?.[0] ?? nameAt };
}

function readScalar(
  document: CheckedDocument,
  field: Field | undefined,
  type: 'string' | 'boolean' | 'number',
  message: string,
  hint: string,
): unknown {
  if (!field || refuseAlias(document, field)) return undefined;
  if (isScalar(field.node) && typeof field.node.value === type) return field.node.value;
  const isMissing = field.node === undefined || (isScalar(field.node) && field.node.value === null);
  document.report(field, 'wrong_type', message, isMissing ? 'The value is missing: write it after the colon.' : hint);
  return undefined;
}

function refuseAlias(document: CheckedDocument, field: Field): boolean {
  if (!isAlias(field.node)) return false;
  document.report(field, 'alias_not_allowed', 'References to another place of the document (“*name”) are not followed.', 'Write it out.');
  return true;
}

function tooMany(document: CheckedDocument, field: Field, count: number, most: number): void {
  if (count > most)
    document.report(field, 'too_many', `There are ${count} entries here; at most ${most} are read.`, 'Take out what is not needed.');
}
