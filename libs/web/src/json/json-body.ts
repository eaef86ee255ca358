import {
  UnsupportedMediaTypeException,
  createParamDecorator,
  type ArgumentMetadata,
  type ExecutionContext,
  type PipeTransform,
  type Type,
} from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { Request } from 'express';
import { Refused, type ProblemField } from '../errors/refused';
import { isBroken } from '../safety/body-parsers';
import { undeclaredFields } from '../forms/declared-fields';
import type { FieldProblem } from '../forms/said';
import { unknownField } from './unknown-field';

/**
 * The JSON body of a request as an instance of the parameter's class, its class-validator rules applied:
 *
 *     file(@JsonBody() body: ComplaintBody) { … }
 *
 * Refused with problem JSON: another content type (415), no object (400 `body_invalid`), failing rules and unknown
 * fields (400 `body_invalid` with one entry per field), and half a surrogate pair anywhere (400 `not_utf8`). Malformed JSON, other encodings than UTF-8 and bodies
 * over `bodyLimit` never come this far.
 */
export const JsonBody = (): ParameterDecorator => jsonSource(undefined, new JsonBodyPipe());

const jsonSource = createParamDecorator((_: undefined, context: ExecutionContext): unknown => {
  const req = context.switchToHttp().getRequest<Request>();
  if (!req.is('application/json')) throw new UnsupportedMediaTypeException();
  return req.body as unknown;
});

/** The pipe behind `JsonBody`. */
export class JsonBodyPipe implements PipeTransform {
  transform(value: unknown, { metatype }: ArgumentMetadata): object {
    if (!metatype) throw new Error('@JsonBody() needs a parameter whose type is a class.');
    return readJson(metatype as Type<object>, value);
  }
}

/** No body of ours has more than three levels; class-transformer, which calls itself for each, gives out at some thousands. */
const DEEPEST = 20;

/** Level by level, so that no depth is too much for this itself. */
function isDeeperThan(value: object, levels: number): boolean {
  let level: readonly object[] = [value];
  for (let depth = 0; depth < levels; depth += 1) {
    level = level.flatMap((one) => Object.values(one) as unknown[]).filter((one) => typeof one === 'object' && one !== null);
    if (level.length === 0) return false;
  }
  return true;
}

/** In names and values, at any depth: call it for what is not deeper than {@link DEEPEST}. */
function hasBrokenText(value: unknown): boolean {
  if (typeof value === 'string') return isBroken(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, one]) => isBroken(name) || hasBrokenText(one));
}

/** @throws Refused 400 `body_invalid` with every field that is wrong, or `not_utf8` */
export function readJson<T extends object>(Body: Type<T>, value: unknown): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refused(400, 'body_invalid');
  if (isDeeperThan(value, DEEPEST)) throw new Refused(400, 'body_invalid');
  if (hasBrokenText(value)) throw new Refused(400, 'not_utf8');
  const body = plainToInstance(Body, value);
  const failures = validateSync(body, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
  const wrong = failures.flatMap((one) => problemFields(one, ''));
  // class-transformer drops `__proto__` and `constructor` before the whitelist could refuse them.
  const dropped = undeclaredFields(Body, value)
    .filter((name) => !Object.hasOwn(body, name))
    .map(unknownField);
  if (wrong.length + dropped.length > 0) throw new Refused(400, 'body_invalid', [...wrong, ...dropped]);
  return body;
}

function problemFields(failure: ValidationError, prefix: string): ProblemField[] {
  const field = `${prefix}${failure.property}`;
  const own = Object.keys(failure.constraints ?? {}).map((rule): ProblemField => {
    if (rule === 'whitelistValidation') return unknownField(field);
    const context = failure.contexts?.[rule] as Pick<FieldProblem, 'key' | 'params'> | undefined;
    return { field, code: rule, key: context?.key ?? `forms.${rule}`, params: context?.params ?? {} };
  });
  return [...own, ...(failure.children ?? []).flatMap((child) => problemFields(child, `${field}.`))];
}
