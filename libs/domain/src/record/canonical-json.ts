/** What canonical JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** An object of canonical JSON; names without a value are left out. */
export interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}

/**
 * The one way to write a value as JSON, so that equal values give equal bytes: names sorted by UTF-16 code units, no spaces, numbers as ECMAScript
 * prints them (as in RFC 8785, JSON Canonicalization Scheme). Names whose value is undefined are left out, as JSON.stringify does.
 * @throws TypeError for what JSON cannot hold: NaN, infinities, lone surrogates, dates, class instances, functions
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return number(value);
  if (isList(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (isPlainObject(value)) return object(value);
  throw new TypeError(`canonical JSON cannot hold a value of type ${typeof value}`);
}

function quoted(text: string): string {
  // RFC 8785 §3.2.2.2: a lone surrogate has no UTF-8 form, so its bytes would depend on who writes them.
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('canonical JSON cannot hold a lone surrogate');
  return JSON.stringify(text);
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('canonical JSON cannot hold a number that is not finite');
  return JSON.stringify(value);
}

function object(value: JsonObject): string {
  const members = Object.keys(value)
    .sort()
    .flatMap((name) => {
      const member = value[name];
      return member === undefined ? [] : [`${quoted(name)}:${canonicalJson(member)}`];
    });
  return `{${members.join(',')}}`;
}

function isList(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isPlainObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
