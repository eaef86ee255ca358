import { Injectable } from '@nestjs/common';
import { parseProcedure, readPublishedProcedure, unified, type ParsedProcedure, type Problem } from '@recourse/domain';
import {
  findProcedureVersionByNumber,
  insertProcedureVersion,
  inTransaction,
  isUniqueViolation,
  listVersionNumbers,
} from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { procedureHash } from './content-hash';
import { codeOf, refuseDamagedCalendars, surroundingsIn, type RulesDocument } from './surroundings';
import { RuleBook } from './rule-book';

/** What {@link PublishProcedure} needs. */
export interface PublishProcedureInput extends RulesDocument {
  /** Others that are published in the same transaction, all or none: procedures that open each other could never be published one after the other. */
  readonly together?: readonly RulesDocument[];
  /**
   * Who holds which role. `as_it_is`, unless given: what nobody on a team could do or agree to is refused where it is needed. `to_come`: the institution is being
   * set up and has its first member only; what nobody could do or agree to yet is told, and does not keep the rules from being published.
   */
  readonly staffing?: 'as_it_is' | 'to_come';
  /** Languages that pages and mails are offered in: it must have words in each. Not asked when absent. */
  readonly languages?: readonly string[];
  readonly now: Date;
}

/** One of several that were published together. */
export interface PublishedVersion {
  /** False when exactly this was published already. */
  readonly published: boolean;
  readonly procedure: string;
  readonly version: number;
  readonly id: string;
  readonly unstaffed: readonly Problem[];
  /** What `CheckProcedure` warns of. */
  readonly warnings: readonly Problem[];
  /** The highest published version below this one, 0 for none. */
  readonly follows: number;
  /** The highest published version, on which complaints begin: this one, or a higher one. */
  readonly highest: number;
}

/**
 * - `published: false`: exactly this document is published already.
 * - `unstaffed`: what nobody could do or agree to as it is; empty unless it was published now and staff are to come.
 * - `invalid`: it proves wrong; every problem is listed.
 * - `version_differs`: this version is published with another content. A published version never changes: give it a new number.
 */
export type PublishProcedureResult =
  /** `together`: what became of {@link PublishProcedureInput.together}, in that order. */
  | (PublishedVersion & { readonly ok: true; readonly together: readonly PublishedVersion[] })
  | { readonly ok: false; readonly code: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly code: 'version_differs'; readonly procedure: string; readonly version: number };

/**
 * Publishes a procedure as an immutable version that tracks can be pinned to, if it proves right for the institution as it is: with its calendars, its other
 * procedures and its people. Running tracks stay on theirs. That people leave later is found by `FindStuckCases`.
 */
@Injectable()
export class PublishProcedure {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  async run(input: PublishProcedureInput): Promise<PublishProcedureResult> {
    try {
      return await this.#publishAll(input);
    } catch (error) {
      // Somebody published this number at the same moment; what they published decides.
      const faster = isUniqueViolation(error, 'procedure_version_procedure_version_uq');
      if (!faster) {
        throw error;
      }
      return this.#publishAll(input);
    }
  }

  async #publishAll(input: PublishProcedureInput): Promise<PublishProcedureResult> {
    const documents = [input, ...(input.together ?? [])];
    const beside = documents.flatMap(({ text, fileName }) => codeOf(text, fileName));
    const proved: ProvedDocument[] = [];
    // Before the transaction: what takes a second to prove would hold it open, and it locks nothing that is proved against anyway.
    for (const { text, fileName } of documents) {
      const document = unified(text);
      const parsed = await this.#prove({ ...input, text: document, fileName }, beside);
      if (!parsed.ok) {
        return { ok: false, code: 'invalid', problems: parsed.problems };
      }
      proved.push({ parsed, document });
    }
    try {
      return await inTransaction(this.dataSource, async (tx) => {
        const results: PublishedVersion[] = [];
        for (const one of proved) {
          const result = await publish(tx, one, input.now);
          if (!result.ok) {
            throw new OneRefused(result);
          }
          results.push(result);
        }
        const [first, ...together] = results;
        if (first === undefined) {
          throw new Error('nothing was to be published');
        }
        return { ok: true, ...first, together };
      });
    } catch (error) {
      if (error instanceof OneRefused) {
        return error.result;
      }
      throw error;
    }
  }

  /** Of what is published already, under this number, it does not matter any more who is there. */
  async #prove({ text, fileName, staffing, languages }: PublishProcedureInput, beside: readonly string[]): Promise<ParsedProcedure> {
    const tx = this.dataSource.manager;
    const { holders, procedures, ...rest } = await surroundingsIn(tx, this.rules);
    const read = readPublishedProcedure(text, fileName);
    const found = read.ok && (await findProcedureVersionByNumber(tx, read.procedure.procedure, read.procedure.version));
    const parsed = parseProcedure(text, fileName, {
      ...rest,
      procedures: [...procedures, ...beside],
      ...(languages && { languages }),
      ...(found ? { holders: [] } : { ...(holders && { holders }), ...(staffing && { staffing }) }),
    });
    return refuseDamagedCalendars(tx, this.rules, parsed);
  }
}

interface ProvedDocument {
  readonly parsed: RightProcedure;
  readonly document: string;
}

async function publish(tx: EntityManager, { parsed, document }: ProvedDocument, publishedAt: Date): Promise<PublishProcedureResult> {
  const contentHash = procedureHash(document);
  const earlier = await earlierVersion(tx, parsed, contentHash);
  if (earlier !== undefined) {
    return earlier;
  }
  const { procedure, version } = parsed.procedure;
  const id = v7();
  const place = await placeOf(tx, parsed);
  await insertProcedureVersion(tx, { id, procedure, version, contentHash, document, publishedAt });
  return { ok: true, published: true, id, ...place, unstaffed: parsed.unstaffed, together: [] };
}

/** Undoes what was published before it in the same transaction. */
class OneRefused extends Error {
  constructor(readonly result: Extract<PublishProcedureResult, { readonly ok: false }>) {
    super('one of several procedures was refused');
  }
}

async function earlierVersion(tx: EntityManager, parsed: RightProcedure, contentHash: Buffer): Promise<PublishProcedureResult | undefined> {
  const { procedure, version } = parsed.procedure;
  const found = await findProcedureVersionByNumber(tx, procedure, version);
  if (found === undefined) {
    return undefined;
  }
  return found.contentHash.equals(contentHash)
    ? { ok: true, published: false, id: found.id, ...(await placeOf(tx, parsed)), unstaffed: [], together: [] }
    : { ok: false, code: 'version_differs', procedure, version };
}

type RightProcedure = Extract<ParsedProcedure, { readonly ok: true }>;

/** Where a version stands among those that are published, itself included. */
async function placeOf(
  tx: EntityManager,
  { procedure: { procedure, version }, warnings }: RightProcedure,
): Promise<Pick<PublishedVersion, 'procedure' | 'version' | 'warnings' | 'follows' | 'highest'>> {
  const others = await listVersionNumbers(tx, procedure);
  const follows = Math.max(0, ...others.filter((other) => other < version));
  return { procedure, version, warnings, follows, highest: Math.max(version, ...others) };
}
