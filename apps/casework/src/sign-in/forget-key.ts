import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { finalize, type Observable } from 'rxjs';
import { rememberHandled, staffIfPresent } from './present-staff';

/**
 * Wipes the key that was unlocked for a request when its handler is done, however it ended: also when whoever asked left long before. The doorkeeper does so for
 * requests that never come to a handler.
 */
@Injectable()
export class ForgetKey implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const req = context.switchToHttp().getRequest<Request>();
    rememberHandled(req);
    return next.handle().pipe(finalize(() => staffIfPresent(req)?.forgetKey()));
  }
}
