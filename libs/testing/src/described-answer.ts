import type { OpenAPIObject } from '@nestjs/swagger';

type Schema = Readonly<Record<string, unknown>>;

const formats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

/** An answer of the API, as the test got it. */
export interface GivenAnswer {
  readonly method: string;
  /** As the document writes it: `/api/v1/cases/{reference}`. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: unknown;
}

/**
 * Compares an answer with the OpenAPI document: is the operation there, does it name this status, is the body of that schema? Stricter than a
 * validator, which lets properties pass that no schema knows. Knows the words that our document uses; another one throws.
 * @returns what does not agree, by place
 */
export function disagreements(document: OpenAPIObject, { method, path, status, contentType, body }: GivenAnswer): string[] {
  const described = pick(document, 'paths', path, method.toLowerCase(), 'responses', String(status));
  if (described === undefined) return [`${method} ${path} is not described with ${status}`];
  const contents = Object.entries((described['content'] ?? {}) as Record<string, Schema>);
  if (contents.length === 0) return isNothing(body) ? [] : [`${method} ${path} ${status} has a body that is not described`];
  const content = contents.find(([type]) => contentType?.startsWith(type));
  if (!content) return [`${method} ${path} ${status} is ${String(contentType)}, which is not described`];
  const schema = content[1]['schema'] as Schema;
  // A download: its bytes are what they are.
  return schema['format'] === 'binary' ? [] : compare(document, schema, body, '$');
}

function isNothing(body: unknown): boolean {
  return body === undefined || body === '' || (typeof body === 'object' && body !== null && Object.keys(body).length === 0);
}

function pick(from: object, ...names: string[]): Schema | undefined {
  let at: unknown = from;
  for (const name of names) at = (at as Record<string, unknown> | undefined)?.[name];
  return at as Schema | undefined;
}

/** The schema behind references, parts that hold together joined. */
function resolve(document: OpenAPIObject, schema: Schema): Schema {
  if (typeof schema['$ref'] === 'string') {
    const found = pick(document, ...schema['$ref'].slice(2).split('/'));
    if (!found) throw new Error(`the document has no ${schema['$ref']}`);
    return resolve(document, found);
  }
  if (!Array.isArray(schema['allOf'])) return schema;
  const parts = (schema['allOf'] as Schema[]).map((part) => resolve(document, part));
  const properties = Object.assign({}, ...parts.map((part) => part['properties'] ?? {})) as object;
  return { type: 'object', required: parts.flatMap((part) => (part['required'] ?? []) as string[]), properties };
}

function compare(document: OpenAPIObject, given: Schema, value: unknown, at: string): string[] {
  const schema = resolve(document, given);
  switch (schema['type']) {
    case 'string':
      return text(schema, value, at);
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at} is no boolean`];
    case 'number':
    case 'integer':
      return number(schema, value, at);
    case 'array':
      if (!Array.isArray(value)) return [`${at} is no list`];
      return value.flatMap((one, index) => compare(document, schema['items'] as Schema, one, `${at}[${index}]`));
    case 'object':
      return object(document, schema, value, at);
    default:
      throw new Error(`${at} is described as “${String(schema['type'])}”, which this test does not know`);
  }
}

function text(schema: Schema, value: unknown, at: string): string[] {
  if (typeof value !== 'string') return [`${at} is no text`];
  const format = formats[String(schema['format'])];
  if (format && !format.test(value)) return [`${at} is no ${String(schema['format'])}: ${value}`];
  const choices = schema['enum'] as readonly string[] | undefined;
  return choices === undefined || choices.includes(value) ? [] : [`${at} is none of ${choices.join(', ')}: ${value}`];
}

function number(schema: Schema, value: unknown, at: string): string[] {
  if (typeof value !== 'number') return [`${at} is no number`];
  if (schema['type'] === 'integer' && !Number.isInteger(value)) return [`${at} is no whole number`];
  const [least, most] = [schema['minimum'] ?? -Infinity, schema['maximum'] ?? Infinity] as [number, number];
  return value >= least && value <= most ? [] : [`${at} is not between ${least} and ${most}`];
}

function object(document: OpenAPIObject, schema: Schema, value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`];
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const required = (schema['required'] ?? []) as readonly string[];
  const missing = required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${at}.${name} is missing`);
  return [
    ...missing,
    ...Object.entries(value).flatMap(([name, one]) => {
      const known = properties[name] ?? schema['additionalProperties'];
      if (known === true) return [];
      return known === undefined || known === false
        ? [`${at}.${name} is not described`]
        : compare(document, known as Schema, one, `${at}.${name}`);
    }),
  ];
}
