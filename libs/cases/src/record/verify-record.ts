import { Injectable } from '@nestjs/common';

/** The first place where the record of a case does not hold. */
export interface ChainBreak {
  readonly reference: string;
  readonly seq: number;
  /** `gap`: a number is missing; `link`: the event does not follow the one before; `content`: it was changed; `head`: events at the end are missing. */
  readonly kind: 'gap' | 'link' | 'content' | 'head';
}

/** What was checked, and every case whose chain is broken with its first break. */
export interface VerifyRecordResult {
  readonly ok: boolean;
  readonly cases: number;
  readonly events: number;
  readonly breaks: readonly ChainBreak[];
}

/** Recomputes the chain of every case outside the database. */
@Injectable()
export class VerifyRecord {
  /** @param input `reference` to check one case only */
  async run(input: { readonly reference?: string }): Promise<VerifyRecordResult> {
    throw new Error(`not written yet (${input.reference ?? 'all'})`);
  }
}
