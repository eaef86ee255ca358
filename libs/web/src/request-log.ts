import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { Metrics } from '@recourse/process';

/**
 * One line per answer: method, route pattern, status, milliseconds. No address, no path, no query, no agent: none of
 * what could tell who complained (DOMAIN §8).
 */
export function requestLog(metrics: Metrics | undefined) {
  const logger = new Logger('Request');
  return (req: Request, res: Response, next: NextFunction): void => {
    const start = process.hrtime.bigint();
    res.on('close', () => {
      const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
      const route = routePattern(req);
      // Status 499: the other side hung up before the answer was complete (nginx's convention).
      const status = res.writableFinished ? res.statusCode : 499;
      metrics?.observeRequest(req.method, route, status, milliseconds / 1000);
      // Whoever watches over the process asks every few seconds; that is no news.
      if (!watched.has(route)) logger.log(`${req.method} ${route} ${status} ${milliseconds.toFixed(1)} ms`);
    });
    next();
  };
}

const watched = new Set(['/health/live', '/health/ready', '/metrics']);

/** Routes under this prefix are answered by the pipeline itself and have no pattern of their own. */
function routePattern(req: Request): string {
  if (req.originalUrl.startsWith('/assets/')) return '/assets/:file';
  const route = req.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : '(none)';
}
