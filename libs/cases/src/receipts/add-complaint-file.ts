import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '../filing/complaint';
import type { ReceiptVisit } from './open-complaint-by-receipt';

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
 */
export type AddComplaintFileResult =
  | { readonly ok: true; readonly fileId: string; readonly repeated: boolean }
  | { readonly ok: false; readonly code: 'not_found' | 'key_not_a_uuid' | 'empty' | 'incomplete' | 'no_room' }
  | { readonly ok: false; readonly code: 'too_large'; readonly limit: number }
  | { readonly ok: false; readonly code: 'text_invalid'; readonly problems: readonly FieldProblem[] };

/** Takes a file for a complaint: streams, hashes and seals it, then records it. */
@Injectable()
export class AddComplaintFile {
  async run(input: AddComplaintFileInput): Promise<AddComplaintFileResult> {
    throw new Error(`not written yet (${input.now.toISOString()})`);
  }
}
