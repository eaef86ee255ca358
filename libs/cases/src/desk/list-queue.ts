import { Injectable } from '@nestjs/common';
import type { SignedInStaff } from '../staff/signed-in-staff';
import type { Wording } from '../wording';

/** Which part of the queue: what has news, what is mine, what is due within a week or late, all that is open, what is closed. */
export type QueueFilter = 'new' | 'mine' | 'due' | 'late' | 'all' | 'closed';

/** What {@link ListQueue} needs. */
export interface ListQueueInput {
  readonly actor: SignedInStaff;
  readonly filter: QueueFilter;
  /** `next` of the page before; a text that is not one gives the first page. */
  readonly after?: string;
  /** Rows a page, 1–200; 50 when absent. */
  readonly limit?: number;
  readonly now: Date;
}

/** One track in the queue. Nothing sealed is in it. */
export interface QueueItem {
  readonly reference: string;
  readonly trackId: string;
  readonly procedure: string;
  readonly stage: string;
  readonly stageName: Wording;
  readonly revision: number;
  readonly receivedAt: Date;
  readonly stageEnteredAt: Date;
  readonly channel: string;
  readonly language: string;
  readonly country?: string;
  readonly kind: string;
  readonly anonymity: string;
  readonly company?: { readonly id: string; readonly name: string };
  readonly assignee?: { readonly id: string; readonly displayName: string };
  /** When the next clock runs out; absent when every clock waits or the track is closed. */
  readonly nextDueAt?: Date;
  readonly isLate: boolean;
  readonly hasNews: boolean;
  readonly closed: boolean;
  readonly outcome?: string;
}

/** One page of the queue, soonest due first, and the counts of each filter. */
export interface QueuePage {
  readonly items: readonly QueueItem[];
  /** Give it as `after` for the next page; absent on the last one. */
  readonly next?: string;
  readonly counts: Readonly<Record<QueueFilter, number>>;
}

/** Lists the tracks the actor may see. */
@Injectable()
export class ListQueue {
  async run(input: ListQueueInput): Promise<QueuePage> {
    throw new Error(`not written yet (${input.filter})`);
  }
}
