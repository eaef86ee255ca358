import { Injectable } from '@nestjs/common';
import type { Procedure } from '@recourse/domain';
import { inTransaction, listShownTracks } from '@recourse/persistence';
import { DataSource, type EntityManager } from 'typeorm';
import { FilingSecrets } from '../filing/filing-secrets';
import { RuleBook } from '../procedures/rule-book';
import { showCase, type ReceiptVisit } from './shown-case';

/** The rules of one track of a complaint, and the stage in which it stands under them. */
export interface ComplaintRules {
  /** In the version to which the track is pinned, whatever is in force for new complaints. */
  readonly procedure: Procedure;
  readonly stage: string;
}

/** `not_found` is the one answer for every receipt that opens nothing. In the order of the tracks on the page of the complaint. */
export type ComplaintRulesResult =
  { readonly ok: true; readonly tracks: readonly ComplaintRules[] } | { readonly ok: false; readonly code: 'not_found' };

/**
 * Reads the rules under which a complaint goes on, for whoever holds its receipt. Opens nothing of the complaint, so nothing is marked as read and nothing is
 * written into the record.
 */
@Injectable()
export class ReadComplaintRules {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: FilingSecrets,
    private readonly rules: RuleBook,
  ) {}

  async run({ digits }: Pick<ReceiptVisit, 'digits'>): Promise<ComplaintRulesResult> {
    return inTransaction(this.dataSource, async (tx): Promise<ComplaintRulesResult> => {
      const shown = await showCase(tx, this.secrets, digits);
      const tracks = await listShownTracks(tx);
      if (shown === undefined) {
        return { ok: false, code: 'not_found' };
      }
      return { ok: true, tracks: await this.#rulesOf(tx, tracks) };
    });
  }

  async #rulesOf(
    tx: EntityManager,
    tracks: readonly { readonly procedureVersionId: string; readonly stage: string }[],
  ): Promise<readonly ComplaintRules[]> {
    const found: ComplaintRules[] = [];
    for (const { procedureVersionId, stage } of tracks) {
      found.push({ procedure: await this.rules.procedure(tx, procedureVersionId), stage });
    }
    return found;
  }
}
