import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

/** What express compiled of the setting “trust proxy”. */
type Trusts = (address: string | undefined, hops: number) => boolean;

/**
 * Warns once that requests come through a proxy that is not believed: nothing breaks by it, and everybody who signs in counts as one place from then on. Once, because
 * whoever can reach the process can send the header; without an address, which would be that of a visitor where there is no proxy.
 */
export function noticeUntrustedProxy(): (req: Request, res: Response, next: NextFunction) => void {
  const logger = new Logger('Proxy');
  let isTold = false;
  return (req, _res, next) => {
    if (!isTold && req.headers['x-forwarded-for'] !== undefined && !trusts(req)) {
      isTold = true;
      logger.warn(
        'A request came with X-Forwarded-For from a sender that RECOURSE_TRUSTED_PROXIES does not name, and was counted as the sender’s own. If the sender is your proxy, ' +
          'name its address there, or all who sign in count as one place. Said once.',
      );
    }
    next();
  };
}

function trusts(req: Request): boolean {
  return (req.app.get('trust proxy fn') as Trusts)(req.socket.remoteAddress, 0);
}
