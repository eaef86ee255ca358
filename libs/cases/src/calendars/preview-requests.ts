import { addDuration, dateOf, type Calendar } from '@recourse/domain';
import { inTransaction, listAwaitedActions, listRequestsFor, type AwaitedAction, type RequestOfCase } from '@recourse/persistence';
import type { DataSource } from 'typeorm';
import type { RuleBook } from '../procedures/rule-book';
import { approvalRuleOf } from './approval-rule';

const PAGE = 500;

/** A request for a second person that would be to be answered on another day. */
export interface MovedRequest {
  readonly reference: string;
  /** Code of the action for which somebody was asked. */
  readonly action: string;
  readonly from: Date;
  readonly to: Date;
  /** The same two as the calendar counts them, `YYYY-MM-DD`. */
  readonly fromOn: string;
  readonly toOn: string;
  /** True when it would wait too long the moment the calendar is published, and does not now. */
  readonly isOverAtOnce: boolean;
}

/** The requests that are counted by a calendar. */
export interface RequestsPreview {
  readonly openRequests: number;
  /** By reference. */
  readonly movedRequests: readonly MovedRequest[];
}

/** Tells which requests for a second person would move by another version of their calendar, as `RecomputeRequests` would move them. Changes nothing. */
export async function previewRequests(dataSource: DataSource, ruleBook: RuleBook, after: Calendar, now: Date): Promise<RequestsPreview> {
  const moved: MovedRequest[] = [];
  let openRequests = 0;
  for (const awaited of await listAwaitedActions(dataSource.manager)) {
    let last: string | undefined;
    let count: number;
    do {
      const page = await inTransaction(dataSource, async (tx) => {
        const rule = await approvalRuleOf(tx, ruleBook, awaited);
        if (rule?.calendar.code !== after.code) {
          return [];
        }
        const requests = await listRequestsFor(tx, awaited, PAGE, last);
        const { within } = rule.approval;
        moved.push(...requests.flatMap((one) => movedRequest(awaited, one, addDuration(one.requestedAt, within, after), after, now) ?? []));
        return requests;
      });
      last = page.at(-1)?.id;
      count = page.length;
      openRequests += count;
    } while (count === PAGE);
  }
  const movedRequests = moved.sort((one, other) => Number(one.reference > other.reference) - Number(one.reference < other.reference));
  return { openRequests, movedRequests };
}

function movedRequest(
  { action }: AwaitedAction,
  { reference, answerDueAt: from }: RequestOfCase,
  to: Date,
  calendar: Calendar,
  now: Date,
): MovedRequest | undefined {
  if (from.getTime() === to.getTime()) {
    return undefined;
  }
  const [fromOn, toOn] = [dateOf(calendar, from), dateOf(calendar, to)];
  return { reference, action, from, to, fromOn, toOn, isOverAtOnce: to <= now && from > now };
}
