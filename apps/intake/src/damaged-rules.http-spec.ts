import { randomUUID } from 'node:crypto';
import { PublishProcedure, RuleBook, UseProcedure } from '@recourse/cases';
import type { ComplaintKind } from '@recourse/domain';
import { remedyText, tampered, waitFor } from '@recourse/testing';
import request from 'supertest';
import { publicDoor, Visitor, type PublicDoor } from '../test-support/public-door';

const story = 'The guards came at six in the morning with two dogs.';

const server = ({ app }: PublicDoor) => app.getHttpServer() as Parameters<typeof request>[0];

const fileAt = (door: PublicDoor, kind?: ComplaintKind) =>
  request(server(door)).post('/api/v1/complaints').set('idempotency-key', randomUUID()).send({ language: 'en', narrative: story, kind });

const readinessOf = async (door: PublicDoor) => {
  const { status, body } = await request(server(door)).get('/health/ready');
  return { status, body: body as { status: string; checks: Record<string, string>; without?: object } };
};

/** Kinds with a procedure of their own; all others begin on `remedy`. */
const ownWays: readonly (readonly [ComplaintKind, calendar: string])[] = [
  ['credible_evidence', 'gulf'],
  ['company_mechanism', 'geneva'],
];

async function useOwnWays({ owner }: PublicDoor): Promise<void> {
  const now = new Date();
  for (const [kind, calendar] of ownWays) {
    const text = (await remedyText())
      .replace('procedure: remedy', `procedure: ${kind}`)
      .replace('calendar: geneva', `calendar: ${calendar}`);
    const document = { text, fileName: `${kind}.yaml`, staffing: 'to_come', now } as const;
    const published = await new PublishProcedure(owner, new RuleBook()).run(document);
    const used = await new UseProcedure(owner).run({ procedure: kind, kind, now });
    if (!published.ok || !used.ok) throw new Error(JSON.stringify([published, used]));
  }
}

// What was read as it was published is never read again: nothing is asked for while the rules are sound, but by the last test.
describe.each([
  ['a calendar', 'calendar_version', `calendar = 'gulf'`],
  ['the procedure', 'procedure_version', `procedure = 'credible_evidence'`],
] as const)('when %s of one kind of complaint was damaged', (_, table, where) => {
  const door = publicDoor();
  beforeAll(() => useOwnWays(door()));

  const damaged = (look: () => Promise<void>) =>
    tampered(door().owner, table, `UPDATE ${table} SET document = document || '# x' WHERE ${where}`, look);
  const file = (kind?: ComplaintKind) => fileAt(door(), kind);
  const stored = async () => {
    const [row] = await door().owner.query<{ count: number }[]>(
      `SELECT ((SELECT count(*) FROM case_file) + (SELECT count(*) FROM filing) + (SELECT count(*) FROM outbox_message))::int AS count`,
    );
    return row?.count;
  };

  it('the other kinds are filed, by form and by API, and that one is not stored', async () => {
    await damaged(async () => {
      const before = await stored();
      const { status, type, headers, body } = await file('credible_evidence');
      expect([status, type, headers['retry-after']]).toEqual([503, 'application/problem+json', '30']);
      expect(body).toMatchObject({ code: 'unavailable' });
      expect(await stored()).toBe(before);
      for (const kind of [undefined, 'harm', 'company_mechanism', 'other'] as const) expect((await file(kind)).status).toBe(201);
      const visitor = new Visitor(door());
      await visitor.file(story);
      await visitor.follow();
      expect([visitor.status, visitor.receipt.length]).toEqual([200, 24]);
    });
  });

  it('whoever asks hears that the door is open, and for which kind it is not', async () => {
    await damaged(async () => {
      expect(await readinessOf(door())).toEqual({
        status: 200,
        body: {
          status: 'degraded',
          checks: { database: 'ok', database_disk: 'ok', filing: 'degraded', evidence: 'ok' },
          without: { filing: ['credible_evidence'] },
        },
      });
    });
  });

  it('the page of what happens shows the other ways, and does not offer that one', async () => {
    await damaged(async () => {
      const offeredBy = ({ html }: Visitor) => [...html.matchAll(/what-happens\?kind=(\w+)/g)].map(([, kind]) => kind);
      const general = await new Visitor(door()).open('/what-happens');
      expect([general.status, offeredBy(general)]).toEqual([200, ['company_mechanism']]);
      const own = await new Visitor(door()).open('/what-happens?kind=company_mechanism');
      expect([own.status, offeredBy(own)]).toEqual([200, ['harm', 'other']]);
      const closed = await new Visitor(door()).open('/what-happens?kind=credible_evidence');
      expect([closed.status, closed.headers['retry-after']]).toEqual([503, '30']);
      expect(closed.text).toContain('We cannot show this just now');
    });
  });

  it('the form keeps what was written, and sends it once the row is restored', async () => {
    const visitor = new Visitor(door());
    await damaged(async () => {
      await visitor.answer('affected', { harmed: 'evidence' });
      await visitor.press({ narrative: story, go: 'check' });
      const before = await stored();
      await visitor.press({ go: 'send' });
      expect([visitor.status, visitor.headers['retry-after'], await stored()]).toEqual([503, '30', before]);
      expect(visitor.text).toContain('Your complaint is NOT stored.');
      expect(visitor.text).toContain(story);
    });
    await waitFor('it is sent', async () => (await visitor.press({ go: 'send' })).headers.location === '/receipt');
    const [row] = await door().owner.query<{ procedure: string }[]>('SELECT procedure FROM track ORDER BY opened_at DESC, id DESC LIMIT 1');
    expect(row).toEqual({ procedure: 'credible_evidence' });
    // It asks with rules of its own, for which a damaged calendar is damaged for a second.
    await waitFor('whoever asks hears it', async () => (await readinessOf(door())).body.status === 'ok');
    expect((await readinessOf(door())).body).not.toHaveProperty('without');
  });
});

describe('when a calendar was damaged while complaints are filed', () => {
  const door = publicDoor();

  const key = randomUUID();
  const fileAgain = () =>
    request(server(door())).post('/api/v1/complaints').set('idempotency-key', key).send({ language: 'en', narrative: story });
  let early: { readonly byApi: { readonly receipt: string; readonly reference: string } };
  beforeAll(async () => {
    early = { byApi: (await fileAgain()).body as { receipt: string; reference: string } };
  });

  it('none is filed by it any more, a second later, and no receipt is taken away', async () => {
    const visitor = new Visitor(door());
    await visitor.file(story);
    // A version that this process has not read yet, and that is not what its hash says.
    await door().owner.query(
      `INSERT INTO calendar_version (id, calendar, version, content_hash, document, resolved, published_at)
       SELECT gen_random_uuid(), calendar, version + 1, content_hash, document || '# x', resolved, now() FROM calendar_version WHERE calendar = 'geneva'`,
    );
    await visitor.follow();
    expect([visitor.status, visitor.receipt.length]).toEqual([200, 24]);
    // Well before the desk asks for its procedures again.
    await waitFor('it is noticed', async () => (await fileAt(door())).status !== 201, 5_000);
    expect((await fileAt(door())).status).toBe(503);
  });

  it('what was stored before is answered again as stored', async () => {
    const { status, body } = await fileAgain();
    expect([status, body]).toMatchObject([201, early.byApi]);
  });

  it('whoever comes back reads and writes, and hears that it cannot be said where the complaint stands', async () => {
    const visitor = new Visitor(door());
    await visitor.open('/return?lang=en');
    await visitor.press({ number: early.byApi.receipt });
    await visitor.open('/my-complaint');
    expect([visitor.status, visitor.text]).toEqual([200, expect.stringContaining('We cannot show just now where your complaint stands.')]);
    const { body } = await request(server(door())).get('/api/v1/complaint').set('authorization', `Receipt ${early.byApi.receipt}`);
    expect(body).toMatchObject({ reference: early.byApi.reference, areRulesReadable: false, tracks: [] });
  });

  it('a message of a browser without cookies is stored, and is said to be', async () => {
    const visitor = new Visitor(door(), { keepsCookies: false });
    await visitor.open('/return?lang=en');
    await visitor.press({ number: early.byApi.receipt });
    expect([visitor.status, visitor.text]).toEqual([200, expect.stringContaining('We cannot show just now where your complaint stands.')]);
    const pass = /name="pass" value="([^"]*)"/.exec(visitor.html)?.[1] ?? '';
    await visitor.post('/my-complaint/without-cookies', { pass, go: 'message' });
    const [, form = ''] = /(<form(?:(?!<form)[\s\S])*<textarea[\s\S]*?<\/form>)/.exec(visitor.html) ?? [];
    const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [name, value]);
    const go = /<button[^>]*value="([^"]*)"/.exec(form)?.[1] ?? '';
    const fields = Object.fromEntries(hidden) as Record<string, string>;
    await visitor.post('/my-complaint/without-cookies', { ...fields, go, text: 'It was the third.' });
    expect([visitor.status, visitor.text]).toEqual([200, expect.stringContaining('It was the third.')]);
  });
});
