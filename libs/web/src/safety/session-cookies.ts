import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';

/**
 * The only cookies there are: HttpOnly, SameSite=Strict, gone when the browser closes (no `Max-Age`, no `Expires`),
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

  write(res: Response, name: string, value: string): void {
    this.append(res, name, value);
  }

  /** Asks the browser to forget it at once. */
  forget(res: Response, name: string): void {
    this.append(res, name, '', 0);
  }

  private append(res: Response, name: string, value: string, maxAge?: number): void {
    const wire = this.nameOf(name);
    const cookie = stringifySetCookie({
      name: wire,
      value,
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
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
