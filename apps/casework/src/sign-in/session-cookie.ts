import { DEVICE_DAYS, type SignInPlace } from '@recourse/cases';
import type { SessionCookies } from '@recourse/web';
import type { Request, Response } from 'express';

/** Name of the cookie that holds a staff session's token. */
export const sessionCookie = 'session';

/** Name of the cookie by which a device is known on which somebody has signed in. It opens nothing and names nobody (`KnownDevices`). */
export const deviceCookie = 'device';

/** Where somebody signs in from. The address is hashed where it is counted, and neither stored nor logged. */
export function placeOf(req: Request, cookies: SessionCookies): SignInPlace {
  const device = cookies.read(req, deviceCookie);
  return { address: req.ip ?? '', ...(device === undefined ? {} : { device }) };
}

/** Writes both cookies of somebody who has signed in. */
export function keepSession(
  res: Response,
  cookies: SessionCookies,
  { token, device }: { readonly token: string; readonly device: string },
): void {
  cookies.writeForLinks(res, sessionCookie, token);
  cookies.writeLasting(res, deviceCookie, device, DEVICE_DAYS);
}
