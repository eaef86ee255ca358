import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';

/**
 * Which requests a browser sends a cookie with. `strict`: only with those that a page of ours makes. `lax`: also when somebody follows a link from
 * elsewhere, as from a mail; never with a form, a picture or a script of another site.
 */
type SameSite = 'strict' | 'lax';

/**
 * The only cookies there are: HttpOnly, SameSite, gone when the browser closes (no `Max-Age`, no `Expires`) but for one of the staff's,
 * `Secure` and with the `__Host-` prefix when the public address is https (RFC 6265bis §4.1.3).
 */
export class SessionCookies {
  constructor(private readonly secure: boolean) {}

  /** The name on the wire: `__Host-visit` on https, `visit` on http. */
  nameOf(name: string): string {
    return this.secure ? `__Host-${name}` : name;
  }

  read(req: Request, name: string): string | undefined {
    return parseCookie(req.headers.cookie ?? '')[this.nameOf(name)];
  }

  /** A cookie that opens something: whoever follows a link of another site to us comes without it. */
  write(res: Response, name: string, value: string): void {
    this.append(res, name, value, 'strict');
  }

  /**
   * A cookie that a link may bring along. A link in a mail is opened from the site of the mail program: with a strict cookie a member of staff
   * would arrive signed out, and a page without the cookie of the visit would begin another visit, in which what is being written in
   * the first one no longer counts. Forged forms are kept out by `FormTokens`; a GET changes nothing but the record of who opened what.
   */
  writeForLinks(res: Response, name: string, value: string): void {
    this.append(res, name, value, 'lax');
  }

  /** A cookie that outlives the visit. Never on the public door, where nothing may show on a device that somebody was there. */
  writeLasting(res: Response, name: string, value: string, days: number): void {
    this.append(res, name, value, 'strict', days * 24 * 3600);
  }

  /** Asks the browser to forget it at once. */
  forget(res: Response, name: string): void {
    this.append(res, name, '', 'strict', 0);
  }

  private append(res: Response, name: string, value: string, sameSite: SameSite, maxAge?: number): void {
    const wire = this.nameOf(name);
    const cookie = stringifySetCookie({
      name: wire,
      value,
      path: '/',
      httpOnly: true,
      sameSite,
      secure: this.secure,
      ...(maxAge === undefined ? {} : { maxAge }),
    });
    // Written twice in one answer, the last one counts; two lines of one name would be the browser's choice.
    const others = [res.getHeader('set-cookie') ?? []]
      .flat()
      .map(String)
      .filter((line) => !line.startsWith(`${wire}=`));
    res.setHeader('set-cookie', [...others, cookie]);
  }
}
