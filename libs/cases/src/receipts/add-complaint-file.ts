import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { countCharacters } from '@recourse/domain';
import { FileStore, receiveFile, type ReceivedFile } from '@recourse/evidence';
import { flagShownNews, insertEvidenceFile, inTransaction, listShownEvidenceFiles } from '@recourse/persistence';
import { sealField } from '@recourse/vault';
import { DataSource, type EntityManager } from 'typeorm';
import { cleanFileName, declaredMediaType, sealLabel } from '../evidence/file-label';
import { COMPLAINT_LIMITS } from '../filing/check-complaint';
import type { FieldProblem } from '../filing/complaint';
import { FilingSecrets } from '../filing/filing-secrets';
import { rowIdFor } from '../keys/client-key';
import { fileHashPlace } from '../keys/places';
import { putInOutbox } from '../outbox/put-in-outbox';
import { appendToRecord, COMPLAINANT } from '../record/append-to-record';
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
}

/**
 * - `not_found`: the receipt opens nothing.
 * - `too_large`: more than `limit` bytes arrived; nothing is kept.
 * - `empty`: not one byte arrived.
 * - `incomplete`: the stream broke off; nothing is kept.
 * - `no_room`: the evidence store is full; nothing is kept.
 * - `text_invalid`: the name is too long.
 */
export type AddComplaintFileResult =
  | { readonly ok: true; readonly fileId: string; readonly repeated: boolean }
  | { readonly ok: false; readonly code: 'not_found' | 'key_not_a_uuid' | 'empty' | 'incomplete' | 'no_room' }
  | { readonly ok: false; readonly code: 'too_large'; readonly limit: number }
  | { readonly ok: false; readonly code: 'text_invalid'; readonly problems: readonly FieldProblem[] };

interface Begun extends ShownCase {
  readonly fileId: string;
  readonly repeated: boolean;
}

type Refused = Extract<AddComplaintFileResult, { readonly ok: false }>;

/**
 * Takes a file for a complaint: streams, hashes and seals it, then records it. No transaction is open while the file arrives, which on a
 * slow line takes minutes: the receipt is shown once before and once after. What a refused attempt stored is removed. What an attempt stored that
 * failed is kept: when the connection breaks at COMMIT, nobody here knows whether the row is there. `ClearEvidenceStore` asks later.
 */
@Injectable()
export class AddComplaintFile {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: FilingSecrets,
    private readonly store: FileStore,
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
    if (begun.repeated) {
      input.content.resume();
      return { ok: true, fileId, repeated: true };
    }
    const received = await this.receive(input, begun);
    return received.ok ? this.keep(input, { name, fileId, file: received.file }) : received;
  }

  private async begin(input: AddComplaintFileInput): Promise<Begun | Refused> {
    return inTransaction(this.dataSource, async (tx): Promise<Begun | Refused> => {
      const shown = await showCase(tx, this.secrets, input.digits);
      if (shown === undefined) {
        return { ok: false, code: 'not_found' };
      }
      const fileId = rowIdFor(shown.file.id, input.clientKey);
      return fileId === undefined ? { ok: false, code: 'key_not_a_uuid' } : { ...shown, fileId, repeated: await isStored(tx, fileId) };
    });
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
    const repeated = await inTransaction(this.dataSource, async (tx) => {
      await lockClientKey(tx, fileId);
      const shown = await showCase(tx, this.secrets, input.digits);
      if (shown === undefined) {
        throw new Error('a receipt that opened a case a moment ago does not any more');
      }
      if (await isStored(tx, fileId)) {
        return true;
      }
      await insertRows(tx, shown, { ...stored, mediaType: declaredMediaType(input.mediaType), now: input.now });
      return false;
    });
    await this.settle(file.storageKey, repeated);
    return { ok: true, fileId, repeated };
  }

  /** The transaction is committed: a store that cannot tidy up now may not turn that into a failure. It is asked again a day later. */
  private async settle(storageKey: string, isSuperfluous: boolean): Promise<void> {
    await (isSuperfluous ? this.store.remove(storageKey) : this.store.claim(storageKey)).catch(() => undefined);
  }
}

function tooLong(limit: number): Refused {
  return { ok: false, code: 'text_invalid', problems: [{ field: 'name', code: 'too_long', limit }] };
}

async function isStored(tx: EntityManager, fileId: string): Promise<boolean> {
  return (await listShownEvidenceFiles(tx)).some(({ id }) => id === fileId);
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
