import { Injectable, RequestMethod, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { accessKey, type Access } from '@recourse/process';

/** One route of the running application. */
export interface Route {
  readonly method: string;
  /** Pattern: `/cases/:reference`. */
  readonly path: string;
  readonly handler: string;
  readonly access: Access | undefined;
}

/** Lists all routes and refuses to start when one of them says neither `@Public()` nor `@Requires(…)`. */
@Injectable()
export class RouteCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const silent = this.routes().filter((route) => route.access === undefined);
    if (silent.length === 0) return;
    const list = silent.map((route) => `${route.method} ${route.path} (${route.handler})`).join('\n  ');
    throw new Error(`These routes say neither @Public() nor @Requires(…):\n  ${list}`);
  }

  /** Every route with what it demands; the permission matrix and the tests are made from it. */
  routes(): Route[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      const prototype = (metatype as { prototype?: object } | null)?.prototype;
      if (!metatype || !prototype) return [];
      return this.scanner
        .getAllMethodNames(prototype)
        .map((name) => this.route(metatype, prototype, name))
        .filter((route) => route !== undefined);
    });
  }

  private route(controller: object, prototype: object, name: string): Route | undefined {
    const handler = (prototype as Record<string, () => unknown>)[name];
    if (!handler) return undefined;
    const path = Reflect.getMetadata('path', handler) as string | string[] | undefined;
    if (path === undefined) return undefined;
    const base = Reflect.getMetadata('path', controller) as string | string[] | undefined;
    const method = Reflect.getMetadata('method', handler) as RequestMethod;
    return {
      method: RequestMethod[method],
      path: `/${[base, path].flat().join('/')}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1'),
      handler: `${(controller as { name: string }).name}.${name}`,
      access: this.reflector.getAllAndOverride<Access | undefined>(accessKey, [handler, controller as () => unknown]),
    };
  }
}
