import type { Scope } from '@recourse/domain';
import type { EntityManager } from 'typeorm';

import { approvalIsOverdue, PAUSE_WITHOUT_END, PAUSE_WITHOUT_REASON } from './open-work';
import { formatQueueCursor, parseQueueCursor } from './queue-cursor';
import type { QueueRow } from './queue.store';
import { scopeWhere } from './scope-where';

/** Which page of the board's lists, for whom. */
export interface BoardQuery {
  readonly scope: Scope;
  readonly now: Date;
  /** Clocks that have waited since then, or for longer, have waited too long. */
  readonly pausedBefore: Date;
  /** `next` of the page before. A text that is no cursor gives the first page. */
  readonly after?: string;
  /** Rows, at least 1. */
  readonly limit: number;
}

/** What the board shows of the track behind a line. Nothing sealed. */
export type BoardRow = Pick<
  QueueRow,
  | 'trackId'
  | 'reference'
  | 'procedureVersionId'
  | 'procedure'
  | 'stage'
  | 'teamId'
  | 'country'
  | 'kind'
  | 'companyId'
  | 'companyName'
  | 'assigneeId'
  | 'assigneeName'
>;

/** A clock that waits too long. */
export interface LongPauseRow extends BoardRow {
  /** Code of the clock. */
  readonly clock: string;
  readonly calendar: string;
  readonly pausedAt: Date;
  /** Code of the action that paused it. */
  readonly pauseReasonCode: string | null;
  /** When it goes on by itself. */
  readonly pauseUntil: Date | null;
  /** Nothing would ever bring it back to a person. */
  readonly isEndless: boolean;
}

/** A request for a second person that was not answered in time. */
export interface OverdueApprovalRow extends BoardRow {
  readonly approvalId: string;
  readonly action: string;
  readonly requestedById: string;
  readonly requestedByName: string;
  readonly requestedAt: Date;
  readonly answerDueAt: Date;
}

/** One page and where the next begins; `next` is absent on the last one. */
interface BoardRows<Row> {
  readonly rows: readonly Row[];
  readonly next?: string;
}

/** A list of the board: from which open rows, in which order. */
interface BoardList {
  readonly from: string;
  readonly where: (params: unknown[]) => string;
  /** Columns besides those of {@link BoardRow}. */
  readonly columns: string;
  readonly orderedBy: string;
  readonly id: string;
}

const TRACK = `t.id AS "trackId", c.reference, t.procedure_version_id AS "procedureVersionId", t.procedure, t.stage, t.team_id AS "teamId", c.country,
  c.kind, c.company_id AS "companyId", o.name AS "companyName", t.assignee_id AS "assigneeId", h.display_name AS "assigneeName"`;
const JOINED = `JOIN case_file c ON c.id = t.case_id LEFT JOIN company o ON o.id = c.company_id LEFT JOIN staff_member h ON h.id = t.assignee_id`;

/** Clocks of open tracks that wait too long: since `pausedBefore`, or with nothing that ends it, or with no reason. */
const longPauses = ({ pausedBefore }: Pick<BoardQuery, 'pausedBefore'>): BoardList => ({
  from: 'deadline d JOIN track t ON t.id = d.track_id AND t.closed_at IS NULL',
  where: (params) =>
    `d.state = 'paused' AND (d.paused_at <= $${params.push(pausedBefore)} OR (${PAUSE_WITHOUT_REASON}) OR (${PAUSE_WITHOUT_END}))`,
  columns: `d.kind AS clock, d.calendar, d.paused_at AS "pausedAt", d.pause_reason_code AS "pauseReasonCode", d.pause_until AS "pauseUntil",
    (${PAUSE_WITHOUT_END}) AS "isEndless"`,
  orderedBy: 'd.paused_at',
  id: 'd.id',
});

const overdueApprovals = ({ now }: Pick<BoardQuery, 'now'>): BoardList => ({
  from: 'approval_request a JOIN track t ON t.id = a.track_id AND t.closed_at IS NULL JOIN staff_member q ON q.id = a.requested_by',
  where: (params) => approvalIsOverdue(`$${params.push(now)}`),
  columns: `a.id AS "approvalId", a.action, a.requested_by AS "requestedById", q.display_name AS "requestedByName", a.requested_at AS "requestedAt",
    a.answer_due_at AS "answerDueAt"`,
  orderedBy: 'a.answer_due_at',
  id: 'a.id',
});

/** One page of the clocks that wait too long, the longest first. Keyset; reads open clocks that wait, however many have ended. */
export async function listLongPauses(tx: EntityManager, query: BoardQuery): Promise<BoardRows<LongPauseRow>> {
  return page(tx, longPauses(query), query);
}

/** One page of the requests that were not answered in time, the latest first. Keyset; reads requests that wait, however many were answered. */
export async function listOverdueApprovals(tx: EntityManager, query: BoardQuery): Promise<BoardRows<OverdueApprovalRow>> {
  return page(tx, overdueApprovals(query), query);
}

/** How many {@link listLongPauses} lists, up to `cap`. */
export async function countLongPauses(tx: EntityManager, query: Omit<BoardQuery, 'after' | 'limit'>, cap: number): Promise<number> {
  return count(tx, longPauses(query), query.scope, cap);
}

/** How many {@link listOverdueApprovals} lists, up to `cap`. */
export async function countOverdueApprovals(tx: EntityManager, query: Omit<BoardQuery, 'after' | 'limit'>, cap: number): Promise<number> {
  return count(tx, overdueApprovals(query), query.scope, cap);
}

async function page<Row extends BoardRow>(
  tx: EntityManager,
  list: BoardList,
  { scope, after, limit }: BoardQuery,
): Promise<BoardRows<Row>> {
  const params: unknown[] = [limit + 1];
  const conditions = [list.where(params), scopeCondition(scope, params)];
  const cursor = after === undefined ? undefined : parseQueueCursor(after);
  if (cursor !== undefined) {
    params.push(cursor.at, cursor.id);
    conditions.push(`(${list.orderedBy}, ${list.id}) > ($${params.length - 1}::timestamptz, $${params.length}::uuid)`);
  }
  const found = await tx.query<(Row & { cursorAt: string; cursorId: string })[]>(
    `SELECT ${TRACK}, ${list.columns}, ${list.orderedBy}::text AS "cursorAt", ${list.id} AS "cursorId"
     FROM ${list.from} ${JOINED} WHERE ${conditions.join(' AND ')} ORDER BY ${list.orderedBy}, ${list.id} LIMIT $1`,
    params,
  );
  const last = found[limit - 1];
  const rows = found.slice(0, limit).map(({ cursorAt: _at, cursorId: _id, ...row }) => row as unknown as Row);
  return found.length > limit && last !== undefined
    ? { rows, next: formatQueueCursor({ at: last.cursorAt, id: last.cursorId }) }
    : { rows };
}

async function count(tx: EntityManager, list: BoardList, scope: Scope, cap: number): Promise<number> {
  const params: unknown[] = [cap];
  const where = `${list.where(params)} AND ${scopeCondition(scope, params)}`;
  const [row] = await tx.query<{ count: number }[]>(
    `SELECT count(*)::int FROM (SELECT FROM ${list.from} WHERE ${where} LIMIT $1) counted`,
    params,
  );
  return row?.count ?? 0;
}

function scopeCondition(scope: Scope, params: unknown[]): string {
  const condition = scopeWhere(scope, 't', params.length + 1);
  params.push(...condition.params);
  return condition.sql;
}
