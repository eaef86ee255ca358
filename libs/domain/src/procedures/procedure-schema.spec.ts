import { parse } from 'yaml';
import { shippedProcedures, shippedText } from '../../test-support/documents';
import { FULL_PROCEDURE, SMALL_PROCEDURE } from '../../test-support/small-procedure';
import { procedureSchema, type JsonSchema } from './procedure-schema';
import { ACTION_SHAPE, APPROVAL_SHAPE, INPUT_SHAPE } from './read-action';
import { OPERATION_SHAPE, RUNG_SHAPE, STAGE_CLOCK_SHAPE, TRACK_CLOCK_SHAPE } from './read-clock';
import { OUTCOME_SHAPE, PROCEDURE_SHAPE, STAGE_SHAPE } from './read-procedure';

interface Part {
  readonly $ref?: string;
  readonly anyOf?: readonly Part[];
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly pattern?: string;
  readonly items?: Part;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Part>>;
  readonly additionalProperties?: Part | false;
  readonly definitions?: Readonly<Record<string, Part>>;
}

const schema = procedureSchema() as JsonSchema & Part;
const definitions = schema.definitions ?? {};

/** What of a value the schema refuses, by path; as far as the schema uses the language of JSON Schema. */
function refused(part: Part, value: unknown, path = ''): readonly string[] {
  if (part.$ref !== undefined) return refused(definitions[part.$ref.slice('#/definitions/'.length)] ?? { enum: [] }, value, path);
  if (part.anyOf) return part.anyOf.some((one) => refused(one, value, path).length === 0) ? [] : [path];
  if (part.enum) return part.enum.includes(value) ? [] : [path];
  if (part.type === 'array') {
    return Array.isArray(value) ? value.flatMap((item, at) => refused(part.items ?? {}, item, `${path}.${at}`)) : [path];
  }
  if (part.type === 'object') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
    const missing = (part.required ?? []).filter((key) => !(key in value)).map((key) => `${path}.${key}`);
    return Object.entries(value).reduce<readonly string[]>((found, [key, item]) => {
      const rule = part.properties?.[key] ?? part.additionalProperties;
      return [...found, ...(rule ? refused(rule, item, `${path}.${key}`) : [`${path}.${key}`])];
    }, missing);
  }
  if (part.pattern !== undefined) return typeof value === 'string' && new RegExp(part.pattern).test(value) ? [] : [path];
  return typeof value === (part.type === 'integer' ? 'number' : part.type) ? [] : [path];
}

const shapes = {
  outcome: OUTCOME_SHAPE,
  stage: STAGE_SHAPE,
  stageClock: STAGE_CLOCK_SHAPE,
  trackClock: TRACK_CLOCK_SHAPE,
  rung: RUNG_SHAPE,
  action: ACTION_SHAPE,
  input: INPUT_SHAPE,
  approval: APPROVAL_SHAPE,
};

function expectKeys(part: Part | undefined, shape: { readonly required: readonly string[]; readonly optional?: readonly string[] }): void {
  expect(part?.additionalProperties).toBe(false);
  expect([...(part?.required ?? [])].sort()).toEqual([...shape.required].sort());
  expect(Object.keys(part?.properties ?? {}).sort()).toEqual([...shape.required, ...(shape.optional ?? [])].sort());
}

describe('the schema for editors', () => {
  it('has every key that the reader knows, and no other', () => {
    expectKeys(schema, PROCEDURE_SHAPE);
    expectKeys(definitions['operation']?.anyOf?.[1], OPERATION_SHAPE);
    for (const [name, shape] of Object.entries(shapes)) expectKeys(definitions[name], shape);
  });

  it.each(shippedProcedures())('takes the shipped procedure %s, whose first line names it', (code) => {
    const text = shippedText(`procedures/${code}.yaml`);
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=procedure.schema.json');
    expect(refused(schema, parse(text))).toEqual([]);
  });

  it.each([
    ['a key nobody knows', SMALL_PROCEDURE.replace('calendar:', 'calender:')],
    ['a role nobody has', SMALL_PROCEDURE.replace(/officer/g, 'king')],
    ['a length of no time', SMALL_PROCEDURE.replace(/\d+ working_days/g, '0 working_days')],
    ['a length in no unit', SMALL_PROCEDURE.replace(/working_days/g, 'workdays')],
    ['a code in capitals', SMALL_PROCEDURE.replace('initial: ', 'initial: THE')],
  ])('refuses %s', (_what, text) => {
    expect(refused(schema, parse(SMALL_PROCEDURE))).toEqual([]);
    expect(refused(schema, parse(text))).not.toEqual([]);
  });

  it('takes a procedure with everything in it', () => {
    expect(refused(schema, parse(FULL_PROCEDURE))).toEqual([]);
  });
});
