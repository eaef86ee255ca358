import { RouteCheck, type Problem } from '@recourse/web';
import request from 'supertest';
import { publicDoor } from '../../test-support/public-door';

const door = publicDoor();

describe('a parameter that an address of the API does not take', () => {
  it('is refused everywhere', async () => {
    const routes = door()
      .app.get(RouteCheck)
      .routes()
      .filter(({ path }) => path.startsWith('/api'));
    expect(routes.length).toBeGreaterThan(6);
    const answered: unknown[] = [];
    for (const { method, path } of routes) {
      const asked = request(door().app.getHttpServer());
      const { status, body } = await asked[method.toLowerCase() as 'get' | 'post'](`${path}?zz=1&lang=en`);
      const { code, errors } = body as Problem;
      answered.push([`${method} ${path}`, status, code, errors?.map((one) => [one.field, one.code])]);
    }
    expect(answered).toEqual(routes.map(({ method, path }) => [`${method} ${path}`, 400, 'body_invalid', [['zz', 'unknown_field']]]));
  });
});
