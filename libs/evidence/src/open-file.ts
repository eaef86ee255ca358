import { createHash } from 'node:crypto';
import { pipeline, type Readable } from 'node:stream';
import { createFileOpener, sameBytes, type CaseKey } from '@recourse/vault';
import { contentPlace, type FileIdentity } from './content-place';
import type { FileStore } from './file-store';

/** What is needed to give a file out. */
export interface FileToOpen {
  readonly store: FileStore;
  /** The case's key, or all it has had. */
  readonly keys: CaseKey | readonly CaseKey[];
  readonly identity: FileIdentity;
  readonly storageKey: string;
}

/** A stored file as it was sent, or that the store has lost it. */
export type OpenResult = { readonly ok: true; readonly content: Readable } | { readonly ok: false; readonly code: 'not_found' };

/**
 * Opens a stored file as a stream of the original bytes. Every byte that comes out has been verified, but a reader knows
 * that the file is whole only when the stream *ends*: a truncated or changed file destroys the stream with a VaultError
 * (`truncated`, `cannot_open`, `unknown_key`), so a download in progress must be broken off and not closed in order.
 * Destroying the stream closes the file.
 */
export async function openFile(request: FileToOpen): Promise<OpenResult> {
  const sealed = await request.store.open(request.storageKey);
  if (sealed === undefined) return { ok: false, code: 'not_found' };
  const opener = createFileOpener(request.keys, contentPlace(request.identity));
  // pipeline destroys the opener with the error of either side, where the reader meets it: nothing is left to do here.
  const content = pipeline(sealed, opener, () => undefined);
  return { ok: true, content };
}

/** What a stored file is, compared with what was stored. */
export type FileCondition = 'intact' | 'changed' | 'missing';

/** Compares a stored file with the SHA-256 of its sealed bytes. Needs no key: for the nightly look and for backups. */
export async function checkFile(store: FileStore, storageKey: string, sealedSha256: Buffer): Promise<FileCondition> {
  const sealed = await store.open(storageKey);
  if (sealed === undefined) return 'missing';
  const hash = createHash('sha256');
  for await (const chunk of sealed as AsyncIterable<Buffer>) hash.update(chunk);
  return sameBytes(hash.digest(), sealedSha256) ? 'intact' : 'changed';
}
