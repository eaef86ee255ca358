import { RouteCheck } from '@recourse/web';
import { publicDoor, Visitor } from '../test-support/public-door';

const door = publicDoor();

/** Addresses that answer with no page to anybody: they lead on, or are read by programs. */
const WITHOUT_A_PAGE = [
  '/leave',
  '/my-complaint/without-cookies',
  '/receipt/note.txt',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/api/openapi.json',
];

const routes = (method: string): string[] =>
  door()
    .app.get(RouteCheck, { strict: false })
    .routes()
    .filter((route) => route.method === method && !route.path.startsWith('/api/v1/'))
    .map(({ path }) => path.replace(':place', '1'));

async function returned(): Promise<Visitor> {
  const visitor = new Visitor(door());
  await visitor.file('The guards came at six in the morning.');
  const { receipt } = await visitor.follow();
  await visitor.open('/return');
  await visitor.press({ number: receipt });
  return visitor;
}

/** A page leaves at once when it has the button for those who see it and the link for those who hear it. */
function leaves({ html }: Visitor): boolean {
  return (
    /<a class="[^"]*govuk-exit-this-page__button[^"]*" href="\/leave"/.test(html) &&
    /<a href="\/leave" class="[^"]*exit-this-page-skiplink/.test(html)
  );
}

describe('every page of the public door', () => {
  it('has the button that leaves at once: whoever comes with or without a complaint that is open, with or without cookies', async () => {
    const pages = new Set<string>();
    const visitors = [await returned(), new Visitor(door()), new Visitor(door(), { keepsCookies: false })];
    // Whoever leaves has no complaint open any more.
    for (const path of routes('GET').filter((one) => one !== '/leave')) {
      for (const visitor of visitors) {
        await visitor.open(path);
        if (!String(visitor.headers['content-type']).startsWith('text/html') || visitor.status >= 300) continue;
        pages.add(path);
        expect([path, leaves(visitor)]).toEqual([path, true]);
      }
    }
    const others = routes('GET').filter((path) => !pages.has(path));
    expect(others.filter((path) => !WITHOUT_A_PAGE.includes(path))).toEqual([]);
    expect(pages.size).toBeGreaterThan(10);
  });

  it('has it when it answers to what was sent, too, and when something is wrong', async () => {
    const visitor = await returned();
    for (const path of routes('POST')) {
      await visitor.open('/my-complaint');
      const { _csrf = '' } = visitor.hiddenFields();
      for (const fields of [{ _csrf }, {}]) {
        await visitor.post(path, fields);
        if (visitor.status >= 300 && visitor.status < 400) continue;
        expect([path, visitor.status, leaves(visitor)]).toEqual([path, visitor.status, true]);
      }
    }
    expect([(await visitor.open('/nowhere')).status, leaves(visitor)]).toEqual([404, true]);
  });

  it('has it where a complaint is open without cookies', async () => {
    const writer = new Visitor(door());
    await writer.file('The guards came at six in the morning.');
    const { receipt } = await writer.follow();
    const visitor = new Visitor(door(), { keepsCookies: false });
    await visitor.open('/return');
    await visitor.press({ number: receipt });
    const { pass = '' } = visitor.hiddenFields();
    for (const go of ['show', 'message', 'add', 'send_message', 'send_add', 'steps']) {
      await visitor.post('/my-complaint/without-cookies', { pass, go, place: '1' });
      expect([go, leaves(visitor)]).toEqual([go, true]);
    }
  });
});
