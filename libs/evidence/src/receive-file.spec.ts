import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { newCaseKey, randomBytes, VaultError } from '@recourse/vault';
import { FileStore, type StoreResult } from './file-store';
import { checkFile, openFile } from './open-file';
import { DEFAULT_LIMIT_BYTES, receiveFile } from './receive-file';

/** Keeps files in memory and can be told to fail, as a disk does: after some bytes have been written. */
class MemoryStore extends FileStore {
  readonly files = new Map<string, Buffer>();
  spaceBytes = Number.POSITIVE_INFINITY;
  failure: Error | undefined;

  override async put(key: string, content: Readable): Promise<StoreResult> {
    const written: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of content as AsyncIterable<Buffer>) {
      if (this.failure) throw this.failure;
      bytes += chunk.length;
      if (bytes > this.spaceBytes) return { ok: false, code: 'no_space' };
      written.push(chunk);
    }
    this.files.set(key, Buffer.concat(written));
    return { ok: true };
  }

  override open(key: string): Promise<Readable | undefined> {
    const bytes = this.files.get(key);
    return Promise.resolve(bytes && Readable.from([bytes]));
  }

  override claim(): Promise<void> {
    return Promise.resolve();
  }

  override listUnclaimed(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  override removeUnfinished(): Promise<number> {
    return Promise.resolve(0);
  }

  override remove(key: string): Promise<void> {
    this.files.delete(key);
    return Promise.resolve();
  }

  override canStore(): Promise<boolean> {
    return Promise.resolve(this.spaceBytes > 0);
  }
}

const identity = { caseId: '0193a5f0-7c1e-7b3a-9d52-2f6f1c0a4e11', fileId: '0193a5f0-7c1e-7b3a-9d52-2f6f1c0a4e13' };
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();

/** A source that gives `content` in pieces and counts how many bytes were taken from it. */
function sender(content: Buffer, step = 64 * 1024): Readable & { taken: () => number } {
  let at = 0;
  const source = new Readable({
    read() {
      const piece = content.subarray(at, at + step);
      at += piece.length;
      this.push(piece.length > 0 ? piece : null);
    },
  });
  return Object.assign(source, { taken: () => at });
}

describe('receiving a file', () => {
  const caseKey = newCaseKey();
  let store: MemoryStore;
  beforeEach(() => (store = new MemoryStore()));

  const receive = (source: Readable, limitBytes?: number) =>
    receiveFile({ store, caseKey, identity, source, ...(limitBytes === undefined ? {} : { limitBytes }) });

  it('stores it sealed, says what it was, and gives it back', async () => {
    const photo = randomBytes(1_000_003);
    const result = await receive(sender(photo));
    if (!result.ok) throw new Error(result.code);
    const { file } = result;
    const stored = store.files.get(file.storageKey) ?? Buffer.alloc(0);
    expect(file).toMatchObject({ plainBytes: photo.length, sealedBytes: stored.length });
    expect(file.plainSha256).toEqual(sha256(photo));
    expect(file.sealedSha256).toEqual(sha256(stored));
    expect(file.storageKey).toMatch(/^[0-9a-f]{32}$/);
    const opened = await openFile({ store, keys: caseKey, identity, storageKey: file.storageKey });
    expect(opened.ok && (await buffer(opened.content)).equals(photo)).toBe(true);
  });

  it('keeps nothing of the plain bytes in what it stores', async () => {
    const letter = Buffer.from('They said my sister would lose her work too. '.repeat(3000));
    await receive(sender(letter));
    const [stored] = store.files.values();
    const wanted = ['my sister', Buffer.from('my sister').toString('base64'), Buffer.from('my sister').toString('hex')];
    expect(wanted.filter((text) => stored?.includes(text))).toEqual([]);
    expect(stored?.includes(Buffer.from('my sister', 'utf16le'))).toBe(false);
  });

  it('gives the same file another key and other bytes each time', async () => {
    const photo = randomBytes(100);
    await receive(sender(photo));
    await receive(sender(photo));
    const [first, second] = [...store.files.values()];
    expect(store.files.size).toBe(2);
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(false);
  });

  it('takes a file of exactly the limit and refuses one byte more, storing nothing', async () => {
    await expect(receive(sender(randomBytes(200_000)), 200_000)).resolves.toMatchObject({ ok: true });
    store.files.clear();
    const refused = await receive(sender(randomBytes(200_001)), 200_000);
    expect(refused).toEqual({ ok: false, code: 'too_large', limitBytes: 200_000 });
    expect(store.files.size).toBe(0);
  });

  it('takes 25 MB unless told otherwise', async () => {
    const size = DEFAULT_LIMIT_BYTES;
    expect(size).toBeGreaterThanOrEqual(25_000_000);
    await expect(receive(sender(Buffer.alloc(size)))).resolves.toMatchObject({ ok: true });
    await expect(receive(sender(Buffer.alloc(size + 1)))).resolves.toMatchObject({
      code: 'too_large',
      limitBytes: size,
    });
  });

  it('refuses an empty file', async () => {
    await expect(receive(sender(Buffer.alloc(0)))).resolves.toEqual({ ok: false, code: 'empty' });
    expect(store.files.size).toBe(0);
  });

  it.each([0, 1, 70_000])('refuses when the store is full after %i bytes, and stores nothing', async (spaceBytes) => {
    store.spaceBytes = spaceBytes;
    const source = sender(randomBytes(500_000));
    await expect(receive(source)).resolves.toEqual({ ok: false, code: 'no_space' });
    expect(store.files.size).toBe(0);
  });

  it('reads the rest of what it refused, so that the sender can read the answer', async () => {
    for (const refuse of [
      { limit: 100_000, space: Infinity },
      { limit: 400_000, space: 70_000 },
    ]) {
      store.spaceBytes = refuse.space;
      const source = sender(randomBytes(150_000));
      await expect(receive(source, refuse.limit)).resolves.toMatchObject({ ok: false });
      expect(source.taken()).toBe(150_000);
      expect(source.readableEnded).toBe(true);
    }
  });

  it('does not read an endless sender for ever', async () => {
    let reads = 0;
    const endless = new Readable({
      read() {
        reads += 1;
        // Long enough to count as endless, and an end for the test when it is.
        this.push(reads < 200 ? Buffer.alloc(64 * 1024) : null);
      },
    });
    await expect(receive(endless, 100_000)).resolves.toMatchObject({ code: 'too_large' });
    expect(endless.destroyed).toBe(true);
    expect(reads).toBeLessThan(20);
  });

  it('fails with the error of a sender that breaks off, and stores nothing', async () => {
    const source = Readable.from(
      (function* () {
        yield randomBytes(100_000);
        throw new Error('connection lost');
      })(),
    );
    await expect(receive(source)).rejects.toThrow('connection lost');
    expect(store.files.size).toBe(0);
  });

  it('fails when the sender goes away without an error', async () => {
    const source = new Readable({ read: () => undefined });
    source.push(randomBytes(100_000));
    const receiving = receive(source);
    setImmediate(() => source.destroy());
    await expect(receiving).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(store.files.size).toBe(0);
  });

  it('fails with the error of a store that fails otherwise than by being full', async () => {
    store.failure = Object.assign(new Error('i/o error'), { code: 'EIO' });
    await expect(receive(sender(randomBytes(500_000)))).rejects.toThrow('i/o error');
  });
});

describe('opening a stored file', () => {
  const caseKey = newCaseKey();
  const store = new MemoryStore();
  let storageKey = '';
  let sealedSha256 = Buffer.alloc(0);

  beforeEach(async () => {
    const source = sender(randomBytes(200_000));
    const result = await receiveFile({ store, caseKey, identity, source });
    if (result.ok) ({ storageKey, sealedSha256 } = result.file as { storageKey: string; sealedSha256: Buffer<ArrayBuffer> });
  });

  const open = async (keys = caseKey, whose = identity): Promise<Buffer> => {
    const result = await openFile({ store, keys, identity: whose, storageKey });
    if (!result.ok) throw new Error(result.code);
    return buffer(result.content);
  };

  it.each([0, 10, 41, 65_594, 100_000, -1])('notices that it was truncated at byte %i', async (length) => {
    store.files.set(storageKey, store.files.get(storageKey)?.subarray(0, length) ?? Buffer.alloc(0));
    await expect(open()).rejects.toEqual(new VaultError('truncated'));
    await expect(checkFile(store, storageKey, sealedSha256)).resolves.toBe('changed');
  });

  it('does not open it as the file of another row or case, or with another key', async () => {
    await expect(open(caseKey, { ...identity, fileId: identity.caseId })).rejects.toMatchObject({
      code: 'cannot_open',
    });
    await expect(open(caseKey, { ...identity, caseId: identity.fileId })).rejects.toMatchObject({
      code: 'cannot_open',
    });
    await expect(open(newCaseKey())).rejects.toMatchObject({ code: 'unknown_key' });
  });

  it('says when the store has lost it', async () => {
    await store.remove(storageKey);
    const lost = await openFile({ store, keys: caseKey, identity, storageKey });
    expect(lost).toEqual({ ok: false, code: 'not_found' });
    await expect(checkFile(store, storageKey, sealedSha256)).resolves.toBe('missing');
  });

  it('knows without a key whether it is intact', async () => {
    await expect(checkFile(store, storageKey, sealedSha256)).resolves.toBe('intact');
    const changed = Buffer.from(store.files.get(storageKey) ?? '');
    changed[500] = (changed[500] ?? 0) ^ 1;
    store.files.set(storageKey, changed);
    await expect(checkFile(store, storageKey, sealedSha256)).resolves.toBe('changed');
  });
});
