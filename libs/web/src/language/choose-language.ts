import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { openContext } from '../request-context';
import type { SessionCookies } from '../safety/session-cookies';
import type { Languages } from './languages';
import { negotiateLanguage } from './negotiate';

const languageCookie = 'lang';

/**
 * Opens the context of a request with its language: `?lang=ar` on a page (kept for the visit in a session cookie),
 * else that cookie, else the browser's `Accept-Language`, else the first configured one.
 *
 * The language is not part of the path: the address must not change while somebody files a complaint, so that the
 * browser's history shows one page. Unknown codes are passed over.
 */
export function chooseLanguage(languages: Languages, cookies: SessionCookies) {
  const codes = languages.all.map((one) => one.code);
  return (req: Request, res: Response, next: NextFunction): void => {
    const asked = req.query.lang;
    const kept = cookies.read(req, languageCookie);
    const language = [asked, kept].find((code) => languages.has(code));
    openContext(res, {
      language: language ?? negotiateLanguage(req.headers['accept-language'], codes) ?? languages.first.code,
      keptQuery: {},
      nonce: randomBytes(16).toString('base64'),
    });
    if (languages.has(asked) && asked !== kept) cookies.writeForLinks(res, languageCookie, asked);
    next();
  };
}

/** Keeps a language for the rest of the visit, as when a person chooses one in a form. */
export function keepLanguage(res: Response, cookies: SessionCookies, language: string): void {
  cookies.writeForLinks(res, languageCookie, language);
}
