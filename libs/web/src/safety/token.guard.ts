import { ForbiddenException, Injectable, UnsupportedMediaTypeException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { tokenByHandlerKey } from '../access/decorators';
import { Refused } from '../errors/refused';
import { isApi } from '../json/is-api';
import { FormTokens, tokenField } from './form-tokens';

/** The token of a form is missing, or belongs to another visit. Nothing was done. */
export class TokenLost extends ForbiddenException {}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another web site made a browser send.
 *
 * Pages: every POST brings the token of its form. API: a browser must say that the request comes from here
 * (`Sec-Fetch-Site`, `Origin`); programs that are no browsers send neither header, and have no cookie that anybody
 * could abuse. JSON bodies additionally need their content type, which no plain HTML form can send.
 */
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: FormTokens,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const req = context.switchToHttp().getRequest<Request>();
    if (safeMethods.has(req.method)) return true;
    if (isApi(req)) return this.fromHere(req);
    if (this.reflector.get<boolean | undefined>(tokenByHandlerKey, context.getHandler())) return true;
    if (hasBody(req) && !req.is('application/x-www-form-urlencoded')) throw new UnsupportedMediaTypeException();
    if (!this.tokens.verify(req, (req.body as Record<string, unknown> | undefined)?.[tokenField])) throw new TokenLost();
    return true;
  }

  private fromHere(req: Request): boolean {
    const site = req.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Refused(403, 'from_another_site');
    const { origin } = req.headers;
    if (site === undefined && origin !== undefined && hostOf(origin) !== req.headers.host) throw new Refused(403, 'from_another_site');
    return true;
  }
}

function hasBody(req: Request): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
