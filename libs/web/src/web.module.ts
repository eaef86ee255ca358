import { Module, type DynamicModule, type ModuleMetadata, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { Clock } from '@recourse/clock';
import { AccessGuard } from './access/access.guard';
import { Doorkeeper } from './access/doorkeeper';
import { LostSession } from './access/lost-session';
import { RouteCheck } from './access/route-check';
import { AssetCatalogue } from './assets/asset-catalogue';
import { ErrorFilter } from './errors/error.filter';
import { QueryGuard } from './json/checked-query';
import { Languages } from './language/languages';
import { PageRenderer } from './pages/page-renderer';
import { FormTokens } from './safety/form-tokens';
import { SessionCookies } from './safety/session-cookies';
import { TokenGuard } from './safety/token.guard';
import { webOptionsToken, type WebOptions } from './web-options';

/**
 * Pages, languages, forms, guards and errors of one process.
 *
 * Global, against the rule that only settings are: its guards and its filter are global by nature, and every page
 * controller needs the same renderer, which is made of settings and holds no state.
 */
@Module({})
export class WebModule {
  /**
   * @param options what this process is
   * @param imports modules that the doorkeeper needs
   * @param assets for tests that need no style sheets: `AssetCatalogue.none()`
   */
  static forRoot(options: WebOptions, imports: ModuleMetadata['imports'] = [], assets?: AssetCatalogue): DynamicModule {
    const cookies = new SessionCookies(options.publicUrl.startsWith('https:'));
    const values: Provider[] = [
      { provide: webOptionsToken, useValue: options },
      { provide: Clock, useValue: options.clock },
      { provide: SessionCookies, useValue: cookies },
      { provide: FormTokens, useValue: new FormTokens(options.secret, cookies, options.ownerOf) },
      { provide: Languages, useFactory: () => Languages.load(options.languages, { leavesOut: options.textsOfOthers }) },
      { provide: AssetCatalogue, useFactory: () => assets ?? AssetCatalogue.load() },
      PageRenderer,
      RouteCheck,
    ];
    const doorkeeper: Provider[] = [
      ...(options.doorkeeper ? [{ provide: Doorkeeper, useClass: options.doorkeeper }] : []),
      ...(options.lostSession ? [{ provide: LostSession, useClass: options.lostSession }] : []),
    ];
    return {
      module: WebModule,
      global: true,
      imports: [DiscoveryModule, ...imports],
      providers: [
        ...values,
        ...doorkeeper,
        { provide: APP_FILTER, useClass: ErrorFilter },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: TokenGuard },
        { provide: APP_GUARD, useClass: QueryGuard },
      ],
      exports: [
        webOptionsToken,
        Clock,
        SessionCookies,
        FormTokens,
        Languages,
        AssetCatalogue,
        PageRenderer,
        RouteCheck,
        ...(options.doorkeeper ? [Doorkeeper] : []),
        ...(options.lostSession ? [LostSession] : []),
      ],
    };
  }
}
