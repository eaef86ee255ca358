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
import { readDuration, type ReadWording } from '../documents/read-values';
import { RECIPIENTS } from '../clocks/recipients';
import type { Action, Approval, ClockEffect, Input, Requirement, Wording } from './procedure';
import { readClockOperations, TRACK_OPENED } from './read-clock';
import { ACTION_TRIGGERS, ACTOR_ROLES, INPUT_TYPES, SAME_STAGE, STAFF_ROLES } from './vocabulary';

const MOST = { from: 100, words: 60, inputs: 30, choices: 300, recipients: 6 } as const;
/** What {@link Action.reason} and {@link Action.message} can say. */
export const REQUIREMENTS: readonly Requirement[] = ['required', 'optional', 'none'];
/** What {@link Action.clocks} can say. */
export const CLOCK_EFFECTS: readonly ClockEffect[] = ['finish', 'pause', 'resume', 'keep'];
/** The longest text input: what a sealed field still holds comfortably. */
const LONGEST_INPUT = 100_000;

/** The keys of an action. */
export const ACTION_SHAPE = {
  required: ['name', 'from', 'to', 'roles'],
  optional: [
    'hint',
    'trigger',
    'onClock',
    'guards',
    'inputs',
    'reason',
    'message',
    'messageHint',
    'outcomes',
    'establishes',
    'revokes',
    'clocks',
    'changesClocks',
    'approval',
    'opens',
    'tellsStaff',
    'tellsComplainant',
  ],
} as const;

/** The keys of an input. */
export const INPUT_SHAPE = {
  required: ['type', 'label'],
  optional: ['required', 'hint', 'choices', 'sealed', 'limit', 'notInFuture'],
} as const;

/** The keys of an approval. */
export const APPROVAL_SHAPE = { required: ['roles', 'within'] } as const;

/** Reads one action; what it leaves out gets the value that the format's description gives. */
export function readAction(document: CheckedDocument, field: NamedField, wording: ReadWording): Action {
  const fields = readRecord(document, field, ACTION_SHAPE);
  const list = (name: string, most: number): readonly Field[] => readOneOrMore(document, fields.get(name), most);
  const to = readCode(document, fields.get('to')) ?? '';
  const trigger = readWord(document, fields.get('trigger'), ACTION_TRIGGERS);
  const onClock = readCode(document, fields.get('onClock'));
  const opens = readCode(document, fields.get('opens'));
  const approval = readApproval(document, fields.get('approval'));
  const stays = to === SAME_STAGE;
  if (field.name === TRACK_OPENED)
    document.report(
      field,
      'invalid_code',
      `“${TRACK_OPENED}” is what “startsOn” calls the opening of the track.`,
      'Call the action something else.',
    );
  return {
    code: field.name,
    name: wording(fields.get('name')),
    ...optionalWording('hint', fields.get('hint'), wording),
    from: readCodes(document, list('from', MOST.from)),
    to,
    roles: readWords(document, list('roles', MOST.words), ACTOR_ROLES),
    ...(trigger && { trigger }),
    ...(onClock !== undefined && { onClock }),
    guards: readCodes(document, list('guards', MOST.words)),
    inputs: readEntries(document, fields.get('inputs'), MOST.inputs).map((input) => readInput(document, input, wording)),
    reason: readWord(document, fields.get('reason'), REQUIREMENTS) ?? 'none',
    message: readWord(document, fields.get('message'), REQUIREMENTS) ?? 'none',
    ...optionalWording('messageHint', fields.get('messageHint'), wording),
    outcomes: readCodes(document, list('outcomes', MOST.words)),
    establishes: readCodes(document, list('establishes', MOST.words)),
    revokes: readCodes(document, list('revokes', MOST.words)),
    clocks: readWord(document, fields.get('clocks'), CLOCK_EFFECTS) ?? (stays ? 'keep' : 'finish'),
    changesClocks: readClockOperations(document, fields.get('changesClocks')),
    ...(approval && { approval }),
    ...(opens !== undefined && { opens }),
    tellsStaff: readWords(document, list('tellsStaff', MOST.recipients), RECIPIENTS),
    tellsComplainant: readBoolean(document, fields.get('tellsComplainant'), !stays),
  };
}

function readApproval(document: CheckedDocument, field: Field | undefined): Approval | undefined {
  if (!field) return undefined;
  const fields = readRecord(document, field, APPROVAL_SHAPE);
  const within = readDuration(document, fields.get('within'));
  const roles = readWords(document, readOneOrMore(document, fields.get('roles'), MOST.words), STAFF_ROLES);
  return within && roles.length > 0 ? { roles, within } : undefined;
}

function readInput(document: CheckedDocument, field: NamedField, wording: ReadWording): Input {
  const fields = readRecord(document, field, INPUT_SHAPE);
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
  document.report(
    field,
    'invalid_limit',
    `A limit is a whole number of characters, from 1 to ${LONGEST_INPUT}.`,
    'Write such a number, without quotes.',
  );
  return undefined;
}

function optionalWording<Name extends string>(name: Name, field: Field | undefined, wording: ReadWording): Partial<Record<Name, Wording>> {
  return field ? ({ [name]: wording(field) } as Record<Name, Wording>) : {};
}
