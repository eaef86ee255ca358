import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readdir, readFile, rm, stat, truncate, utimes, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { newCaseKey } from '@recourse/vault';
import { FolderStore } from './folder-store';
import { openFile } from './open-file';
import { receiveFile } from './receive-file';

/** Writes to the kernel's full device, which answers every write with ENOSPC. */
class FullDisk extends FolderStore {
  protected override openNew(): Promise<FileHandle> {
    return open('/dev/full', 'w');
  }
}

/** A folder store whose every new file cannot be opened, for the given reason. */
class BrokenDisk extends FolderStore {
  constructor(
    root: string,
    private readonly code: string,
  ) {
    super(root);
  }

  protected override openNew(): Promise<FileHandle> {
    return Promise.reject(Object.assign(new Error(this.code), { code: this.code }));
  }
}

const newKey = () => randomBytes(16).toString('hex');
const identity = { caseId: '0193a5f0-7c1e-7b3a-9d52-2f6f1c0a4e11', fileId: '0193a5f0-7c1e-7b3a-9d52-2f6f1c0a4e13' };

describe('a folder of sealed files', () => {
  let root: string;
  let store: FolderStore;

  beforeEach(async () => {
    root = join(await mkdtemp(join(tmpdir(), 'recourse-evidence-')), 'evidence');
    store = new FolderStore(root);
  });
  afterEach(() => rm(join(root, '..'), { recursive: true, force: true }));

  const filesIn = async (folder: string): Promise<string[]> => {
    if (!existsSync(folder)) return [];
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  };

  it('keeps a file two levels down, readable by its owner alone, and leaves nothing unfinished', async () => {
    const [key, bytes] = [newKey(), randomBytes(300_000)];
    await expect(store.put(key, Readable.from([bytes]))).resolves.toEqual({ ok: true });
    const path = join(root, key.slice(0, 2), key.slice(2, 4), key);
    expect((await readFile(path)).equals(bytes)).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(root, key.slice(0, 2)))).mode & 0o777).toBe(0o700);
    await expect(readdir(join(root, 'unfinished'))).resolves.toEqual([]);
  });

  it('gives a file back, and undefined for one it does not have', async () => {
    const [key, bytes] = [newKey(), randomBytes(300_000)];
    await store.put(key, Readable.from([bytes]));
    const content = await store.open(key);
    expect(content && (await buffer(content)).equals(bytes)).toBe(true);
    await expect(store.open(newKey())).resolves.toBeUndefined();
  });

  it('removes a file, also one that is not there', async () => {
    const key = newKey();
    await store.put(key, Readable.from([Buffer.from('sealed')]));
    await store.remove(key);
    await store.remove(key);
    await expect(store.open(key)).resolves.toBeUndefined();
  });

  it('stores many files at once', async () => {
    const files = Array.from({ length: 40 }, () => [newKey(), randomBytes(20_000)] as const);
    const results = await Promise.all(files.map(([key, bytes]) => store.put(key, Readable.from([bytes]))));
    expect(results.every((result) => result.ok)).toBe(true);
    for (const [key, bytes] of files) {
      const content = await store.open(key);
      expect(content && (await buffer(content)).equals(bytes)).toBe(true);
    }
  });

  it('refuses on a full disk, and the sealed file is nowhere', async () => {
    const full = new FullDisk(root);
    const source = Readable.from([randomBytes(500_000)]);
    const result = await receiveFile({ store: full, caseKey: newCaseKey(), identity, source });
    expect(result).toEqual({ ok: false, code: 'no_space' });
    await expect(filesIn(root)).resolves.toEqual([]);
  });

  it('says beforehand that a full disk can store nothing, although it still takes an empty file', async () => {
    await expect(new FullDisk(root).canStore()).resolves.toBe(false);
  });

  it.each(['ENOSPC', 'EDQUOT', 'EFBIG'])('refuses as full when the file cannot be made: %s', async (code) => {
    const broken = new BrokenDisk(root, code);
    const content = Readable.from([Buffer.from('sealed')]);
    await expect(broken.put(newKey(), content)).resolves.toEqual({ ok: false, code: 'no_space' });
    expect(content.destroyed).toBe(true);
  });

  it('fails for every other reason, and does not call it full', async () => {
    const broken = new BrokenDisk(root, 'EACCES');
    const source = Readable.from([randomBytes(500_000)]);
    const receiving = receiveFile({ store: broken, caseKey: newCaseKey(), identity, source });
    await expect(receiving).rejects.toThrow('EACCES');
    await expect(broken.canStore()).resolves.toBe(false);
    await expect(store.canStore()).resolves.toBe(true);
  });

  it('leaves nothing when the sender breaks off', async () => {
    const source = Readable.from(
      (function* () {
        yield randomBytes(200_000);
        throw new Error('connection lost');
      })(),
    );
    const receiving = receiveFile({ store, caseKey: newCaseKey(), identity, source });
    await expect(receiving).rejects.toThrow('connection lost');
    await expect(filesIn(root)).resolves.toEqual([]);
  });

  it('notices a file that was cut short on the disk', async () => {
    const [caseKey, source] = [newCaseKey(), Readable.from([randomBytes(200_000)])];
    const result = await receiveFile({ store, caseKey, identity, source });
    if (!result.ok) throw new Error(result.code);
    const { storageKey } = result.file;
    await truncate(join(root, storageKey.slice(0, 2), storageKey.slice(2, 4), storageKey), 65_594);
    const opened = await openFile({ store, keys: caseKey, identity, storageKey });
    if (!opened.ok) throw new Error(opened.code);
    await expect(buffer(opened.content)).rejects.toMatchObject({ code: 'truncated' });
  });

  it('clears away what a killed process left, and not what is being written', async () => {
    await store.canStore();
    const [old, young] = [join(root, 'unfinished', 'old'), join(root, 'unfinished', 'young')];
    await Promise.all([writeFile(old, 'x'), writeFile(young, 'x')]);
    await utimes(old, new Date('2026-01-01'), new Date('2026-01-01'));
    await expect(store.removeUnfinished(new Date('2026-01-02'))).resolves.toBe(1);
    await expect(readdir(join(root, 'unfinished'))).resolves.toEqual(['young']);
  });

  it('knows which files nobody has claimed, old ones only', async () => {
    const [claimed, removed, old, young] = [newKey(), newKey(), newKey(), newKey()];
    for (const key of [claimed, removed, old, young]) await store.put(key, Readable.from([Buffer.from('sealed')]));
    const long = new Date('2026-01-01');
    for (const key of [claimed, removed, old]) await utimes(join(root, 'unclaimed', key), long, long);
    await store.claim(claimed);
    await store.claim(claimed);
    await store.remove(removed);
    await expect(store.listUnclaimed(new Date('2026-01-02'))).resolves.toEqual([old]);
    for (const key of [claimed, old, young]) expect(await store.open(key).then((content) => content?.destroy())).toBeDefined();
  });

  it('leaves no mark of a file that could not be stored', async () => {
    const full = new FullDisk(root);
    await full.put(newKey(), Readable.from([randomBytes(500_000)]));
    await expect(full.listUnclaimed(new Date('2999-01-01'))).resolves.toEqual([]);
  });

  it('refuses a key that could name another place', async () => {
    for (const key of ['../../etc/passwd', 'A'.repeat(32), '', 'ab/cd']) {
      await expect(store.open(key)).rejects.toThrow(TypeError);
      await expect(store.put(key, Readable.from([Buffer.alloc(1)]))).rejects.toThrow(TypeError);
    }
  });
});
