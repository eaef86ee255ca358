import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { mac } from '@recourse/vault';
import type { SessionCookies } from './session-cookies';

/** Name of the form field and of the header that carry a token. */
export const tokenField = '_csrf';
const visitCookie = 'visit';
const bytes = 32;

/**
 * Tokens against forged forms (CSRF): a signed double-submit cookie. A random number in a session cookie, its HMAC
 * under the process's secret in the form (OWASP, "Signed Double-Submit Cookie").
 *
 * Nothing is stored on the server, so a token lives exactly as long as the visit. It is masked with fresh random bytes
 * in every page, so that compressed pages do not leak it (BREACH).
 */
export class FormTokens {
  constructor(
    /** The process's secret, 32 bytes. */
    private readonly secret: Buffer,
    private readonly cookies: SessionCookies,
  ) {}

  /** A token for a form in the page being answered; starts the visit when there is none. */
  issue(req: Request, res: Response): string {
    const visit = visits.get(res) ?? this.readVisit(req) ?? this.renew(res);
    visits.set(res, visit);
    const mask = randomBytes(bytes);
    return Buffer.concat([mask, xor(this.sign(visit), mask)]).toString('base64url');
  }

  /** True when the token belongs to the visit of this request. Constant time for tokens of the right length. */
  verify(req: Request, token: unknown): boolean {
    const visit = this.readVisit(req);
    if (!visit || typeof token !== 'string') return false;
    const given = Buffer.from(token, 'base64url');
    if (given.length !== 2 * bytes) return false;
    return timingSafeEqual(xor(given.subarray(bytes), given.subarray(0, bytes)), this.sign(visit));
  }

  /**
   * Starts a new visit: earlier tokens no longer count. Call at sign-in and sign-out, so that a token fixed by
   * somebody else beforehand is worth nothing.
   */
  renew(res: Response): string {
    const visit = randomBytes(bytes).toString('base64url');
    this.cookies.write(res, visitCookie, visit);
    visits.set(res, visit);
    return visit;
  }

  private readVisit(req: Request): string | undefined {
    const visit = this.cookies.read(req, visitCookie);
    return visit !== undefined && /^[\w-]{43}$/.test(visit) ? visit : undefined;
  }

  private sign(visit: string): Buffer {
    return mac(this.secret, 'form-token', Buffer.from(visit, 'ascii'));
  }
}

const visits = new WeakMap<Response, string>();

/** Of two buffers of the same length. */
function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, at) => byte ^ b.readUInt8(at)));
}
