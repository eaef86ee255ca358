import type { Request } from 'express';

/** Whether an answer is read by a program: everything under `/api`. */
export function isApi(req: Request): boolean {
  return req.path === '/api' || req.path.startsWith('/api/');
}
