import { isUtf8 } from 'node:buffer';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Refused } from '../errors/refused';
import { bodyLimit } from '../web-options';

/**
 * Reads forms and JSON, both in UTF-8 alone. The parsers of express put U+FFFD in place of what is not UTF-8 and go on: a complaint in an older encoding (Arabic
 * in Windows-1256) would be stored as question marks and answered with a receipt. Refused with 400 `not_utf8`.
 */
export function readBodies(app: NestExpressApplication): void {
  // Not written into the calls, whose types keep `verify` for Nest: it needs it for applications that keep the raw body, and ours keep none.
  const form = { extended: false, limit: bodyLimit, verify: expecting((body) => isUtf8(body) && isPercentEncodedUtf8(body)) };
  const jsonBody = { limit: bodyLimit, verify: expecting(isUtf8) };
  app.useBodyParser('urlencoded', form);
  app.useBodyParser('json', jsonBody);
}

/** Whether half of a surrogate pair is in it, as JSON can write it (`"\ud800"`): no letter, and stored as U+FFFD. */
export function isBroken(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

function expecting(isWhole: (body: Buffer) => boolean) {
  return (_req: unknown, _res: unknown, body: Buffer, charset: string): void => {
    if (charset !== 'utf-8' || !isWhole(body)) throw new Refused(400, 'not_utf8');
  };
}

/** Whether what stands behind the percent signs is UTF-8, too. The parser leaves a field as it came when it is not. */
function isPercentEncodedUtf8(body: Buffer): boolean {
  try {
    decodeURIComponent(body.toString('latin1'));
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
