import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { SignedInStaff } from '../staff/signed-in-staff';

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
 */
export type OpenEvidenceResult =
  | {
      readonly ok: true;
      readonly name: string;
      readonly mediaType?: string;
      readonly sizeBytes: number;
      readonly content: Readable;
    }
  | { readonly ok: false; readonly code: 'not_found' };

/** Opens one file of a case for a member of staff, and writes into the record that they did. */
@Injectable()
export class OpenEvidence {
  async run(input: OpenEvidenceInput): Promise<OpenEvidenceResult> {
    throw new Error(`not written yet (${input.now.toISOString()})`);
  }
}
