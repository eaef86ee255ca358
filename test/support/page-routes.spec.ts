import { pageRoutes, routeOf, routesIn } from './page-routes';

describe('the routes of a controller', () => {
  it('are those of its GETs, each with the address of the controller before it', () => {
    const text = `@Controller('cases/:reference')\nexport class One {\n  @Get()\n  @Get(['', 'all'])\n  @Get('note.txt')\n  @Post('read')\n`;
    expect([...new Set(routesIn(text, 'one'))]).toEqual(['/cases/:reference', '/cases/:reference/all', '/cases/:reference/note.txt']);
    expect(routesIn(`@Controller()\n@Public()\n  @Get()\n`, 'one')).toEqual(['/']);
  });

  it.each([`@Controller(base)\n`, `@Controller()\n  @Get(path)\n`, `@Controller()\n  @All('any')\n`, `@Controller({ host: 'x' })\n`])(
    'are refused where they are not written out: %j',
    (text) => {
      expect(() => routesIn(text, 'strange.controller.ts')).toThrow('strange.controller.ts');
    },
  );
});

it('an address belongs to the route that is written out, before one with parameters', () => {
  const routes = ['/teams/:team', '/teams/new', '/teams/:team/members/:member'];
  expect(routeOf('/teams/new', routes)).toBe('/teams/new');
  expect(routeOf('/teams/desk', routes)).toBe('/teams/:team');
  expect(routeOf('/teams/desk/members/7', routes)).toBe('/teams/:team/members/:member');
  expect(routeOf('/teams', routes)).toBeUndefined();
});

it('both apps have pages, and none of the API', () => {
  expect(pageRoutes('intake')).toEqual(expect.arrayContaining(['/', '/complaint', '/my-complaint/steps/:place']));
  expect(pageRoutes('casework')).toEqual(expect.arrayContaining(['/', '/cases', '/cases/:reference/tracks/:track/actions/:action']));
  expect([...pageRoutes('intake'), ...pageRoutes('casework')].filter((route) => route.includes('api'))).toEqual([]);
});
