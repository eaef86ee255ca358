import type { QueueFilter, QueueItem, QueuePage } from '@recourse/cases';
import type { Say } from '@recourse/web';
import type { CodeWord } from '../case/code-word';
import { outcomeWord } from '../case/outcome-word';
import { worded } from '../case/worded';
import { dueState, type DueState } from '../case/due-state';
import { queueFilters } from './queue.query';

/** One row of the list, as the template receives it. */
export interface QueueRow {
  readonly reference: string;
  readonly href: string;
  /** Undefined when its rules cannot be read. */
  readonly stage: string | undefined;
  readonly kind: string;
  readonly country: string | undefined;
  readonly company: string | undefined;
  readonly language: string;
  readonly receivedAt: Date;
  readonly assignee: string | undefined;
  /** `YYYY-MM-DD`, as the calendar of the clock counts its days. */
  readonly nextDueOn: string | undefined;
  /** Where the hour matters too. */
  readonly nextDueAt: Date | undefined;
  readonly due: DueState;
  readonly isNew: boolean;
  readonly outcome: string | undefined;
}

/** What the queue's template receives. */
export interface QueueModel {
  readonly tabs: readonly {
    readonly filter: QueueFilter;
    readonly href: string;
    readonly text: string;
    readonly count: number;
    readonly current: boolean;
  }[];
  readonly rows: readonly QueueRow[];
  readonly filter: QueueFilter;
  readonly nextHref: string | undefined;
  readonly isFirstPage: boolean;
}

/** Who reads it, and when. */
export interface Reader {
  readonly language: string;
  readonly now: Date;
  readonly say: Say;
  readonly word: CodeWord;
}

/** The queue as a page: pure, from what the use case listed. */
export function queueModel(page: QueuePage, filter: QueueFilter, after: string | undefined, reader: Reader): QueueModel {
  return {
    tabs: queueFilters.map((one) => ({
      filter: one,
      href: `/cases?show=${one}`,
      text: reader.say(`casework-queue.tabs.${one}`),
      count: page.counts[one],
      current: one === filter,
    })),
    rows: page.items.map((item) => queueRow(item, reader)),
    filter,
    nextHref: page.next === undefined ? undefined : `/cases?show=${filter}&after=${encodeURIComponent(page.next)}`,
    isFirstPage: after === undefined,
  };
}

function queueRow(item: QueueItem, { language, now, word }: Reader): QueueRow {
  return {
    reference: item.reference,
    href: `/cases/${item.reference}`,
    stage: item.stageName && worded(item.stageName, language),
    kind: word('kind', item.kind),
    country: item.country,
    company: item.company?.name,
    language: item.language,
    receivedAt: item.receivedAt,
    assignee: item.assignee?.displayName,
    nextDueOn: item.nextDueOn,
    nextDueAt: item.nextDueWithinTheDay === true ? item.nextDueAt : undefined,
    due: item.isLate ? 'late' : dueState(item.nextDueAt, now),
    isNew: item.hasNews,
    outcome: outcomeWord(item, language, word),
  };
}
