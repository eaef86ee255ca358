import { RouteCheck, type Problem, type Route } from '@recourse/web';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();
/** Somebody who may come, by what a route demands. */
const CALLERS: Readonly<Record<string, string>> = {
  'board:read': 'supervisor',
  'staff:manage': 'administrator',
  'set_aside:manage': 'administrator',
};

describe('a parameter that an address of the API does not take', () => {
  it('is refused everywhere, whatever else the address has, and does nothing', async () => {
    const routes = rooms()
      .app.get(RouteCheck)
      .routes()
      .filter(({ path }) => path.startsWith('/api'));
    expect(routes.length).toBeGreaterThan(18);
    const answered: unknown[] = [];
    for (const { method, path, access } of routes) {
      const colleague = await Colleague.signedIn(rooms(), callerFor(access));
      const asked = colleague.agent[method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'](
        `${path.replaceAll(/:\w+/g, 'x')}?zz=1&lang=en`,
      );
      const { status, body } = await asked;
      const { code, errors } = body as Problem;
      answered.push([`${method} ${path}`, status, code, errors?.map((one) => [one.field, one.code])]);
      expect((await colleague.open('/account')).status).toBe(200);
    }
    expect(answered).toEqual(routes.map(({ method, path }) => [`${method} ${path}`, 400, 'body_invalid', [['zz', 'unknown_field']]]));
  });

  it('is told to nobody who may not come', async () => {
    const stranger = new Colleague(rooms());
    expect((await stranger.agent.get('/api/v1/accounts?zz=1')).status).toBe(401);
  });

  it('is not the language, which every address takes', async () => {
    const administrator = await Colleague.signedIn(rooms(), 'administrator');
    expect((await administrator.agent.get('/api/v1/accounts?lang=ar')).status).toBe(200);
  });
});

function callerFor(access: Route['access']): string {
  return typeof access === 'object' ? (CALLERS[access.permission] ?? 'officer') : 'officer';
}
