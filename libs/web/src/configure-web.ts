import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AssetCatalogue } from './assets/asset-catalogue';
import { Metrics } from './health/metrics';
import { requestLog } from './health/request-log';
import { chooseLanguage } from './language/choose-language';
import { Languages } from './language/languages';
import { securityHeaders } from './safety/security-headers';
import { SessionCookies } from './safety/session-cookies';
import { bodyLimit, webOptionsToken, type WebOptions } from './web-options';

/**
 * An idle connection is kept longer than proxies keep theirs (60 seconds with nginx and most balancers): whoever closes first must be the client. With
 * Node's five seconds a proxy, or a partner's tool, now and then sends a request into a connection that is being closed, and a complaint is answered
 * with a broken line.
 */
const IDLE_CONNECTION_MS = 75_000;

/**
 * The whole way of a request, in order. After it come the guards (`AccessGuard`, then `TokenGuard`), the controller,
 * and, if anything throws, `ErrorFilter`. Call between creating the application (which must import `WebModule`) and
 * `listen`.
 */
export function configureWeb(app: NestExpressApplication): void {
  const options = app.get<WebOptions>(webOptionsToken);
  const secure = options.publicUrl.startsWith('https:');
  const metrics = app.get(Metrics, { strict: false });

  const server: Server = app.getHttpServer();
  server.keepAliveTimeout = IDLE_CONNECTION_MS;
  app.disable('x-powered-by');
  app.disable('etag'); // pages are not kept, so nothing is to be compared
  app.use(requestLog(metrics));
  app.use(chooseLanguage(app.get(Languages), app.get(SessionCookies)));
  app.use(...securityHeaders(secure));
  app.use('/assets', app.get(AssetCatalogue).handler());
  app.useBodyParser('urlencoded', { extended: false, limit: bodyLimit });
  app.useBodyParser('json', { limit: bodyLimit });
}
