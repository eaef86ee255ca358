import { Injectable } from '@nestjs/common';
import { clockName, mayLearnOfSetAside, type Procedure, type Wording } from '@recourse/domain';
import { listSetAside, SET_ASIDE_WORK, type SetAsideRow, type SetAsideWork } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { pageSize } from '../desk/list-queue';
import { RuleBook } from '../procedures/rule-book';
import type { StaffIdentity } from '../staff/signed-in-staff';

/** What {@link ListSetAside} needs. */
export interface ListSetAsideInput {
  readonly actor: StaffIdentity;
  /** `next` of the page before; a text that is not one gives the first page. */
  readonly after?: string;
  /** Rows a page, 1–200; 50 when absent. */
  readonly limit?: number;
}

/** A clock or a task that the machine gave up, a case key that no key of its team opened, or a team's key that did not open for a member. Nothing sealed, nothing that anybody wrote. */
export interface SetAsideItem {
  readonly work: SetAsideWork;
  readonly id: string;
  /** Code of the clock, topic of the task, or code of the team; of a team's key with the sign-in name of whose it is. */
  readonly code: string;
  /** Of a clock: as its procedure calls it for staff. Absent where the procedure cannot be read, which may be why the clock was given up. */
  readonly name?: Wording;
  readonly setAsideAt: Date;
  /** How often it was tried. */
  readonly attempts: number;
  /** Class of the last error, a code; absent where it was given up before codes were kept. */
  readonly errorCode?: string;
  /** Of its case; absent for a task that belongs to none. */
  readonly reference?: string;
}

/** True for a kind of work that can be set aside: for what an address names. */
export function isSetAsideWork(work: string): work is SetAsideWork {
  return (SET_ASIDE_WORK as readonly string[]).includes(work);
}

/** One page, the longest set aside first. */
export interface SetAsidePage {
  readonly items: readonly SetAsideItem[];
  /** Give it as `after` for the next page; absent on the last one. */
  readonly next?: string;
}

/** Shows what the machine gave up and somebody has to look at, to whom the access policy lets learn of it. */
@Injectable()
export class ListSetAside {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  async run({ actor, after, limit }: ListSetAsideInput): Promise<SetAsidePage> {
    if (!mayLearnOfSetAside(actor)) {
      return { items: [] };
    }
    const { rows, next } = await listSetAside(this.dataSource.manager, after, pageSize(limit));
    const procedures = await this.rules.readable(
      this.dataSource.manager,
      rows.flatMap(({ procedureVersionId }) => procedureVersionId ?? []),
    );
    const items = rows.map((row) => itemOf(row, procedures.get(row.procedureVersionId ?? '')));
    return { items, ...(next === undefined ? {} : { next }) };
  }
}

/** @param procedure absent where there is none, or it cannot be gone by: this page is for what went wrong, so that must not close it */
function itemOf({ errorCode, reference, procedureVersionId: _, ...row }: SetAsideRow, procedure: Procedure | undefined): SetAsideItem {
  return {
    ...row,
    ...(procedure && { name: clockName(procedure, row.code) }),
    ...(errorCode === null ? {} : { errorCode }),
    ...(reference === null ? {} : { reference }),
  };
}
