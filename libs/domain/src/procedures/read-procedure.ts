import type { CheckedDocument, Field } from '../documents/document';
import { readBoolean, readCode, readEntries, readList, readNumber, readRecord, readText, type NamedField } from '../documents/read-fields';
import { isLanguageTag, readWording, type ReadWording } from '../documents/read-values';
import type { ClosingOutcome, Procedure, Stage, Wording } from './procedure';
import { readAction } from './read-action';
import { readStageClock, readTrackClock } from './read-clock';
import { SAME_STAGE } from './vocabulary';

/** No institution has more; a file that does was made by a machine or by mistake, and every page that shows it would suffer. */
const MOST = { languages: 60, stages: 100, clocks: 10, outcomes: 60, actions: 300, facts: 60 } as const;

/** The keys of the document. */
export const PROCEDURE_SHAPE = {
  required: ['procedure', 'version', 'title', 'languages', 'calendar', 'initial', 'outcomes', 'stages', 'actions'],
  optional: ['note', 'facts', 'clocks'],
} as const;
/** The keys of a closing outcome. */
export const OUTCOME_SHAPE = { required: ['staffName', 'publicName'] } as const;
/** The keys of a stage. */
export const STAGE_SHAPE = { required: ['staffName', 'publicName', 'publicMeaning', 'publicNext'], optional: ['end', 'clocks'] } as const;

/**
 * Reads the document as far as it goes. What cannot be read is reported and left out or replaced by something harmless, so that everything else
 * can still be checked; the result is a procedure only when the document reports no problem.
 */
export function readProcedure(document: CheckedDocument, root: Field): Procedure {
  const fields = readRecord(document, root, PROCEDURE_SHAPE);
  const named = nameIn(document, fields);
  const languages = readLanguageTags(document, fields.get('languages'));
  const wording: ReadWording = (field) => readWording(document, field, languages);
  const calendar = readCode(document, fields.get('calendar')) ?? '';
  return {
    ...named,
    title: wording(fields.get('title')),
    languages,
    calendar,
    initial: readCode(document, fields.get('initial')) ?? '',
    ...readNote(fields.get('note'), wording),
    facts: readEntries(document, fields.get('facts'), MOST.facts).map((field) => ({ code: field.name, name: wording(field) })),
    clocks: readEntries(document, fields.get('clocks'), MOST.clocks).map((field) => readTrackClock(document, field, wording, calendar)),
    closingOutcomes: readEntries(document, fields.get('outcomes'), MOST.outcomes).map((field) => readOutcome(document, field, wording)),
    stages: readEntries(document, fields.get('stages'), MOST.stages).map((field) => readStage(document, field, wording, calendar)),
    actions: readEntries(document, fields.get('actions'), MOST.actions).map((field) => readAction(document, field, wording)),
  };
}

/** A version by its name. */
export type ProcedureName = Pick<Procedure, 'procedure' | 'version'>;

/** What the document calls itself, and nothing else of it: an empty code and 0 where it does not say. */
export function readProcedureName(document: CheckedDocument, root: Field): ProcedureName {
  return nameIn(document, readRecord(document, root, PROCEDURE_SHAPE));
}

function nameIn(document: CheckedDocument, fields: ReadonlyMap<string, Field>): ProcedureName {
  return { procedure: readCode(document, fields.get('procedure')) ?? '', version: readVersion(document, fields.get('version')) };
}

function readNote(field: Field | undefined, wording: ReadWording): { readonly note?: Wording } {
  return field ? { note: wording(field) } : {};
}

function readVersion(document: CheckedDocument, field: Field | undefined): number {
  const version = readNumber(document, field);
  if (version !== undefined && Number.isSafeInteger(version) && version > 0 && version <= 1_000_000) return version;
  if (field && version !== undefined)
    document.report(
      field,
      'invalid_version',
      'A version is a whole number, 1 or more.',
      'Count from 1, by one with each version that is published.',
    );
  return 0;
}

function readLanguageTags(document: CheckedDocument, field: Field | undefined): readonly string[] {
  const items = readList(document, field, MOST.languages);
  const seen = new Set<string>();
  for (const item of items) {
    const tag = readText(document, item);
    if (tag === undefined) continue;
    if (!isLanguageTag(tag)) document.report(item, 'invalid_language', `“${tag}” is not a language tag.`, 'BCP 47, as in en, ar, pt-MZ.');
    else if (seen.has(tag)) document.report(item, 'listed_twice', `“${tag}” is in the list twice.`, 'Take one of them out.');
    else seen.add(tag);
  }
  return [...seen];
}

function readOutcome(document: CheckedDocument, field: NamedField, wording: ReadWording): ClosingOutcome {
  const fields = readRecord(document, field, OUTCOME_SHAPE);
  return { code: field.name, staffName: wording(fields.get('staffName')), publicName: wording(fields.get('publicName')) };
}

function readStage(document: CheckedDocument, field: NamedField, wording: ReadWording, calendar: string): Stage {
  const fields = readRecord(document, field, STAGE_SHAPE);
  if (field.name === SAME_STAGE) {
    document.report(
      { ...field, at: field.nameAt },
      'invalid_code',
      `No stage can be called “${SAME_STAGE}”: the word means staying.`,
      'Call it something else.',
    );
  }
  return {
    code: field.name,
    staffName: wording(fields.get('staffName')),
    publicName: wording(fields.get('publicName')),
    publicMeaning: wording(fields.get('publicMeaning')),
    publicNext: wording(fields.get('publicNext')),
    isEnd: readBoolean(document, fields.get('end'), false),
    clocks: readEntries(document, fields.get('clocks'), MOST.clocks).map((clock) => readStageClock(document, clock, wording, calendar)),
  };
}
