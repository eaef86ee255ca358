import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** An app that has pages. */
export type App = 'intake' | 'casework';

const apps = resolve(__dirname, '../../apps');

/**
 * The addresses of an app's pages as its controllers declare them, `/cases/:reference`: every GET outside of the JSON API. Read off the source, so that a new page
 * cannot be forgotten where all of them are wanted.
 * @throws Error naming a controller whose routes are written in a way that is not read here
 */
export function pageRoutes(app: App): string[] {
  const source = join(apps, app, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.controller.ts'));
  const routes = files.flatMap((file) => routesIn(readFileSync(join(source, file), 'utf8'), file));
  return [...new Set(routes)].filter((route) => !route.startsWith('/api/')).sort();
}

/** `''`, `'one'` or `['', 'two']`, as it stands between the brackets of a decorator. */
const literals = /^(?:'[^']*'|\[(?:'[^']*'(?:, )?)*\])?$/;

/**
 * What one controller answers to a GET.
 * @param file its name, for the error
 * @throws Error when an address is anything but written out
 */
export function routesIn(text: string, file: string): string[] {
  const decorators = [...text.matchAll(/^ *@(Controller|Get|All|Head)\((.*)\)$/gm)];
  const strange = decorators.find(([, kind = '', given = '']) => kind === 'All' || kind === 'Head' || !literals.test(given));
  if (strange !== undefined) throw new Error(`${file}: the pages behind ${strange[0].trim()} are not known.`);
  const bases = decorators.filter(([, kind]) => kind === 'Controller').flatMap(([, , given = '']) => pathsIn(given));
  const gets = decorators.filter(([, kind]) => kind === 'Get').flatMap(([, , given = '']) => pathsIn(given));
  return bases.flatMap((base) => gets.map((path) => `/${base}/${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1')));
}

function pathsIn(given: string): string[] {
  const paths = [...given.matchAll(/'([^']*)'/g)].map(([, path = '']) => path);
  return paths.length === 0 ? [''] : paths;
}

/** The routes of the list that an address belongs to: where one is written out exactly, only that. */
export function routeOf(address: string, routes: readonly string[]): string | undefined {
  return routes.find((route) => route === address) ?? routes.find((route) => isOf(route, address));
}

function isOf(route: string, address: string): boolean {
  return new RegExp(`^${route.replace(/\./g, '\\.').replace(/:\w+/g, '[^/]+')}$`).test(address);
}
