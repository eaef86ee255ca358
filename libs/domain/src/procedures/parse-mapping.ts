import { didYouMean } from '../documents/did-you-mean';
import { CheckedDocument, type Field } from '../documents/document';
import { readEntries, readRecord, readText, type NamedField } from '../documents/read-fields';
import type { Problem, ProblemCode } from './problem';
import { allClocks, findStage, type Procedure } from './procedure';

/**
 * What becomes of a track that moves to another version of its procedure, from the codes of the version it leaves to those of the version it comes to.
 * What is not in a map has nothing to correspond to.
 */
export interface VersionMapping {
  /** Every stage that is no end. */
  readonly stages: ReadonlyMap<string, string>;
  /** Clocks that go on; the others are no longer needed. */
  readonly clocks: ReadonlyMap<string, string>;
  /** Facts that go on holding; the others are forgotten. */
  readonly facts: ReadonlyMap<string, string>;
}

/** A mapping, or every mistake in its document in the order of the lines. */
export type ParsedMapping =
  { readonly ok: true; readonly mapping: VersionMapping } | { readonly ok: false; readonly problems: readonly Problem[] };

/** The document of a mapping that says nothing: what has the same code in both versions goes on. */
export const SAME_CODES = '{}';

const SHAPE = { required: [], optional: ['stages', 'clocks', 'facts'] } as const;
/** In place of a clock or a fact: it does not go on. */
const NONE = 'none';
const MOST = 500;

/**
 * Reads how tracks move between two versions (YAML; docs/procedures.md) and proves that none of them ends up nowhere: each stage in which a track can stand leads to one
 * of the new version that is no end. Whether a track can still be closed there depends on what was done on it before: `MoveTracks` asks that of each. Only what changed its code needs a line.
 * @param text the document; {@link SAME_CODES} for none
 * @param before the version that tracks leave
 * @param after the version they come to
 */
export function parseMapping(text: string, fileName: string, before: Procedure, after: Procedure): ParsedMapping {
  const document = new CheckedDocument(text, fileName);
  if (!document.root) return { ok: false, problems: document.problems() };
  const fields = readRecord(document, document.root, SHAPE);
  const stages = readStages(document, readEntries(document, fields.get('stages'), MOST), before, after);
  const clockEntries = readEntries(document, fields.get('clocks'), MOST);
  const clocks = readCodeMap(document, clockEntries, {
    before: allClocks(before).map(({ code }) => code),
    after: allClocks(after).map(({ code }) => code),
    what: 'clock',
    unknown: 'unknown_clock',
  });
  const facts = readCodeMap(document, readEntries(document, fields.get('facts'), MOST), {
    before: before.facts.map(({ code }) => code),
    after: after.facts.map(({ code }) => code),
    what: 'fact',
    unknown: 'unknown_fact',
  });
  const going = new Map([...clocks].filter(([from, to]) => belongsTogether(before, after, stages, from, to)));
  reportStrangers(document, clockEntries, clocks, going);
  const problems = document.problems();
  return problems.length > 0 ? { ok: false, problems } : { ok: true, mapping: { stages, clocks: going, facts } };
}

function readStages(
  document: CheckedDocument,
  entries: readonly NamedField[],
  before: Procedure,
  after: Procedure,
): ReadonlyMap<string, string> {
  const open = before.stages.filter(({ isEnd }) => !isEnd).map(({ code }) => code);
  const ends = after.stages.filter(({ isEnd }) => isEnd).map(({ code }) => code);
  const targets = after.stages.filter(({ isEnd }) => !isEnd).map(({ code }) => code);
  const stages = new Map(open.filter((code) => targets.includes(code)).map((code) => [code, code]));
  for (const entry of entries) {
    const to = readText(document, entry);
    if (!isKnown(document, { ...entry, at: entry.nameAt }, entry.name, open, 'unknown_stage', 'open stage of the version that is left'))
      continue;
    if (to === undefined) continue;
    if (ends.includes(to)) {
      document.report(entry, 'moved_to_end', `“${to}” is an end: a change of rules closes no case.`, `One of: ${targets.join(', ')}.`);
    } else if (isKnown(document, entry, to, targets, 'unknown_stage', 'stage of the new version')) {
      stages.set(entry.name, to);
    }
  }
  const named = new Set(entries.map(({ name }) => name));
  for (const code of open) {
    if (stages.has(code) || named.has(code)) continue;
    document.reportAtPath({
      path: 'stages',
      code: 'moved_nowhere',
      message: `A case in the stage “${code}” would be nowhere: the new version has no open stage of this code.`,
      hint: `Say where it goes on, as in “stages: { ${code}: ${targets[0] ?? '…'} }”.`,
    });
  }
  return stages;
}

interface Codes {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly what: string;
  readonly unknown: ProblemCode;
}

function readCodeMap(document: CheckedDocument, entries: readonly NamedField[], codes: Codes): ReadonlyMap<string, string> {
  const map = new Map(codes.before.filter((code) => codes.after.includes(code)).map((code) => [code, code]));
  for (const entry of entries) {
    const to = readText(document, entry);
    const isFromKnown = isKnown(
      document,
      { ...entry, at: entry.nameAt },
      entry.name,
      codes.before,
      codes.unknown,
      `${codes.what} of the version that is left`,
    );
    if (to === undefined || !isFromKnown) continue;
    map.delete(entry.name);
    if (to !== NONE && isKnown(document, entry, to, codes.after, codes.unknown, `${codes.what} of the new version`))
      map.set(entry.name, to);
  }
  reportShared(document, entries, map, codes.what);
  return map;
}

/** Two that run side by side cannot both go on as one. */
function reportShared(document: CheckedDocument, entries: readonly NamedField[], map: ReadonlyMap<string, string>, what: string): void {
  for (const entry of entries) {
    const to = map.get(entry.name);
    const other = [...map].find(([from, target]) => target === to && from !== entry.name);
    if (to === undefined || other === undefined) continue;
    const hint = `Write “${other[0]}: ${NONE}” when it does not go on.`;
    document.report(entry, 'mapped_twice', `The ${what} “${other[0]}” goes on as “${to}” too.`, hint);
  }
}

function reportStrangers(
  document: CheckedDocument,
  entries: readonly NamedField[],
  clocks: ReadonlyMap<string, string>,
  going: ReadonlyMap<string, string>,
): void {
  for (const { name, path } of entries) {
    const to = clocks.get(name);
    if (to === undefined || going.has(name)) continue;
    document.reportAtPath({
      path,
      code: 'clock_of_another_stage',
      message: `“${to}” is not a clock of the stage to which the stage of “${name}” leads.`,
      hint: 'A clock of a stage goes on as one of that stage, and one across stages as one across stages.',
    });
  }
}

/** A clock of a stage goes on where its stage goes; a clock across stages stays one. */
function belongsTogether(before: Procedure, after: Procedure, stages: ReadonlyMap<string, string>, from: string, to: string): boolean {
  const home = before.stages.find(({ clocks }) => clocks.some(({ code }) => code === from));
  if (home === undefined) return after.clocks.some(({ code }) => code === to);
  const stage = findStage(after, stages.get(home.code) ?? '');
  return stage?.clocks.some(({ code }) => code === to) ?? false;
}

function isKnown(
  document: CheckedDocument,
  field: Field,
  code: string,
  known: readonly string[],
  problem: ProblemCode,
  what: string,
): boolean {
  if (known.includes(code)) return true;
  document.report(field, problem, `“${code}” is no ${what}.`, didYouMean(code, known) ?? `Known: ${known.join(', ')}.`);
  return false;
}
