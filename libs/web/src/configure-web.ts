import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Metrics } from '@recourse/process';
import { AssetCatalogue } from './assets/asset-catalogue';
import { chooseLanguage } from './language/choose-language';
import { Languages } from './language/languages';
import { requestLog } from './request-log';
import { readBodies } from './safety/body-parsers';
import { securityHeaders } from './safety/security-headers';
import { SessionCookies } from './safety/session-cookies';
import { noticeUntrustedProxy } from './safety/untrusted-proxy';
import { webOptionsToken, type WebOptions } from './web-options';

/**
 * An idle connection is kept longer than proxies keep theirs (60 seconds with nginx and most balancers): whoever closes first must be the client. With
 * Node's five seconds a proxy, or a partner's tool, now and then sends a request into a connection that is being closed, and a complaint is answered
 * with a broken line.
 */
const IDLE_CONNECTION_MS = 75_000;

/**
 * A whole request may take two hours: 26 megabytes over a line of 4 kB a second. Node's own five minutes cut every upload of more than some two megabytes from
 * where people have no better line. A request that sends nothing for two minutes is cut; its headers have a minute in all (Node's own limit).
 */
const LONGEST_REQUEST_MS = 2 * 3_600_000;
const LONGEST_SILENCE_MS = 120_000;

/**
 * The whole way of a request, in order. After it come the guards (`AccessGuard`, `TokenGuard`, `QueryGuard`), the controller,
 * and, if anything throws, `ErrorFilter`. Call between creating the application (which must import `WebModule`) and
 * `listen`.
 */
export function configureWeb(app: NestExpressApplication): void {
  const options = app.get<WebOptions>(webOptionsToken);
  const secure = options.publicUrl.startsWith('https:');
  const metrics = app.get(Metrics, { strict: false });

  const server: Server = app.getHttpServer();
  server.keepAliveTimeout = IDLE_CONNECTION_MS;
  server.requestTimeout = LONGEST_REQUEST_MS;
  server.setTimeout(options.longestSilenceMs ?? LONGEST_SILENCE_MS);
  app.set('trust proxy', options.trustedProxies ?? false);
  app.disable('x-powered-by');
  app.disable('etag'); // pages are not kept, so nothing is to be compared
  app.use(requestLog(metrics));
  if (options.trustedProxies !== undefined) app.use(noticeUntrustedProxy());
  app.use(chooseLanguage(app.get(Languages), app.get(SessionCookies)));
  app.use(...securityHeaders(secure));
  app.use('/assets', app.get(AssetCatalogue).handler());
  readBodies(app);
}
