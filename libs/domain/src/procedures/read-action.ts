import type { CheckedDocument, Field } from '../documents/document';
import {
  readBoolean,
  readCode,
  readCodes,
  readEntries,
  readNumber,
  readOneOrMore,
  readRecord,
  readWord,
  readWords,
  type NamedField,
} from '../documents/read-fields';
import type { ReadWording } from '../documents/read-values';
import { GUARD_NAMES } from './guards';
import type { Action, ClockEffect, Input, Requirement, Wording } from './procedure';
import { ACTION_TRIGGERS, ACTOR_ROLES, INPUT_TYPES, RECORDED_FACTS, SAME_STAGE } from './vocabulary';

const MOST = { from: 100, words: 60, inputs: 30, choices: 300 } as const;
const REQUIREMENTS: readonly Requirement[] = ['required', 'optional', 'none'];
const CLOCK_EFFECTS: readonly ClockEffect[] = ['finish', 'pause', 'resume', 'keep'];
/** The longest text input: what a sealed field still holds comfortably. */
const LONGEST_INPUT = 100_000;

const ACTION_SHAPE = {
  required: ['name', 'from', 'to', 'roles'],
  optional: [
    'hint',
    'trigger',
    'guards',
    'inputs',
    'reason',
    'message',
    'messageHint',
    'outcomes',
    'establishes',
    'revokes',
    'clocks',
    'tellsComplainant',
  ],
} as const;

/** Reads one action; what it leaves out gets the value that the format's description gives. */
export function readAction(document: CheckedDocument, field: NamedField, wording: ReadWording): Action {
  const fields = readRecord(document, field, ACTION_SHAPE);
  const list = (name: string, most: number): readonly Field[] => readOneOrMore(document, fields.get(name), most);
  const to = readCode(document, fields.get('to')) ?? '';
  const trigger = readWord(document, fields.get('trigger'), ACTION_TRIGGERS);
  const stays = to === SAME_STAGE;
  return {
    code: field.name,
    name: wording(fields.get('name')),
    ...optionalWording('hint', fields.get('hint'), wording),
    from: readCodes(document, list('from', MOST.from)),
    to,
    roles: readWords(document, list('roles', MOST.words), ACTOR_ROLES),
    ...(trigger && { trigger }),
    guards: readWords(document, list('guards', MOST.words), GUARD_NAMES, 'unknown_guard'),
    inputs: readEntries(document, fields.get('inputs'), MOST.inputs).map((input) => readInput(document, input, wording)),
    reason: readWord(document, fields.get('reason'), REQUIREMENTS) ?? 'none',
    message: readWord(document, fields.get('message'), REQUIREMENTS) ?? 'none',
    ...optionalWording('messageHint', fields.get('messageHint'), wording),
    outcomes: readCodes(document, list('outcomes', MOST.words)),
    establishes: readWords(document, list('establishes', MOST.words), RECORDED_FACTS),
    revokes: readWords(document, list('revokes', MOST.words), RECORDED_FACTS),
    clocks: readWord(document, fields.get('clocks'), CLOCK_EFFECTS) ?? (stays ? 'keep' : 'finish'),
    tellsComplainant: readBoolean(document, fields.get('tellsComplainant'), !stays),
  };
}

function readInput(document: CheckedDocument, field: NamedField, wording: ReadWording): Input {
  const fields = readRecord(document, field, {
    required: ['type', 'label'],
    optional: ['required', 'hint', 'choices', 'sealed', 'limit', 'notInFuture'],
  });
  const type = readWord(document, fields.get('type'), INPUT_TYPES) ?? 'text';
  const limit = readLimit(document, fields.get('limit'));
  const isText = type === 'text' || type === 'long_text';
  return {
    name: field.name,
    type,
    required: readBoolean(document, fields.get('required'), true),
    label: wording(fields.get('label')),
    ...optionalWording('hint', fields.get('hint'), wording),
    choices: readEntries(document, fields.get('choices'), MOST.choices).map((choice) => ({ code: choice.name, name: wording(choice) })),
    sealed: readBoolean(document, fields.get('sealed'), isText),
    ...(limit !== undefined && { limit }),
    notInFuture: readBoolean(document, fields.get('notInFuture'), false),
  };
}

function readLimit(document: CheckedDocument, field: Field | undefined): number | undefined {
  const limit = readNumber(document, field);
  if (limit === undefined || !field) return undefined;
  if (Number.isSafeInteger(limit) && limit > 0 && limit <= LONGEST_INPUT) return limit;
  document.report(field, 'invalid_limit', `A limit is a whole number of characters, from 1 to ${LONGEST_INPUT}.`);
  return undefined;
}

function optionalWording<Name extends string>(name: Name, field: Field | undefined, wording: ReadWording): Partial<Record<Name, Wording>> {
  return field ? ({ [name]: wording(field) } as Record<Name, Wording>) : {};
}
