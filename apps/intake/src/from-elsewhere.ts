import type { Request } from 'express';

/** Our pages send no `Referer`, so a browser names no `Origin` with their forms; where it came from it says in this header, or, if it is old, not at all. */
export function isFromElsewhere(req: Request): boolean {
  const site = req.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
