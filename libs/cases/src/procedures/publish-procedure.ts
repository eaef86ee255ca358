import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { parseProcedure, type Problem, type Procedure } from '@recourse/domain';
import {
  findProcedureVersionByNumber,
  insertProcedureVersion,
  inTransaction,
  isUniqueViolation,
  listProcedureVersions,
} from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { RuleBook } from './rule-book';

/** What {@link PublishProcedure} needs. */
export interface PublishProcedureInput {
  /** The YAML document. */
  readonly text: string;
  /** Its name, for messages. */
  readonly fileName: string;
  readonly now: Date;
}

/**
 * - `published: false`: exactly this document is published already.
 * - `invalid`: it proves wrong; every problem is listed.
 * - `version_differs`: this version is published with another content. A published version never changes: give it a new number.
 */
export type PublishProcedureResult =
  | { readonly ok: true; readonly published: boolean; readonly procedure: string; readonly version: number; readonly id: string }
  | { readonly ok: false; readonly code: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly code: 'version_differs'; readonly procedure: string; readonly version: number };

/** Publishes a procedure as an immutable version that tracks can be pinned to. Running tracks stay on theirs. */
@Injectable()
export class PublishProcedure {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  async run(input: PublishProcedureInput): Promise<PublishProcedureResult> {
    // One document is one sequence of bytes, whatever the editor does at the ends of lines.
    const document = input.text.replace(/\r\n?/g, '\n');
    const procedures = (await listProcedureVersions(this.dataSource.manager)).map(({ procedure }) => procedure);
    const calendars = [...(await this.rules.calendarsIn(this.dataSource.manager)).keys()];
    const parsed = parseProcedure(document, input.fileName, { calendars, procedures });
    if (!parsed.ok) {
      return { ok: false, code: 'invalid', problems: parsed.problems };
    }
    const contentHash = createHash('sha256').update(document, 'utf8').digest();
    const earlier = await this.earlier(parsed.procedure, contentHash);
    return earlier ?? this.publish(parsed.procedure, { document, contentHash, now: input.now });
  }

  private async earlier(
    { procedure, version }: Pick<Procedure, 'procedure' | 'version'>,
    contentHash: Buffer,
  ): Promise<PublishProcedureResult | undefined> {
    const found = await findProcedureVersionByNumber(this.dataSource.manager, procedure, version);
    if (found === undefined) {
      return undefined;
    }
    return found.contentHash.equals(contentHash)
      ? { ok: true, published: false, procedure, version, id: found.id }
      : { ok: false, code: 'version_differs', procedure, version };
  }

  private async publish(
    { procedure, version }: Procedure,
    content: { readonly document: string; readonly contentHash: Buffer; readonly now: Date },
  ): Promise<PublishProcedureResult> {
    const { document, contentHash, now } = content;
    const id = v7();
    try {
      await inTransaction(this.dataSource, (tx) =>
        insertProcedureVersion(tx, { id, procedure, version, contentHash, document, publishedAt: now }),
      );
      return { ok: true, published: true, procedure, version, id };
    } catch (error) {
      // Somebody published this number at the same moment; what they published decides.
      const faster = isUniqueViolation(error, 'procedure_version_procedure_version_uq')
        ? await this.earlier({ procedure, version }, contentHash)
        : undefined;
      if (faster === undefined) {
        throw error;
      }
      return faster;
    }
  }
}
