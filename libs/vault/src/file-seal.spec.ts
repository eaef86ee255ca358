import fc from 'fast-check';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { newCaseKey } from './case-key';
import { createFileOpener, createFileSealer, FILE_CHUNK_BYTES, sealedFileSize } from './file-seal';
import { padToMultiple } from './padding';
import { associatedData, type Place } from './place';
import { randomBytes, sodium } from './sodium';

const key = newCaseKey();
const place: Place = { table: 'evidence_file', column: 'content', caseId: 'c1', rowId: 'r1' };

/** Passes `content` through a stream in pieces of `step` bytes. */
async function through(content: Buffer, stream: ReturnType<typeof createFileSealer>, step = 16_384): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let at = 0; at < content.length; at += step) pieces.push(content.subarray(at, at + step));
  const [, result] = await Promise.all([pipeline(Readable.from(pieces), stream, { end: true }), buffer(stream)]);
  return result;
}

const seal = (content: Buffer, step?: number) => through(content, createFileSealer(key, place), step);
const open = (sealed: Buffer, step?: number) => through(sealed, createFileOpener(key, place), step);

describe('a sealed file', () => {
  const sizes = [0, 1, 4095, 4096, FILE_CHUNK_BYTES - 1, FILE_CHUNK_BYTES, FILE_CHUNK_BYTES + 1, 3 * FILE_CHUNK_BYTES, 1_000_003];

  it.each(sizes)('of %i bytes comes back as it was, and has the size that was promised', async (size) => {
    const plain = randomBytes(size);
    const sealed = await seal(plain);
    expect(sealed).toHaveLength(sealedFileSize(size));
    expect((await open(sealed)).equals(plain)).toBe(true);
  });

  it('does not depend on how the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200_000, size: 'max' }),
        fc.integer({ min: 700, max: 300_000 }),
        fc.integer({ min: 700, max: 300_000 }),
        async (bytes, stepIn, stepOut) => {
          const plain = Buffer.from(bytes);
          expect((await open(await seal(plain, stepIn), stepOut)).equals(plain)).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('shows its size only to within 4 KiB', async () => {
    const [one, many] = await Promise.all([seal(randomBytes(1)), seal(randomBytes(4000))]);
    expect(one.length).toBe(many.length);
  });

  it('does not contain what was put in', async () => {
    const plain = Buffer.from('They took my passport on the first day. '.repeat(5000));
    expect((await seal(plain)).includes('passport')).toBe(false);
  });

  it('is known to be truncated wherever it is cut', async () => {
    const sealed = await seal(randomBytes(2 * FILE_CHUNK_BYTES + 5000));
    const header = 41;
    const chunk = FILE_CHUNK_BYTES + 17;
    const cuts = [0, 1, header - 1, header, header + 1, header + chunk, header + chunk + 17, header + 2 * chunk, sealed.length - 1];
    for (const cut of cuts) {
      await expect(open(sealed.subarray(0, cut))).rejects.toMatchObject({ code: 'truncated' });
    }
  });

  it('is known to be truncated when it is cut by a whole padding step', async () => {
    const sealed = await seal(randomBytes(FILE_CHUNK_BYTES + 5000));
    await expect(open(sealed.subarray(0, sealed.length - 4096))).rejects.toMatchObject({ code: 'cannot_open' });
  });

  it('is not whole when its last chunk does not say that it is the last', async () => {
    const [state, header, fileKey] = [Buffer.alloc(52), randomBytes(24), Buffer.alloc(32)];
    sodium.crypto_kdf_derive_from_key(fileKey, 1, Buffer.from('rcrsfile'), key.bytes);
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, header, fileKey);
    const chunk = Buffer.alloc(4096 + 17);
    const content = padToMultiple(Buffer.from('photo'), 4096);
    sodium.crypto_secretstream_xchacha20poly1305_push(state, chunk, content, associatedData(place), 0);
    const sealed = Buffer.concat([Buffer.of(1), key.id, header, chunk]);
    await expect(open(sealed)).rejects.toMatchObject({ code: 'truncated' });
  });

  it('does not open when anything was added, exchanged or flipped', async () => {
    const sealed = await seal(randomBytes(2 * FILE_CHUNK_BYTES + 100));
    const chunk = FILE_CHUNK_BYTES + 17;
    const exchanged = Buffer.concat([
      sealed.subarray(0, 41),
      sealed.subarray(41 + chunk, 41 + 2 * chunk),
      sealed.subarray(41, 41 + chunk),
      sealed.subarray(41 + 2 * chunk),
    ]);
    await expect(open(exchanged)).rejects.toMatchObject({ code: 'cannot_open' });
    await expect(open(Buffer.concat([sealed, Buffer.of(0)]))).rejects.toHaveProperty('name', 'VaultError');
    for (const at of [0, 1, 17, 40, 41, 41 + chunk, sealed.length - 1]) {
      const flipped = Buffer.from(sealed);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      await expect(open(flipped)).rejects.toHaveProperty('name', 'VaultError');
    }
  });

  it('does not open at another place or with another key', async () => {
    const sealed = await seal(Buffer.from('photo'));
    const elsewhere = createFileOpener(key, { ...place, rowId: 'r2' });
    await expect(through(sealed, elsewhere)).rejects.toMatchObject({ code: 'cannot_open' });
    await expect(through(sealed, createFileOpener(newCaseKey(), place))).rejects.toMatchObject({ code: 'unknown_key' });
  });

  it('opens with any of the keys the case has had', async () => {
    const sealed = await seal(Buffer.from('photo'));
    const opened = await through(sealed, createFileOpener([newCaseKey(), key], place));
    expect(opened.toString()).toBe('photo');
  });
});
