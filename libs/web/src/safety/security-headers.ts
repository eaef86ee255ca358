import helmet from 'helmet';
import type { NextFunction, Request, Response } from 'express';
import { contextOf } from '../request-context';

type Handler = (req: Request, res: Response, next: NextFunction) => void;

const permissions = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'usb',
  'xr-spatial-tracking',
  'browsing-topics',
];

/**
 * The headers of every answer: nothing is loaded from anywhere else, nothing frames us, nothing is kept by a cache,
 * nobody learns where a person came from (DOMAIN §8).
 *
 * `script-src` names only the nonce, without 'self': a file that a person uploads can never become a script of the
 * page, even were it served from our own origin one day.
 * @param secure whether the public address is https (adds HSTS and upgrades insecure requests)
 */
export function securityHeaders(secure: boolean): Handler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: [(_req, res) => `'nonce-${contextOf(res as Response).nonce}'`],
          styleSrc: ["'self'"],
          imgSrc: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          ...(secure ? { upgradeInsecureRequests: [] } : {}),
        },
      },
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      crossOriginEmbedderPolicy: { policy: 'require-corp' },
      // Nothing to other sites. To ourselves, so that browsers without `Sec-Fetch-Site` name their own page in `Origin`; under `no-referrer` they would say `null`, as a
      // forger does. The last policy that a browser knows holds.
      referrerPolicy: { policy: ['no-referrer', 'same-origin'] },
      strictTransportSecurity: secure ? { maxAge: 63_072_000, includeSubDomains: false } : false,
      xFrameOptions: { action: 'deny' },
    }),
    (_req, res, next) => {
      res.setHeader('permissions-policy', permissions.map((name) => `${name}=()`).join(', '));
      res.setHeader('cache-control', 'no-store');
      next();
    },
  ];
}
