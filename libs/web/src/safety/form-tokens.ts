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
    /** Who is signed in, as an id; undefined where nobody is. */
    private readonly ownerOf: (req: Request) => string | undefined = () => undefined,
  ) {}

  /**
   * A token for a form in the page being answered. A page that was asked for starts the visit when there is none. The answer to something sent does
   * not: sent by another site it came without the cookie, and a new one would end the visit in which somebody is writing.
   */
  issue(req: Request, res: Response): string {
    const visit = visits.get(res) ?? this.readVisit(req) ?? (startsVisit(req) ? this.renew(res) : newVisit());
    visits.set(res, visit);
    const mask = randomBytes(bytes);
    const owner = this.ownerOf(req);
    const proof = owner === undefined ? [] : [this.proofOf(owner, mask)];
    return Buffer.concat([mask, xor(this.sign(visit), mask), ...proof]).toString('base64url');
  }

  /** True when the token belongs to the visit of this request. Constant time for tokens of the right length. */
  verify(req: Request, token: unknown): boolean {
    const visit = this.readVisit(req);
    if (!visit || typeof token !== 'string') return false;
    const given = Buffer.from(token, 'base64url');
    if (given.length !== 2 * bytes && given.length !== 3 * bytes) return false;
    return timingSafeEqual(xor(given.subarray(bytes, 2 * bytes), given.subarray(0, bytes)), this.sign(visit));
  }

  /**
   * True when somebody is signed in for whom this token was not given, in whatever visit: at a shared desk the page of somebody else is still there, and the browser sends
   * what they wrote.
   */
  isOfSomebodyElse(req: Request, token: unknown): boolean {
    const owner = this.ownerOf(req);
    return owner !== undefined && !this.isGivenTo(owner, token);
  }

  /** True when a token was given to somebody signed in with this id, in whatever visit. Nobody else can make one. */
  isGivenTo(owner: string, token: unknown): boolean {
    const given = Buffer.from(typeof token === 'string' ? token : '', 'base64url');
    return given.length === 3 * bytes && timingSafeEqual(given.subarray(2 * bytes), this.proofOf(owner, given.subarray(0, bytes)));
  }

  /** Whether a token says that it was given to somebody signed in; {@link FormTokens.isGivenTo} tells whether that is so. */
  namesOwner(token: unknown): token is string {
    return typeof token === 'string' && Buffer.from(token, 'base64url').length === 3 * bytes;
  }

  /**
   * The visit that a request belongs to: 43 characters that only this browser knows; undefined when it brings none, because it keeps no cookies, has
   * just come or has left. What is sealed to it opens in no other visit.
   */
  visitOf(req: Request): string | undefined {
    return this.readVisit(req);
  }

  /**
   * Starts a new visit: earlier tokens no longer count, and neither does what was sealed to the earlier visit. Call at sign-in and sign-out, so that a
   * token fixed by somebody else beforehand is worth nothing, and when somebody is done with what they would not want found.
   */
  renew(res: Response): string {
    const visit = newVisit();
    this.cookies.writeForLinks(res, visitCookie, visit);
    visits.set(res, visit);
    return visit;
  }

  private readVisit(req: Request): string | undefined {
    const visit = this.cookies.read(req, visitCookie);
    return visit !== undefined && /^[\w-]{43}$/.test(visit) ? visit : undefined;
  }

  /** For whom a token was given. It names nobody, and is another one in each. */
  private proofOf(owner: string, mask: Buffer): Buffer {
    return mac(this.secret, 'form-token-owner', mask, Buffer.from(owner, 'utf8'));
  }

  private sign(visit: string): Buffer {
    return mac(this.secret, 'form-token', Buffer.from(visit, 'ascii'));
  }
}

const visits = new WeakMap<Response, string>();

function newVisit(): string {
  return randomBytes(bytes).toString('base64url');
}

function startsVisit(req: Request): boolean {
  return req.method === 'GET' || req.method === 'HEAD';
}

/** Of two buffers of the same length. */
function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, at) => byte ^ b.readUInt8(at)));
}
