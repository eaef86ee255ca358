import { request, type IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { BenchHouse } from './bench-house';
import { atMost, type Measurement } from './measurement';

const BAR_BYTES = 60_000;
/** As somebody comes who has read the page before it: with the cookie of a visit. */
const headers = { 'accept-encoding': 'br, gzip', 'accept-language': 'en', cookie: `visit=${'v'.repeat(43)}` };

/** What a browser transfers for the first page of the form with everything that it loads, headers included. */
export async function measureFirstPage(house: BenchHouse): Promise<Measurement[]> {
  const intake = await house.intake();
  const page = await transferred(`${intake.address}/complaint`);
  const loaded = new Set([...page.text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? ''));
  const parts = await Promise.all([...loaded].map((path) => transferred(`${intake.address}${path}`)));
  await intake.stop();
  const bytes = parts.reduce((sum, part) => sum + part.bytes, page.bytes);
  return [
    { part: 'weight', what: `first page of the form and ${loaded.size} files`, value: bytes, unit: 'bytes', bar: atMost(BAR_BYTES) },
    { part: 'weight', what: 'the page alone', value: page.bytes, unit: 'bytes' },
  ];
}

function transferred(address: string): Promise<{ readonly bytes: number; readonly text: string }> {
  return new Promise((done, failed) => {
    const sent = request(address, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', failed);
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        done({ bytes: headBytes(answer) + body.length, text: unpacked(body, answer.headers['content-encoding']).toString('utf8') });
      });
    });
    sent.on('error', failed);
    sent.end();
  });
}

/** Status line, each header, and the empty line. */
function headBytes({ rawHeaders }: IncomingMessage): number {
  return 'HTTP/1.1 200 OK\r\n\r\n'.length + rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0);
}

function unpacked(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'br') return brotliDecompressSync(body);
  return encoding === 'gzip' ? gunzipSync(body) : body;
}
