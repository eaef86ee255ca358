import request from 'supertest';
import { publicDoor } from '../../test-support/public-door';

const door = publicDoor();
const budget = 60_000;

/** Bytes on the wire for one address, headers included. */
async function transferred(path: string, language: string): Promise<{ bytes: number; text: string }> {
  const response = await request(door().app.getHttpServer())
    .get(path)
    .set({ 'accept-encoding': 'br, gzip', 'accept-language': language, cookie: `visit=${'v'.repeat(43)}` })
    .buffer(true)
    .parse((res, done) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => done(null, Buffer.concat(chunks)));
    });
  const head = Object.entries(response.headers as Record<string, unknown>).reduce(
    (sum, [name, value]) => sum + `${name}: ${String(value)}\r\n`.length,
    17,
  );
  const body = response.body as Buffer;
  // supertest unpacks by itself; what was sent is in the header.
  const sent = Number((response.headers as Record<string, string>)['content-length'] ?? body.length);
  return { bytes: head + sent, text: body.toString('utf8') };
}

describe.each(['en', 'ar'])('the first page of the form in %s', (language) => {
  it.each(['/', '/before-you-start', '/complaint'])(
    `is transferred in at most ${budget} bytes with all that it loads: %s`,
    async (path) => {
      const page = await transferred(path, language);
      const loaded = [...page.text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, address]) => address ?? '');
      expect(loaded.length).toBeGreaterThanOrEqual(3);
      const parts = await Promise.all([...new Set(loaded)].map((address) => transferred(address, language)));
      const total = parts.reduce((sum, part) => sum + part.bytes, page.bytes);
      expect(total).toBeGreaterThan(5_000);
      expect(total).toBeLessThanOrEqual(budget);
    },
  );

  it('loads nothing from anywhere else', async () => {
    const { text } = await transferred('/complaint', language);
    const addresses = [...text.matchAll(/<(?:link|script|img|source|iframe)[^>]*(?:href|src)="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses.filter((address) => /^(https?:)?\/\//.test(address ?? ''))).toEqual([]);
  });
});
