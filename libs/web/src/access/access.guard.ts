import { ForbiddenException, Injectable, Optional, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { accessKey, type Access } from '@recourse/process';
import { Doorkeeper } from './doorkeeper';

/** Somebody was signed in, and their session is over. Nothing was done. */
export class SessionOver extends UnauthorizedException {}

/** Refuses every route that says nothing, lets public ones through and asks the doorkeeper about the rest. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Optional() private readonly doorkeeper?: Doorkeeper,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(accessKey, [context.getHandler(), context.getClass()]);
    if (access === 'public') return true;
    if (!access || !this.doorkeeper) throw new ForbiddenException();
    const http = context.switchToHttp();
    const admission = await this.doorkeeper.admit(http.getRequest<Request>(), http.getResponse<Response>(), access.permission);
    if (admission.ok) return true;
    if (admission.reason === 'session_over') throw new SessionOver();
    throw admission.reason === 'sign_in_first' ? new UnauthorizedException() : new ForbiddenException();
  }
}
