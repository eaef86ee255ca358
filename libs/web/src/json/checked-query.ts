import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Refused } from '../errors/refused';
import { isApi } from './is-api';
import { JsonBodyPipe } from './json-body';
import { unknownField } from './unknown-field';

const checksQueryKey = 'recourse:checks-query';

/**
 * The parameters of the address as an instance of the parameter's class, its class-validator rules applied:
 *
 *     list(@CheckedQuery() query: QueueQuery) { … }
 *
 * Refused with 400 `body_invalid` and one entry for each that is wrong or unknown. A route of the API without it takes no parameter at all, and refuses any
 * ({@link QueryGuard}): what is passed over without a word looks like what was done. `lang` is read by the pipeline and may stand in every address.
 */
export const CheckedQuery = (): ParameterDecorator => (target, name, index) => {
  if (name === undefined) throw new Error('@CheckedQuery() stands at a parameter of a handler.');
  const handler: unknown = Reflect.get(target, name);
  Reflect.defineMetadata(checksQueryKey, true, handler as object);
  querySource(undefined, new JsonBodyPipe())(target, name, index);
};

const querySource = createParamDecorator((_: undefined, context: ExecutionContext): unknown =>
  parametersOf(context.switchToHttp().getRequest<Request>()),
);

/** On the whole application, behind the guards that ask who comes: whoever may not come learns nothing else. */
@Injectable()
export class QueryGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const req = context.switchToHttp().getRequest<Request>();
    if (!isApi(req) || Reflect.hasMetadata(checksQueryKey, context.getHandler())) return true;
    const unknown = Object.keys(parametersOf(req));
    if (unknown.length > 0) throw new Refused(400, 'body_invalid', unknown.map(unknownField));
    return true;
  }
}

function parametersOf({ query }: Request): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(query).filter(([name]) => name !== 'lang'));
}
