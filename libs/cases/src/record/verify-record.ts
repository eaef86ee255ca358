import { Injectable } from '@nestjs/common';
import {
  findCase,
  findCaseByReference,
  findChainHead,
  findStaffChainHead,
  listCalendarVersions,
  listCaseIds,
  listChain,
  listCountedVersions,
  listProcedureVersions,
  listStaffChain,
  type ChainHead,
  type ChainLink,
} from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { changedRules, type ChangedRules } from './changed-rules';
import { firstBreak, type Break } from './chain-hash';

/** The first place where the record of a case does not hold. */
export interface ChainBreak extends Break {
  readonly reference: string;
}

/** What was checked, and every chain that is broken with its first break. */
export interface VerifyRecordResult {
  readonly ok: boolean;
  readonly cases: number;
  readonly events: number;
  readonly breaks: readonly ChainBreak[];
  /** The record of accounts and teams, and where it ends, to be kept outside of the database; absent when one case was asked for. */
  readonly staff?: { readonly events: number; readonly end?: ChainHead; readonly break?: Break };
  /** How many published versions of procedures and calendars there are, and which are not what was published; absent when one case was asked for. */
  readonly rules?: { readonly versions: number; readonly changed: readonly ChangedRules[] };
}

const PAGE = 500;

/**
 * Recomputes every chain outside the database: one for each case, and the one of accounts and teams. Needs the owner's role, which alone sees the heads of the
 * chains. Break kinds: `gap`, a number is missing; `link`, an event does not follow the one before; `content`, an event was changed; `head`,
 * events are missing at the end; `beyond`, events were added after the end.
 *
 * The published procedures and calendars are compared with their hashes and their names too, and none of them may be missing.
 *
 * Whoever owns the server can cut the end off and set the head back to where it was then. Only what was noted outside of the database shows that: `end`.
 */
@Injectable()
export class VerifyRecord {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * @param input.reference to check one case only; one that does not exist gives `cases: 0`
   * @param input.end where the record of accounts and teams ended when it was last verified: it must still be there as it was
   */
  async run(input: { readonly reference?: string; readonly end?: ChainHead } = {}): Promise<VerifyRecordResult> {
    const tally = { cases: 0, events: 0, breaks: [] as ChainBreak[] };
    for await (const caseId of this.cases(input.reference)) {
      const head = await findChainHead(this.dataSource.manager, caseId);
      const chain = await listChain(this.dataSource.manager, caseId);
      const found = firstBreak(chain, head, await laterHead(chain, head, () => findChainHead(this.dataSource.manager, caseId)));
      tally.cases += 1;
      tally.events += chain.length;
      if (found !== undefined) {
        const file = await findCase(this.dataSource.manager, caseId);
        tally.breaks.push({ reference: file?.reference ?? caseId, ...found });
      }
    }
    const holds = tally.breaks.length === 0;
    if (input.reference !== undefined) {
      return { ok: holds, ...tally };
    }
    const staff = await this.staff(input.end);
    const rules = await this.rules();
    return { ok: holds && staff.break === undefined && rules.changed.length === 0, ...tally, staff, rules };
  }

  /** The record says under which rules a case ran, and its clocks by which calendar they were counted; so these belong to it. */
  private async rules(): Promise<NonNullable<VerifyRecordResult['rules']>> {
    const procedures = await listProcedureVersions(this.dataSource.manager);
    const calendars = await listCalendarVersions(this.dataSource.manager);
    const counted = await listCountedVersions(this.dataSource.manager);
    return { versions: procedures.length + calendars.length, changed: changedRules(procedures, calendars, counted) };
  }

  private async staff(end: ChainHead | undefined): Promise<NonNullable<VerifyRecordResult['staff']>> {
    const { manager } = this.dataSource;
    const head = await findStaffChainHead(manager);
    const chain: ChainLink[] = [];
    for (let page: readonly ChainLink[] | undefined; page === undefined || page.length === PAGE;) {
      page = await listStaffChain(manager, chain.at(-1)?.seq ?? 0, PAGE);
      chain.push(...page);
    }
    const found = firstBreak(chain, head, await laterHead(chain, head, () => findStaffChainHead(manager))) ?? cutBefore(chain, end);
    const last = chain.at(-1);
    return {
      events: chain.length,
      ...(last === undefined ? {} : { end: { lastSeq: last.seq, lastHash: last.hash } }),
      ...(found === undefined ? {} : { break: found }),
    };
  }

  private async *cases(reference: string | undefined): AsyncGenerator<string> {
    if (reference !== undefined) {
      const found = await findCaseByReference(this.dataSource.manager, reference);
      yield* found === undefined ? [] : [found.id];
      return;
    }
    let page: readonly string[] = [];
    do {
      page = await listCaseIds(this.dataSource.manager, page.at(-1), PAGE);
      yield* page;
    } while (page.length === PAGE);
  }
}

/** The head once more when the chain goes on after it: somebody may have appended between the two readings. */
async function laterHead(
  chain: readonly ChainLink[],
  head: ChainHead | undefined,
  read: () => Promise<ChainHead | undefined>,
): Promise<ChainHead | undefined> {
  return head === undefined || chain.length <= head.lastSeq ? head : read();
}

/** A chain must still hold where it ended before. */
function cutBefore(chain: readonly ChainLink[], end: ChainHead | undefined): Break | undefined {
  const holds = end === undefined || end.lastSeq === 0 || chain[end.lastSeq - 1]?.hash.equals(end.lastHash) === true;
  return holds ? undefined : { seq: Math.min(end.lastSeq, chain.length + 1), kind: 'head' };
}
