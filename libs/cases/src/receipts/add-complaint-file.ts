import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { countCharacters } from '@recourse/domain';
import { DEFAULT_LIMIT_BYTES, FileStore, receiveFile, type ReceivedFile } from '@recourse/evidence';
import { flagShownNews, insertEvidenceFile, inTransaction, listShownEvidenceFiles } from '@recourse/persistence';
import { openField, sealField } from '@recourse/vault';
import { DataSource, type EntityManager } from 'typeorm';
import { cleanFileName, declaredMediaType, openLabel, sealLabel } from '../evidence/file-label';
import { COMPLAINT_LIMITS } from '../filing/check-complaint';
import type { FieldProblem } from '../filing/complaint';
import { FilingSecrets } from '../filing/filing-secrets';
import { rowIdFor } from '../keys/client-key';
import { fileHashPlace } from '../keys/places';
import { putInOutbox } from '../outbox/put-in-outbox';
import { appendToRecord, COMPLAINANT } from '../record/append-to-record';
import { ArrivingFiles } from './arriving-files';
import { CaseQuota, type OverQuota } from './case-quota';
import { countAgainstQuota, keepToQuota } from './keep-to-quota';
import { lockClientKey } from './lock-client-key';
import { showCase, type ReceiptVisit, type ShownCase } from './shown-case';

/** A file the complainant sends, as a stream: it is sealed as it arrives and never lies on disk readable. */
export interface AddComplaintFileInput extends ReceiptVisit {
  /** UUID carried by the form or the `Idempotency-Key` header: the same key is the same file. */
  readonly clientKey: string;
  /** File name as the sender's device gave it. Sealed. */
  readonly name: string;
  /** Media type as declared, not believed. */
  readonly mediaType?: string;
  readonly content: Readable;
  /** How long the file says it is, in bytes, where that is known; not believed, but what is too much by its own word need not arrive first. */
  readonly announcedBytes?: number;
}

/**
 * - `not_found`: the receipt opens nothing.
 * - `key_reused_with_other_body`: this key sent another file, or one of another name; nothing of this one is kept.
 * - `too_large`: more than `limit` bytes arrived, or were announced; nothing is kept.
 * - `empty`: not one byte arrived.
 * - `incomplete`: the stream broke off; nothing is kept.
 * - `no_room`: the evidence store is full; nothing is kept.
 * - `text_invalid`: the name is too long.
 * - `too_many_at_once`: other files of this complaint are arriving; from `retryAt` on it is worth another try. Nothing is kept.
 * - `too_many_today`, `case_full`: the complaint was brought enough; nothing is kept.
 */
export type AddComplaintFileResult =
  | { readonly ok: true; readonly fileId: string; readonly repeated: boolean }
  | {
      readonly ok: false;
      readonly code: 'not_found' | 'key_not_a_uuid' | 'key_reused_with_other_body' | 'empty' | 'incomplete' | 'no_room';
    }
  | { readonly ok: false; readonly code: 'too_large'; readonly limit: number }
  | { readonly ok: false; readonly code: 'too_many_at_once'; readonly retryAt: Date }
  | { readonly ok: false; readonly code: 'text_invalid'; readonly problems: readonly FieldProblem[] }
  | OverQuota;

interface Begun extends ShownCase {
  readonly fileId: string;
  /** What this key sent before. */
  readonly earlier: EarlierFile | undefined;
}

/** What tells a file sent once more from another one under the same key. */
interface EarlierFile {
  readonly name: string;
  /** SHA-256 of the original, in hexadecimal digits. */
  readonly hash: string;
}

/** When to try again while others arrive. Nobody knows how long they take; on a slow line they may take longer. */
const WAIT_FOR_OTHERS_MS = 60_000;

type Refused = Extract<AddComplaintFileResult, { readonly ok: false }>;

/**
 * Takes a file for a complaint: streams, hashes and seals it, then records it. No transaction is open while the file arrives, which on a
 * slow line takes minutes: the receipt is shown once before and once after. What a refused attempt stored is removed. What an attempt stored that
 * failed is kept: when the connection breaks at COMMIT, nobody here knows whether the row is there. `ClearEvidenceStore` asks later.
 */
@Injectable()
export class AddComplaintFile {
  readonly #arriving = new ArrivingFiles();

  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: FilingSecrets,
    private readonly store: FileStore,
    private readonly quota: CaseQuota = new CaseQuota(),
  ) {}

  async run(input: AddComplaintFileInput): Promise<AddComplaintFileResult> {
    const name = cleanFileName(input.name);
    const limit = COMPLAINT_LIMITS.fileName;
    const begun = countCharacters(name) > limit ? tooLong(limit) : await this.begin(input);
    if (!('keys' in begun)) {
      input.content.resume();
      return begun;
    }
    const { fileId } = begun;
    if (begun.earlier !== undefined) {
      return this.compare(input, { fileId, name, earlier: begun.earlier });
    }
    if (!this.#arriving.begin(begun.file.id)) {
      input.content.resume();
      return { ok: false, code: 'too_many_at_once', retryAt: new Date(input.now.getTime() + WAIT_FOR_OTHERS_MS) };
    }
    try {
      const received = await this.receive(input, begun);
      return received.ok ? await this.keep(input, { name, fileId, file: received.file }) : received;
    } finally {
      // Not before it is counted, or taken away again.
      this.#arriving.end(begun.file.id);
    }
  }

  private async begin(input: AddComplaintFileInput): Promise<Begun | Refused> {
    return inTransaction(this.dataSource, async (tx): Promise<Begun | Refused> => {
      const shown = await showCase(tx, this.secrets, input.digits);
      if (shown === undefined) {
        return { ok: false, code: 'not_found' };
      }
      const fileId = rowIdFor(shown.file.id, input.clientKey);
      if (fileId === undefined) {
        return { ok: false, code: 'key_not_a_uuid' };
      }
      if ((input.announcedBytes ?? 0) > DEFAULT_LIMIT_BYTES) {
        return { ok: false, code: 'too_large', limit: DEFAULT_LIMIT_BYTES };
      }
      const earlier = await findEarlier(tx, shown, fileId);
      // Before the upload: nobody waits for minutes to be refused. How long the file really is, nobody knows yet; it is counted again when it is here.
      const bytes = Math.min(Math.max(input.announcedBytes ?? 1, 1), DEFAULT_LIMIT_BYTES);
      const over = earlier === undefined ? await countAgainstQuota(tx, this.quota, { kind: 'file', bytes }, input.now) : undefined;
      return over ?? { ...shown, fileId, earlier };
    });
  }

  /** Reads a file whose key was used before, keeping nothing of it: is it the same one? The sender hears "it is here" only of what is here. */
  private async compare(
    { content }: AddComplaintFileInput,
    { fileId, name, earlier }: { readonly fileId: string; readonly name: string; readonly earlier: EarlierFile },
  ): Promise<AddComplaintFileResult> {
    const hash = createHash('sha256');
    try {
      for await (const chunk of content as AsyncIterable<Buffer>) {
        hash.update(chunk);
      }
    } catch {
      return { ok: false, code: 'incomplete' };
    }
    return sameFile(earlier, { name, hash: hash.digest('hex') })
      ? { ok: true, fileId, repeated: true }
      : { ok: false, code: 'key_reused_with_other_body' };
  }

  private async receive(
    input: AddComplaintFileInput,
    { file, keys, fileId }: Begun,
  ): Promise<{ readonly ok: true; readonly file: ReceivedFile } | Refused> {
    const identity = { caseId: file.id, fileId };
    try {
      const received = await receiveFile({ store: this.store, caseKey: keys[0], identity, source: input.content });
      if (received.ok) {
        return received;
      }
      return received.code === 'too_large'
        ? { ok: false, code: 'too_large', limit: received.limitBytes }
        : { ok: false, code: received.code === 'no_space' ? 'no_room' : 'empty' };
    } catch (error) {
      // The sender breaking off is an answer; a store that fails is not.
      if (input.content.errored === error || (input.content.destroyed && !input.content.readableEnded)) {
        return { ok: false, code: 'incomplete' };
      }
      throw error;
    }
  }

  private async keep(
    input: AddComplaintFileInput,
    stored: { readonly name: string; readonly fileId: string; readonly file: ReceivedFile },
  ): Promise<AddComplaintFileResult> {
    const { fileId, file } = stored;
    const { earlier, over } = await inTransaction(this.dataSource, async (tx) => {
      await lockClientKey(tx, fileId);
      const shown = await showCase(tx, this.secrets, input.digits);
      if (shown === undefined) {
        throw new Error('a receipt that opened a case a moment ago does not any more');
      }
      const found = await findEarlier(tx, shown, fileId);
      if (found !== undefined) {
        return { earlier: found };
      }
      const bringing = { kind: 'file', bytes: file.sealedBytes } as const;
      const refused = await keepToQuota(tx, this.quota, { shown, bringing, now: input.now });
      if (refused === undefined) {
        await insertRows(tx, shown, { ...stored, mediaType: declaredMediaType(input.mediaType), now: input.now });
      }
      return { over: refused };
    });
    await this.settle(file.storageKey, earlier !== undefined || over !== undefined);
    if (over !== undefined) {
      return over;
    }
    if (earlier === undefined) {
      return { ok: true, fileId, repeated: false };
    }
    return sameFile(earlier, { name: stored.name, hash: file.plainSha256.toString('hex') })
      ? { ok: true, fileId, repeated: true }
      : { ok: false, code: 'key_reused_with_other_body' };
  }

  /** The transaction is committed: a store that cannot tidy up now may not turn that into a failure. It is asked again a day later. */
  private async settle(storageKey: string, isSuperfluous: boolean): Promise<void> {
    await (isSuperfluous ? this.store.remove(storageKey) : this.store.claim(storageKey)).catch(() => undefined);
  }
}

function tooLong(limit: number): Refused {
  return { ok: false, code: 'text_invalid', problems: [{ field: 'name', code: 'too_long', limit }] };
}

async function findEarlier(tx: EntityManager, { file, keys }: ShownCase, fileId: string): Promise<EarlierFile | undefined> {
  const found = (await listShownEvidenceFiles(tx)).find(({ id }) => id === fileId);
  if (found === undefined) {
    return undefined;
  }
  const { name } = openLabel(keys, file.id, found);
  const sealedHash = found.sealedPlainSha256;
  // A file without a hash equals none: said to be another one, it is sent again at worst.
  return { name, hash: sealedHash === null ? '' : openField(keys, fileHashPlace(file.id, fileId), sealedHash) };
}

function sameFile(one: EarlierFile, other: EarlierFile): boolean {
  return one.name === other.name && one.hash === other.hash;
}

async function insertRows(
  tx: EntityManager,
  shown: ShownCase,
  added: {
    readonly name: string;
    readonly fileId: string;
    readonly file: ReceivedFile;
    readonly mediaType: string | null;
    readonly now: Date;
  },
): Promise<void> {
  const { fileId, file, now } = added;
  const caseId = shown.file.id;
  await insertEvidenceFile(tx, {
    id: fileId,
    caseId,
    intakeItemId: null,
    receivedAt: now,
    sealedName: sealLabel(shown.keys, caseId, fileId, { name: added.name, sizeBytes: file.plainBytes }),
    mediaType: added.mediaType,
    sizeBytes: file.sealedBytes,
    sha256: file.sealedSha256,
    sealedPlainSha256: sealField(shown.keys[0], fileHashPlace(caseId, fileId), file.plainSha256.toString('hex')),
    storageKey: file.storageKey,
  });
  await flagShownNews(tx);
  await appendToRecord(tx, {
    type: 'evidence_added',
    payload: { evidenceFileId: fileId, sizeBytes: file.sealedBytes, sha256: file.sealedSha256.toString('hex') },
    caseId,
    actor: COMPLAINANT,
    now,
  });
  await putInOutbox(tx, { topic: 'evidence_added', payload: { caseId, evidenceFileId: fileId } }, now, `evidence_added:${fileId}`);
}
