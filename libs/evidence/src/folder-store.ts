import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { FileStore, type StoreResult } from './file-store';

const KEY = /^[0-9a-f]{32}$/;
const UNFINISHED = 'unfinished';
const UNCLAIMED = 'unclaimed';
/** Several blocks of any usual file system. */
const TRIAL_BYTES = 64 * 1024;
/** Disk full; quota of the user or group used up; larger than the file system or the process may make a file. */
const NO_SPACE = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * Keeps sealed files in a folder: `<root>/ab/cd/abcd…`, two levels of 256 folders, so that a million files make folders
 * of some fifteen. A file is written to `<root>/unfinished`, flushed to the disk, and only then renamed into its place, whose
 * folder is flushed too: under its key there is a whole file or none, whenever the power fails. Folders are readable
 * by their owner alone (0700, files 0600). The root must be one file system; several processes may share it.
 *
 * `<root>/unclaimed/<key>`, an empty file, says that nobody knows yet whether a row names the file of that key. It is there before the
 * file is, and taken away when the row is committed, so that who clears up looks at a handful of names and never at every file: a process that is
 * connected to the wrong database by mistake would find that no row names any of them. It is not flushed to the disk: a power failure that
 * takes it away leaves a file too many at worst, and one that brings it back makes somebody ask the database once more.
 */
export class FolderStore extends FileStore {
  readonly #root: string;

  /** `root` is an absolute path; it is made when the first file comes. */
  constructor(root: string) {
    super();
    this.#root = root;
  }

  override async put(key: string, content: Readable): Promise<StoreResult> {
    const path = this.#pathOf(key);
    const unfinished = join(this.#root, UNFINISHED, randomBytes(16).toString('hex'));
    try {
      await this.#write(unfinished, content);
      await this.#markUnclaimed(key);
      await this.#settle(unfinished, path);
      return { ok: true };
    } catch (error) {
      content.destroy();
      await rm(unfinished, { force: true });
      await this.claim(key);
      if (isNoSpace(error)) return { ok: false, code: 'no_space' };
      throw error;
    }
  }

  override async claim(key: string): Promise<void> {
    await rm(this.#markOf(key), { force: true });
  }

  override async listUnclaimed(before: Date): Promise<readonly string[]> {
    const old = await this.#olderThan(UNCLAIMED, before);
    return old.filter((name) => KEY.test(name));
  }

  override async open(key: string): Promise<Readable | undefined> {
    try {
      const handle = await open(this.#pathOf(key), 'r');
      return handle.createReadStream();
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  override async remove(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
    // Last: after a crash in between, the mark leads to a file that is not there, and is cleared the next time.
    await this.claim(key);
  }

  override async canStore(): Promise<boolean> {
    const path = join(this.#root, UNFINISHED, randomBytes(16).toString('hex'));
    try {
      const handle = await this.openNew(path);
      try {
        // A disk without room still takes an empty file.
        await handle.writeFile(randomBytes(TRIAL_BYTES));
        await handle.sync();
      } finally {
        await handle.close();
      }
      return true;
    } catch (error) {
      // Not able to write is an answer here, whatever the reason; a path that is no path is a bug.
      if (codeOf(error) === undefined) throw error;
      return false;
    } finally {
      await rm(path, { force: true });
    }
  }

  override async removeUnfinished(before: Date): Promise<number> {
    const old = await this.#olderThan(UNFINISHED, before);
    for (const name of old) await rm(join(this.#root, UNFINISHED, name), { force: true });
    return old.length;
  }

  /** Opens a file that does not exist yet. Separate, so that a test can put a full device in its place. */
  protected async openNew(path: string): Promise<FileHandle> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return open(path, 'wx', 0o600);
  }

  async #write(path: string, content: Readable): Promise<void> {
    const handle = await this.openNew(path);
    try {
      // On a handle, writeFile goes on where the last one ended, and writes all of a chunk or fails.
      for await (const chunk of content as AsyncIterable<Buffer>) await handle.writeFile(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async #settle(unfinished: string, path: string): Promise<void> {
    const folder = dirname(path);
    const firstMade = await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(unfinished, path);
    try {
      await flushFolder(folder);
      if (firstMade === undefined) return;
      // A new folder is itself an entry of the one above, which has to reach the disk as well.
      await flushFolder(dirname(folder));
      await flushFolder(this.#root);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  async #markUnclaimed(key: string): Promise<void> {
    const mark = this.#markOf(key);
    await mkdir(dirname(mark), { recursive: true, mode: 0o700 });
    await writeFile(mark, '', { mode: 0o600 });
  }

  /** Names in one of the folders beside the files, last written before `before`. */
  async #olderThan(beside: typeof UNFINISHED | typeof UNCLAIMED, before: Date): Promise<readonly string[]> {
    const folder = join(this.#root, beside);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const old: string[] = [];
    for (const name of await readdir(folder)) {
      const written = await modifiedAt(join(folder, name));
      if (written !== undefined && written < before) old.push(name);
    }
    return old;
  }

  #pathOf(key: string): string {
    const whole = checked(key);
    return join(this.#root, whole.slice(0, 2), whole.slice(2, 4), whole);
  }

  #markOf(key: string): string {
    return join(this.#root, UNCLAIMED, checked(key));
  }
}

function checked(key: string): string {
  if (!KEY.test(key)) throw new TypeError('A storage key has 32 lower-case hexadecimal digits.');
  return key;
}

async function flushFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** When a file was last written; `undefined` when another process has finished or removed it meanwhile. */
async function modifiedAt(path: string): Promise<Date | undefined> {
  try {
    return (await stat(path)).mtime;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isNoSpace(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && NO_SPACE.has(code);
}

/** By shape and not by class: where code runs in several realms, errors of node:fs belong to another Error. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
