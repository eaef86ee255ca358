import { RECIPIENTS } from '../clocks/recipients';
import { DURATION_UNITS } from '../clocks/duration';
import type { JsonValue } from '../record/canonical-json';
import { TELLING_CHANNELS } from './procedure';
import { ACTION_SHAPE, APPROVAL_SHAPE, CLOCK_EFFECTS, INPUT_SHAPE, REQUIREMENTS } from './read-action';
import { OPERATION_SHAPE, OPERATION_WORDS, RUNG_SHAPE, STAGE_CLOCK_SHAPE, TRACK_CLOCK_SHAPE } from './read-clock';
import { OUTCOME_SHAPE, PROCEDURE_SHAPE, STAGE_SHAPE } from './read-procedure';
import { ACTION_TRIGGERS, ACTOR_ROLES, INPUT_TYPES, STAFF_ROLES } from './vocabulary';

/** A schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, JsonValue>>;

interface RecordShape {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
}
/** The keys of a shape: one that has no schema below, or one too many, does not compile. */
type KeyOf<S extends RecordShape> =
  S['required'][number] | (S extends { readonly optional: readonly (infer K extends string)[] } ? K : never);

const CODE = ref('code');
const CODES = ref('codes');
const WORDING = ref('wording');
const DURATION = ref('duration');
const BOOLEAN = { type: 'boolean' } as const;
const RECIPIENT_LIST = oneOrMore({ enum: RECIPIENTS });

const CLOCK_KEYS = {
  name: WORDING,
  publicName: WORDING,
  within: DURATION,
  calendar: CODE,
  warnBefore: oneOrMore(DURATION),
  tell: RECIPIENT_LIST,
  ladder: { type: 'array', minItems: 1, items: ref('rung') },
  repeatEvery: DURATION,
} as const;

/**
 * The format of a procedure as a JSON Schema (draft-07, which the YAML language server reads), for editors: they complete keys and words while one
 * writes. It says what can stand where; what a whole document must fulfil (that no case gets stuck under it) only {@link parseProcedure} proves.
 * Made from the keys and words of the reader itself.
 */
export function procedureSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Procedure',
    description: 'What may happen to a case, by whom, and by when. Described in libs/domain/README.md.',
    ...documentSchema(),
    definitions: {
      code: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,59}$', description: 'A code: small letters, digits and underscores.' },
      codes: oneOrMore(CODE),
      wording: entriesOf({ type: 'string', minLength: 1, maxLength: 2000 }, 'A text in each declared language, by its BCP 47 tag.'),
      duration: { type: 'string', pattern: durationPattern(), description: 'A number and a unit, as in 5 working_days.' },
      outcome: record(OUTCOME_SHAPE, { staffName: WORDING, publicName: WORDING }),
      stage: stageSchema(),
      stageClock: record(STAGE_CLOCK_SHAPE, CLOCK_KEYS),
      trackClock: record(TRACK_CLOCK_SHAPE, { ...CLOCK_KEYS, startsOn: CODES, pausesIn: CODES, stopsIn: CODES }),
      rung: rungSchema(),
      action: actionSchema(),
      input: inputSchema(),
      approval: record(APPROVAL_SHAPE, { roles: oneOrMore({ enum: STAFF_ROLES }), within: DURATION }),
      operation: operationSchema(),
    },
  };
}

function documentSchema(): JsonSchema {
  return record(PROCEDURE_SHAPE, {
    procedure: CODE,
    version: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    title: WORDING,
    languages: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' } },
    calendar: CODE,
    initial: CODE,
    note: WORDING,
    facts: entriesOf(WORDING),
    clocks: entriesOf(ref('trackClock')),
    outcomes: entriesOf(ref('outcome')),
    stages: entriesOf(ref('stage')),
    actions: entriesOf(ref('action')),
  });
}

function stageSchema(): JsonSchema {
  return record(STAGE_SHAPE, {
    staffName: WORDING,
    publicName: WORDING,
    publicMeaning: WORDING,
    publicNext: WORDING,
    end: BOOLEAN,
    clocks: entriesOf(ref('stageClock')),
  });
}

function rungSchema(): JsonSchema {
  return record(RUNG_SHAPE, {
    after: DURATION,
    tell: RECIPIENT_LIST,
    through: oneOrMore({ enum: TELLING_CHANNELS }),
    otherwise: RECIPIENT_LIST,
  });
}

function actionSchema(): JsonSchema {
  return record(ACTION_SHAPE, {
    name: WORDING,
    hint: WORDING,
    from: CODES,
    to: CODE,
    roles: oneOrMore({ enum: ACTOR_ROLES }),
    trigger: { enum: ACTION_TRIGGERS },
    onClock: CODE,
    guards: CODES,
    inputs: entriesOf(ref('input')),
    reason: { enum: REQUIREMENTS },
    message: { enum: REQUIREMENTS },
    messageHint: WORDING,
    outcomes: CODES,
    establishes: CODES,
    revokes: CODES,
    clocks: { enum: CLOCK_EFFECTS },
    changesClocks: entriesOf(ref('operation')),
    approval: ref('approval'),
    opens: CODE,
    tellsStaff: RECIPIENT_LIST,
    tellsComplainant: BOOLEAN,
  });
}

function inputSchema(): JsonSchema {
  return record(INPUT_SHAPE, {
    type: { enum: INPUT_TYPES },
    label: WORDING,
    required: BOOLEAN,
    hint: WORDING,
    choices: entriesOf(WORDING),
    sealed: BOOLEAN,
    limit: { type: 'integer', minimum: 1, maximum: 100_000 },
    notInFuture: BOOLEAN,
  });
}

function operationSchema(): JsonSchema {
  const times = { type: 'integer', minimum: 1, maximum: 20 } as const;
  return {
    anyOf: [{ enum: OPERATION_WORDS }, record(OPERATION_SHAPE, { pause: DURATION, extend: DURATION, restart: { enum: [true] }, times })],
  };
}

/** A map with exactly the keys of the shape. */
function record<const S extends RecordShape>(shape: S, properties: Readonly<Record<KeyOf<S>, JsonValue>>): JsonSchema {
  return { type: 'object', additionalProperties: false, required: shape.required, properties };
}

/** A map whose names its author chooses. */
function entriesOf(value: JsonSchema, description?: string): JsonSchema {
  return { type: 'object', ...(description === undefined ? {} : { description }), additionalProperties: value };
}

/** A list, or one item without the brackets. */
function oneOrMore(item: JsonSchema): JsonSchema {
  return { anyOf: [item, { type: 'array', minItems: 1, uniqueItems: true, items: item }] };
}

function ref(definition: string): JsonSchema {
  return { $ref: `#/definitions/${definition}` };
}

/** One unit may be written without its s, as in 1 month. */
function durationPattern(): string {
  return `^\\s*0{0,8}[1-9][0-9]{0,8}\\s+(${DURATION_UNITS.map((unit) => `${unit}?`).join('|')})\\s*$`;
}
