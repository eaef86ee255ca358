import type { CheckedDocument, Field } from '../documents/document';
import {
  readBoolean,
  readCode,
  readCodes,
  readEntries,
  readList,
  readNumber,
  readOneOrMore,
  readRecord,
  readWord,
  readWords,
  type NamedField,
} from '../documents/read-fields';
import { readDuration, type ReadWording } from '../documents/read-values';
import { RECIPIENTS } from '../clocks/recipients';
import { isScalar } from 'yaml';
import { TELLING_CHANNELS, type Clock, type ClockOperation, type ClockStart, type Rung } from './procedure';

const MOST = { rungs: 20, warnings: 10, recipients: 6, operations: 20, stages: 100, actions: 300 } as const;

const COMMON_KEYS = ['publicName', 'calendar', 'warnBefore', 'tell', 'ladder', 'repeatEvery'] as const;
const HINTS = { name: 'What is done by then, in words for staff in each language, as in “name: { en: Acknowledge }”.' } as const;
/** The keys of a clock of one stage. */
export const STAGE_CLOCK_SHAPE = { required: ['name', 'within'], optional: COMMON_KEYS, hints: HINTS } as const;
/** The keys of a clock across stages. */
export const TRACK_CLOCK_SHAPE = {
  required: ['name', 'within', 'startsOn'],
  optional: [...COMMON_KEYS, 'pausesIn', 'stopsIn'],
  hints: HINTS,
} as const;
/** The keys of a rung. */
export const RUNG_SHAPE = { required: ['after', 'tell'], optional: ['through', 'otherwise'] } as const;
/** The keys of what an action does to a clock, when it is more than a word. */
export const OPERATION_SHAPE = { required: [], optional: ['pause', 'extend', 'restart', 'times'] } as const;
/** What an action can do to a clock without saying more. */
export const OPERATION_WORDS = ['resume', 'restart'] as const;
/** The word for the opening of the track in `startsOn`; no action may be called so. */
export const TRACK_OPENED = 'track_opened';

/** Reads the clock of a stage: it starts with its stage and ends with it. */
export function readStageClock(document: CheckedDocument, field: NamedField, wording: ReadWording, calendar: string): Clock {
  const fields = readRecord(document, field, STAGE_CLOCK_SHAPE);
  return {
    ...readCommon(document, field, fields, calendar),
    ...readNames(fields, wording),
    startsOn: { on: 'stage_entered' },
    pausesIn: [],
    stopsIn: [],
  };
}

/** Reads a clock that runs across stages. */
export function readTrackClock(document: CheckedDocument, field: NamedField, wording: ReadWording, calendar: string): Clock {
  const fields = readRecord(document, field, TRACK_CLOCK_SHAPE);
  return {
    ...readCommon(document, field, fields, calendar),
    ...readNames(fields, wording),
    startsOn: readStart(document, fields.get('startsOn')),
    pausesIn: readCodes(document, readOneOrMore(document, fields.get('pausesIn'), MOST.stages)),
    stopsIn: readCodes(document, readOneOrMore(document, fields.get('stopsIn'), MOST.stages)),
  };
}

function readStart(document: CheckedDocument, field: Field | undefined): ClockStart {
  const codes = readCodes(document, readOneOrMore(document, field, MOST.actions));
  if (field && codes.includes(TRACK_OPENED) && codes.length > 1) {
    const hint = 'Use two clocks, or name only the actions.';
    document.report(field, 'starts_mixed', `A clock starts with the track or with actions: “${TRACK_OPENED}” stands alone.`, hint);
  }
  return codes.includes(TRACK_OPENED) ? { on: 'track_opened' } : { on: 'action', actions: codes };
}

function readNames(fields: ReadonlyMap<string, Field>, wording: ReadWording): Pick<Clock, 'name' | 'publicName'> {
  const publicName = fields.get('publicName');
  return { name: wording(fields.get('name')), ...(publicName && { publicName: wording(publicName) }) };
}

function readCommon(document: CheckedDocument, field: NamedField, fields: ReadonlyMap<string, Field>, calendar: string) {
  const repeatEvery = readDuration(document, fields.get('repeatEvery'));
  const tell = readWords(document, readOneOrMore(document, fields.get('tell'), MOST.recipients), RECIPIENTS);
  return {
    code: field.name,
    within: readDuration(document, fields.get('within')) ?? { amount: LONGEST_POSSIBLE, unit: 'months' as const },
    calendar: readCode(document, fields.get('calendar')) ?? calendar,
    warnBefore: readOneOrMore(document, fields.get('warnBefore'), MOST.warnings).flatMap((item) => readDuration(document, item) ?? []),
    tell: tell.length > 0 ? tell : (['assignee'] as const),
    ladder: readList(document, fields.get('ladder'), MOST.rungs).flatMap((item) => readRung(document, item) ?? []),
    ...(repeatEvery && { repeatEvery }),
  };
}

/** Stands for a length that could not be read, so that no warning is called too long for it. */
const LONGEST_POSSIBLE = 1_000_000;

function readRung(document: CheckedDocument, field: Field): Rung | undefined {
  const fields = readRecord(document, field, RUNG_SHAPE);
  const after = readDuration(document, fields.get('after'));
  const recipients = (name: string) => readWords(document, readOneOrMore(document, fields.get(name), MOST.recipients), RECIPIENTS);
  const tell = recipients('tell');
  const through = readWords(document, readOneOrMore(document, fields.get('through'), TELLING_CHANNELS.length), TELLING_CHANNELS);
  const otherwise = recipients('otherwise');
  return after && tell.length > 0 ? { after, tell, through: through.length > 0 ? through : ['email'], otherwise } : undefined;
}

/** Reads what an action does to single clocks: `{handle: {extend: 20 working_days, times: 2}, answer: resume}`. */
export function readClockOperations(document: CheckedDocument, field: Field | undefined): readonly ClockOperation[] {
  return readEntries(document, field, MOST.operations).flatMap((entry) => readOperation(document, entry) ?? []);
}

function readOperation(document: CheckedDocument, entry: NamedField): ClockOperation | undefined {
  const clock = entry.name;
  if (isScalar(entry.node)) {
    const word = readWord(document, entry, OPERATION_WORDS);
    if (word === 'restart') return { operation: 'restart', clock, times: 1 };
    return word && { operation: word, clock };
  }
  const fields = readRecord(document, entry, OPERATION_SHAPE);
  const pause = readDuration(document, fields.get('pause'));
  const extend = readDuration(document, fields.get('extend'));
  const restarts = readBoolean(document, fields.get('restart'), false);
  if ([fields.has('pause'), fields.has('extend'), restarts].filter(Boolean).length !== 1) {
    document.report(
      entry,
      'missing_key',
      'Say “pause: …”, “extend: …” or “restart: true”, one of the three.',
      'Take out the others; two changes need two clocks.',
    );
    return undefined;
  }
  if (restarts) return { operation: 'restart', clock, times: readTimes(document, fields.get('times')) };
  if (pause) {
    if (fields.has('times')) document.report(entry, 'unknown_key', 'A pause is not counted by “times”.', 'Take “times” out.');
    return { operation: 'pause', clock, atMost: pause };
  }
  return extend && { operation: 'extend', clock, by: extend, times: readTimes(document, fields.get('times')) };
}

function readTimes(document: CheckedDocument, field: Field | undefined): number {
  const times = readNumber(document, field);
  if (times === undefined || !field) return 1;
  if (Number.isSafeInteger(times) && times > 0 && times <= 20) return times;
  document.report(field, 'invalid_limit', 'A clock can be given more time from 1 to 20 times.', 'Write such a number, without quotes.');
  return 1;
}
