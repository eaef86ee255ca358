import { Injectable } from '@nestjs/common';

/** What {@link PublishProcedure} needs. */
export interface PublishProcedureInput {
  /** The YAML document. */
  readonly text: string;
  /** Its name, for messages. */
  readonly fileName: string;
  readonly now: Date;
}

/** One mistake in a procedure document, with its place. */
export interface ProcedureProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/**
 * - `published: false`: exactly this document is published already.
 * - `invalid`: it proves wrong; every problem is listed.
 * - `version_differs`: this version is published with another content. A published version never changes: give it a new number.
 */
export type PublishProcedureResult =
  | { readonly ok: true; readonly published: boolean; readonly procedure: string; readonly version: number; readonly id: string }
  | { readonly ok: false; readonly code: 'invalid'; readonly problems: readonly ProcedureProblem[] }
  | { readonly ok: false; readonly code: 'version_differs'; readonly procedure: string; readonly version: number };

/** Publishes a procedure as an immutable version that tracks can be pinned to. */
@Injectable()
export class PublishProcedure {
  async run(input: PublishProcedureInput): Promise<PublishProcedureResult> {
    throw new Error(`not written yet (${input.fileName})`);
  }
}
