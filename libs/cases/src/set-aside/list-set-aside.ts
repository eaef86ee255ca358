import { Injectable } from '@nestjs/common';
import { mayLearnOfSetAside } from '@recourse/domain';
import { listSetAside, SET_ASIDE_WORK, type SetAsideWork } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { pageSize } from '../desk/list-queue';
import type { StaffIdentity } from '../staff/signed-in-staff';

/** What {@link ListSetAside} needs. */
export interface ListSetAsideInput {
  readonly actor: StaffIdentity;
  /** `next` of the page before; a text that is not one gives the first page. */
  readonly after?: string;
  /** Rows a page, 1–200; 50 when absent. */
  readonly limit?: number;
}

/** A clock or a task that the machine gave up, or a case key that no key of its team opened. Nothing sealed, nothing that anybody wrote. */
export interface SetAsideItem {
  readonly work: SetAsideWork;
  readonly id: string;
  /** Code of the clock, topic of the task, or code of the team. */
  readonly code: string;
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
  constructor(private readonly dataSource: DataSource) {}

  async run({ actor, after, limit }: ListSetAsideInput): Promise<SetAsidePage> {
    if (!mayLearnOfSetAside(actor)) {
      return { items: [] };
    }
    const { rows, next } = await listSetAside(this.dataSource.manager, after, pageSize(limit));
    const items = rows.map(({ errorCode, reference, ...row }) => ({
      ...row,
      ...(errorCode === null ? {} : { errorCode }),
      ...(reference === null ? {} : { reference }),
    }));
    return { items, ...(next === undefined ? {} : { next }) };
  }
}
