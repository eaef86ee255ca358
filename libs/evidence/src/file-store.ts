import type { Readable } from 'node:stream';

/** Whether a file was stored. `no_space`: the store is full or its quota is used up; nothing of the file was kept. */
export type StoreResult = { readonly ok: true } | { readonly ok: false; readonly code: 'no_space' };

/**
 * Where sealed files lie: the port that a use case is given. It sees sealed bytes and random keys only, never a name, a
 * type or a case. {@link FolderStore} is the one that exists; a store in an S3-compatible service will be another
 * subclass (its multipart upload is completed where the folder renames), and nothing else has to change.
 *
 * A key is 32 lower-case hexadecimal digits made by the caller at random; no key is written twice.
 */
export abstract class FileStore {
  /**
   * Stores everything `content` gives. After `ok: true` the file is complete, survives a power failure, and is *unclaimed*
   * until {@link claim}; after anything else there is no file of that key. Rejects with the error of `content` when the sender fails, and with
   * the store's own for anything but a lack of space. `content` is destroyed when it was not read to its end.
   */
  abstract put(key: string, content: Readable): Promise<StoreResult>;

  /** Notes that a row names this file, so that nobody asks about it again. Doing so twice, or without such a file, changes nothing. */
  abstract claim(key: string): Promise<void>;

  /**
   * The keys of the files that were stored before `before` and never claimed: a process was killed between storing and the end of its
   * transaction, or was never told how the transaction ended. Whether rows name them, only the database knows.
   */
  abstract listUnclaimed(before: Date): Promise<readonly string[]>;

  /**
   * Removes what was begun and last written before `before` and never finished, because a process was killed.
   * `before` must lie further back than the longest upload. Returns how many were removed.
   */
  abstract removeUnfinished(before: Date): Promise<number>;

  /** The bytes of a stored file, or `undefined` when there is none. The caller reads or destroys the stream. */
  abstract open(key: string): Promise<Readable | undefined>;

  /** Removes a file that no row names; one that is not there is as good as removed. */
  abstract remove(key: string): Promise<void>;

  /** Whether a file could be stored now, by trying with an empty one. For the readiness report. */
  abstract canStore(): Promise<boolean>;
}
