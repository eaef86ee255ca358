import { createHash } from 'node:crypto';
import { Transform, type Readable, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createFileSealer, randomBytes, type CaseKey } from '@recourse/vault';
import { contentPlace, type FileIdentity } from './content-place';
import type { FileStore, StoreResult } from './file-store';

/** 25 MiB, so that what any phone calls "25 MB" passes. */
export const DEFAULT_LIMIT_BYTES = 25 * 1024 * 1024;

/** What is needed to take a file in. */
export interface FileToReceive {
  readonly store: FileStore;
  readonly caseKey: CaseKey;
  readonly identity: FileIdentity;
  /** The plain bytes as they arrive. */
  readonly source: Readable;
  /** The longest file taken, in bytes; {@link DEFAULT_LIMIT_BYTES} when absent. */
  readonly limitBytes?: number;
}

/** A file that lies sealed in the store. */
export interface ReceivedFile {
  /** 32 hexadecimal digits, random: says nothing and is found nowhere but in the file's row. */
  readonly storageKey: string;
  readonly plainBytes: number;
  readonly sealedBytes: number;
  /** SHA-256 of the original, 32 bytes. To be kept sealed: in the clear it would tell who has a known file. */
  readonly plainSha256: Buffer;
  /** SHA-256 of the sealed bytes, 32 bytes: shows without a key whether the stored file is still what was stored. */
  readonly sealedSha256: Buffer;
}

/**
 * What became of a file. `too_large`: more bytes than the limit; `empty`: no byte at all; `no_space`: the store is full.
 * After a refusal nothing is stored.
 */
export type ReceiveResult =
  | { readonly ok: true; readonly file: ReceivedFile }
  | { readonly ok: false; readonly code: 'too_large'; readonly limitBytes: number }
  | { readonly ok: false; readonly code: 'empty' | 'no_space' };

/**
 * Takes a file in while it arrives: counts, hashes, seals under the case key, hashes again, stores. Never more than a few
 * chunks in memory, and no plain byte on a disk.
 *
 * After a refusal the rest of the source is read and dropped (as many bytes again as the limit, then it is destroyed), so
 * that a browser, which reads no answer while it is sending, gets to show it. Rejects with the source's error when the
 * sender breaks off, and with the store's error when the store fails otherwise than by being full; nothing is stored
 * then either.
 *
 * The caller writes the file's row afterwards, and calls `store.claim` when that is committed, or `store.remove` when it knows that there is no
 * such row. Where it does not know (the connection was lost during COMMIT), the file has to stay, unclaimed: a sealed file without a row
 * is waste, a row without its file is lost evidence.
 */
export async function receiveFile(request: FileToReceive): Promise<ReceiveResult> {
  const { store, source, limitBytes = DEFAULT_LIMIT_BYTES } = request;
  const storageKey = randomBytes(16).toString('hex');
  const plain = new Meter();
  const sealed = new Meter();
  const sealer = createFileSealer(request.caseKey, contentPlace(request.identity));
  const [flow, stored] = await Promise.allSettled([
    pipeline(withinLimit(source, limitBytes), plain, sealer, sealed),
    store.put(storageKey, sealed).finally(() => sealed.destroy()),
  ]);
  const refusal = refusalOf(flow, stored);
  if (refusal === undefined) {
    const file = { storageKey, plainBytes: plain.bytes, sealedBytes: sealed.bytes };
    return { ok: true, file: { ...file, plainSha256: plain.sha256(), sealedSha256: sealed.sha256() } };
  }
  await readAndDrop(source, limitBytes);
  return refusal === 'too_large' ? { ok: false, code: refusal, limitBytes } : { ok: false, code: refusal };
}

type RefusalCode = Exclude<ReceiveResult, { ok: true }>['code'];

/** Thrown inside the pipeline only, to stop it; {@link receiveFile} answers with its code. */
class Refused extends Error {
  constructor(readonly code: RefusalCode) {
    super(code);
  }
}

/**
 * Why the file was refused, or `undefined` when it is stored. When one side stops, the other one fails as well; so the first
 * cause is looked for: a refusal of ours, a full store, the store's failure, the sender's.
 */
function refusalOf(flow: PromiseSettledResult<void>, stored: PromiseSettledResult<StoreResult>): RefusalCode | undefined {
  if (flow.status === 'rejected' && flow.reason instanceof Refused) return flow.reason.code;
  if (stored.status === 'rejected') throw stored.reason;
  if (!stored.value.ok) return stored.value.code;
  if (flow.status === 'rejected') throw flow.reason;
  return undefined;
}

/** The chunks of the source, which stays open when no more are wanted. Throws {@link Refused} past the limit. */
async function* withinLimit(source: Readable, limitBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  const chunks: AsyncIterable<Buffer> = source.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw new Refused('too_large');
    yield chunk;
  }
  if (bytes === 0) throw new Refused('empty');
}

async function readAndDrop(source: Readable, limitBytes: number): Promise<void> {
  let bytes = 0;
  if (source.readableEnded || source.destroyed) return;
  const chunks: AsyncIterable<Buffer> = source;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    // Leaving the loop destroys the source.
    if (bytes > limitBytes) return;
  }
}

/** Passes bytes on, counting and hashing them. */
class Meter extends Transform {
  bytes = 0;
  readonly #hash = createHash('sha256');

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    this.#hash.update(chunk);
    done(null, chunk);
  }

  /** To be asked once, at the end. */
  sha256(): Buffer {
    return this.#hash.digest();
  }
}
