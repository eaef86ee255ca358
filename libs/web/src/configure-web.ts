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
 * The whole way of a request, in order. After it come the guards (`AccessGuard`, then `TokenGuard`), the controller,
 * and, if anything throws, `ErrorFilter`. Call between creating the application (which must import `WebModule`) and
 * `listen`.
 */
export function configureWeb(app: NestExpressApplication): void {
  const options = app.get<WebOptions>(webOptionsToken);
  const secure = options.publicUrl.startsWith('https:');
  const metrics = app.get(Metrics, { strict: false });

  app.disable('x-powered-by');
  app.disable('etag'); // pages are not kept, so nothing is to be compared
  app.use(requestLog(metrics));
  app.use(chooseLanguage(app.get(Languages), app.get(SessionCookies)));
  app.use(...securityHeaders(secure));
  app.use('/assets', app.get(AssetCatalogue).handler());
  app.useBodyParser('urlencoded', { extended: false, limit: bodyLimit });
  app.useBodyParser('json', { limit: bodyLimit });
}
