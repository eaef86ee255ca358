import {
  applyDecorators,
  Injectable,
  UnsupportedMediaTypeException,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { Request } from 'express';
import { Refused } from '../errors/refused';
import { tokenField } from '../safety/form-tokens';
import { isApi } from './is-api';
import { unknownField } from './unknown-field';

/**
 * For a route that reads no body: whatever is sent to it is refused like an unknown field elsewhere, instead of being dropped without a word. An empty object and,
 * on pages, the token of the form are nothing. On `/api` 400 `body_invalid` with every field, 415 for anything but JSON; elsewhere the page about 400.
 */
export function TakesNoBody(): MethodDecorator {
  return applyDecorators(UseGuards(NoBodyGuard));
}

/** The guard behind `TakesNoBody`; it comes after those of the whole application, so that whoever may not come learns nothing else. */
@Injectable()
export class NoBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const req = context.switchToHttp().getRequest<Request>();
    if (isApi(req) && hasBytes(req) && !req.is('application/json')) throw new UnsupportedMediaTypeException();
    const body: unknown = req.body ?? {};
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refused(400, 'body_invalid');
    const unknown = Object.keys(body).filter((name) => isApi(req) || name !== tokenField);
    if (unknown.length > 0)
      throw isApi(req) ? new Refused(400, 'body_invalid', unknown.map(unknownField)) : new Refused(400, 'bad_request');
    return true;
  }
}

function hasBytes(req: Request): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
}
