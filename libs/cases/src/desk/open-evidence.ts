import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { FileStore, openFile } from '@recourse/evidence';
import { findEvidenceFile, inTransaction, type EvidenceFile } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { validate } from 'uuid';
import { openLabel } from '../evidence/file-label';
import { openKeysAsStaff, type CaseKeys } from '../keys/case-keys';
import { appendToRecord } from '../record/append-to-record';
import type { SignedInStaff } from '../staff/signed-in-staff';
import { findVisibleCase } from './find-visible-case';

/** What {@link OpenEvidence} needs. */
export interface OpenEvidenceInput {
  readonly actor: SignedInStaff;
  readonly reference: string;
  readonly fileId: string;
  readonly now: Date;
}

/**
 * `content` opens the file as it is read, and ends in an error when the stored bytes were changed or cut: whoever sends it on must
 * then break the connection, never end it politely. Serve it as a download, never inline: it may be hostile.
 *
 * - `not_found`: no such file, or not the actor's.
 * - `lost`: the row is there and the store has no such file; somebody has to look.
 */
export type OpenEvidenceResult =
  | {
      readonly ok: true;
      readonly name: string;
      readonly mediaType?: string;
      readonly sizeBytes: number;
      readonly content: Readable;
    }
  | { readonly ok: false; readonly code: 'not_found' | 'lost' };

interface Found {
  readonly file: EvidenceFile;
  readonly keys: CaseKeys;
}

/** Opens one file of a case for a member of staff, and writes into the record that they did. */
@Injectable()
export class OpenEvidence {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: FileStore,
  ) {}

  async run(input: OpenEvidenceInput): Promise<OpenEvidenceResult> {
    const found = await this.find(input);
    if (found === undefined) {
      return { ok: false, code: 'not_found' };
    }
    const { file, keys } = found;
    const identity = { caseId: file.caseId, fileId: file.id };
    const opened = await openFile({ store: this.store, keys, identity, storageKey: file.storageKey });
    if (!opened.ok) {
      return { ok: false, code: 'lost' };
    }
    const label = openLabel(keys, file.caseId, file);
    return { ok: true, ...label, ...(file.mediaType === null ? {} : { mediaType: file.mediaType }), content: opened.content };
  }

  /** Recorded before the first byte leaves: a reading that was broken off was a reading. */
  private async find({ actor, reference, fileId, now }: OpenEvidenceInput): Promise<Found | undefined> {
    return inTransaction(this.dataSource, async (tx) => {
      const found = await findVisibleCase(tx, actor, reference);
      if (found === undefined || !validate(fileId)) {
        return undefined;
      }
      const file = await findEvidenceFile(tx, found.file.id, fileId);
      const keys = await openKeysAsStaff(tx, actor, found.file.id);
      if (file === undefined || keys === undefined) {
        return undefined;
      }
      await appendToRecord(tx, {
        type: 'sealed_content_opened',
        payload: { what: 'evidence_file', evidenceFileId: file.id },
        caseId: file.caseId,
        actor: { kind: 'staff', id: actor.staffId },
        now,
      });
      return { file, keys };
    });
  }
}
