import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import express from 'express';
import request from 'supertest';
import { AssetCatalogue } from './asset-catalogue';

describe('assets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assets-'));
  const css = 'p{color:#211e1a}'.repeat(20);
  const manifest = { 'public.css': { file: 'public.1a2b.css', type: 'text/css; charset=utf-8', encodings: ['br'] } };
  writeFileSync(join(folder, 'public.1a2b.css'), css);
  writeFileSync(join(folder, 'public.1a2b.css.br'), brotliCompressSync(css));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const assets = AssetCatalogue.load(folder);
  const app = express().use('/assets', assets.handler());
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are found under a name that changes with their content, and kept for ever', async () => {
    expect(assets.url('public.css')).toBe('/assets/public.1a2b.css');
    const { headers, text } = await request(app).get('/assets/public.1a2b.css').set('accept-encoding', 'identity').expect(200);
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', 'content-type': 'text/css; charset=utf-8' });
    expect(text).toBe(css);
  });

  it('come compressed to who understands it', async () => {
    const { headers, text } = await request(app).get('/assets/public.1a2b.css').set('accept-encoding', 'gzip, br').expect(200);
    expect(headers['content-encoding']).toBe('br');
    expect(text).toBe(css);
    const plain = await request(app).get('/assets/public.1a2b.css').set('accept-encoding', 'gzip').expect(200);
    expect(plain.headers).not.toHaveProperty('content-encoding');
  });

  it.each(['/assets/public.css', '/assets/manifest.json', '/assets/..%2fpackage.json', '/assets/', '/assets/__proto__'])(
    'do not include %s',
    async (path) => {
      await request(app).get(path).expect(404);
    },
  );

  it('say how to build them when they are not there', () => {
    expect(() => AssetCatalogue.load(join(folder, 'nowhere'))).toThrow('node tools/build-assets.mjs');
  });
});
