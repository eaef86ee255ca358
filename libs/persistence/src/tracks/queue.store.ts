import type { Scope } from '@recourse/domain';
import type { EntityManager } from 'typeorm';

import { UNHELD } from './open-work';
import { formatQueueCursor, parseQueueCursor } from './queue-cursor';
import { scopeParts, scopeWhere } from './scope-where';

/**
 * A part of the queue: `new` has news, `mine` is given to the actor, `due` runs out soon, `late` has run out, `all` is open, `closed`.
 */
export type QueuePart = 'new' | 'mine' | 'due' | 'late' | 'all' | 'closed';

/** Every part, in the order in which pages show them. */
export const QUEUE_PARTS: readonly QueuePart[] = ['new', 'mine', 'due', 'late', 'all', 'closed'];

/** What can be listed of tracks in this order: the queue, and of the board what is `coming`, its word for `due`, and what is `unheld`. */
export type TrackPart = QueuePart | 'coming' | 'unheld';

/** What the queue shows of a track. Nothing sealed. */
export interface QueueRow {
  readonly trackId: string;
  readonly caseId: string;
  readonly reference: string;
  readonly procedureVersionId: string;
  readonly procedure: string;
  readonly stage: string;
  readonly revision: number;
  readonly teamId: string;
  readonly receivedAt: Date;
  readonly stageEnteredAt: Date;
  readonly closedAt: Date | null;
  readonly outcome: string | null;
  readonly nextDueAt: Date | null;
  /** Code of the calendar of the clock that is due next: its days are the days to show. */
  readonly nextDueCalendar: string | null;
  /** Code of that clock. */
  readonly nextDueClock: string | null;
  /** The end that it missed before it was given more time. */
  readonly nextDueMissedAt: Date | null;
  readonly hasNews: boolean;
  readonly channel: string;
  readonly language: string;
  readonly country: string | null;
  readonly kind: string;
  readonly anonymity: string;
  readonly companyId: string | null;
  readonly companyName: string | null;
  readonly assigneeId: string | null;
  readonly assigneeName: string | null;
}

/** Which page of which part, for whom. */
export interface QueueQuery {
  readonly scope: Scope;
  readonly part: TrackPart;
  /** The actor, for `mine`. */
  readonly staffId: string;
  /** For `late`, `due` and `coming`. */
  readonly now: Date;
  /** For `due` and `coming`: what runs out until then and is not late. */
  readonly dueUntil: Date;
  /** `next` of the page before. A text that is no cursor gives the first page. */
  readonly after?: string;
  /** Rows, at least 1. */
  readonly limit: number;
}

/** One page and where the next begins; `next` is absent on the last one. */
export interface QueuePageRows {
  readonly rows: readonly QueueRow[];
  readonly next?: string;
}

const DUE = `coalesce(t.next_due_at, 'infinity'::timestamptz)`;

/**
 * One page of the queue: open tracks by what is due first, closed ones by what closed last. Keyset, so that page 1,000 costs what page 1 does;
 * each team of the scope gives its rows out of an index in order.
 */
export async function listQueue(tx: EntityManager, query: QueueQuery): Promise<QueuePageRows> {
  const params: unknown[] = [query.limit + 1];
  const branches = scopeParts(query.scope).map((scope) => `(${branchOf(query, scope, params)})`);
  if (branches.length === 0) {
    return { rows: [] };
  }
  const direction = query.part === 'closed' ? 'DESC' : 'ASC';
  const found = await tx.query<(QueueRow & { orderedBy?: string })[]>(
    `SELECT t.id AS "trackId", t.case_id AS "caseId", c.reference, t.procedure_version_id AS "procedureVersionId", t.procedure, t.stage,
            t.revision, t.team_id AS "teamId", c.received_at AS "receivedAt", t.stage_entered_at AS "stageEnteredAt",
            t.closed_at AS "closedAt", t.outcome, t.next_due_at AS "nextDueAt", d.calendar AS "nextDueCalendar",
            d.kind AS "nextDueClock", d.missed_at AS "nextDueMissedAt", t.has_news AS "hasNews", c.channel, c.language, c.country,
            c.kind, c.anonymity, c.company_id AS "companyId", o.name AS "companyName", t.assignee_id AS "assigneeId",
            s.display_name AS "assigneeName", t.ordered_by::text AS "orderedBy"
     FROM (SELECT * FROM (${branches.join(' UNION ALL ')}) part ORDER BY ordered_by ${direction}, id ${direction} LIMIT $1) t
     JOIN case_file c ON c.id = t.case_id
     LEFT JOIN LATERAL (SELECT r.calendar, r.kind, r.missed_at FROM deadline r WHERE r.track_id = t.id AND r.state = 'running' ORDER BY r.due_at, r.id LIMIT 1) d ON true
     LEFT JOIN company o ON o.id = c.company_id
     LEFT JOIN staff_member s ON s.id = t.assignee_id
     ORDER BY t.ordered_by ${direction}, t.id ${direction}`,
    params,
  );
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  const rows = page.map(({ orderedBy: _, ...row }) => row);
  return found.length > query.limit && last?.orderedBy !== undefined
    ? { rows, next: formatQueueCursor({ at: last.orderedBy, id: last.trackId }) }
    : { rows };
}

/**
 * How many tracks each part has, counted up to `cap` (a page says “999+” then): the work is bounded however many closed cases there are.
 * @param parts which
 * @param cap largest number to count to
 */
export async function countQueue<Part extends TrackPart>(
  tx: EntityManager,
  query: Omit<QueueQuery, 'part' | 'after' | 'limit'>,
  parts: readonly Part[],
  cap: number,
): Promise<Readonly<Record<Part, number>>> {
  const params: unknown[] = [cap];
  const scopes = scopeParts(query.scope);
  const counts = parts.map((part) => {
    // Team by team: with team_id = ANY the planner scans (measured at a million cases: 330 ms for the six counts of five teams, 5 so).
    const branches = scopes.map((scope) => {
      const where = `${scopeCondition(scope, params)} AND ${partCondition({ ...query, part }, params)}`;
      return `(SELECT FROM track t WHERE ${where} LIMIT $1)`;
    });
    const rows = branches.length === 0 ? 'SELECT LIMIT 0' : branches.join(' UNION ALL ');
    return `(SELECT least(count(*), $1)::int FROM (${rows}) counted) AS "${part}"`;
  });
  const [row] = await tx.query<Record<Part, number>[]>(`SELECT ${counts.join(', ')}`, params);
  if (row === undefined) {
    throw new Error('a SELECT of counts gave no row');
  }
  return row;
}

function branchOf(query: QueueQuery, scope: Scope, params: unknown[]): string {
  const isClosed = query.part === 'closed';
  const orderedBy = isClosed ? 't.closed_at' : DUE;
  const conditions = [scopeCondition(scope, params), partCondition(query, params)];
  const cursor = query.after === undefined ? undefined : parseQueueCursor(query.after);
  if (cursor !== undefined) {
    params.push(cursor.at, cursor.id);
    conditions.push(`(${orderedBy}, t.id) ${isClosed ? '<' : '>'} ($${params.length - 1}::timestamptz, $${params.length}::uuid)`);
  }
  const direction = isClosed ? 'DESC' : 'ASC';
  return `SELECT t.*, ${orderedBy} AS ordered_by FROM track t WHERE ${conditions.join(' AND ')}
          ORDER BY ${orderedBy} ${direction}, t.id ${direction} LIMIT $1`;
}

function scopeCondition(scope: Scope, params: unknown[]): string {
  const condition = scopeWhere(scope, 't', params.length + 1);
  params.push(...condition.params);
  return condition.sql;
}

function partCondition(query: Pick<QueueQuery, 'part' | 'staffId' | 'now' | 'dueUntil'>, params: unknown[]): string {
  const parameter = (value: unknown): string => `$${params.push(value)}`;
  switch (query.part) {
    case 'new':
      return 't.closed_at IS NULL AND t.has_news';
    case 'mine':
      return `t.closed_at IS NULL AND t.assignee_id = ${parameter(query.staffId)}`;
    case 'late':
      return `t.closed_at IS NULL AND ${DUE} <= ${parameter(query.now)}`;
    case 'due':
    case 'coming': {
      const now = parameter(query.now);
      return `t.closed_at IS NULL AND ${DUE} > ${now} AND ${DUE} <= ${parameter(query.dueUntil)}`;
    }
    case 'unheld':
      return `t.closed_at IS NULL AND ${UNHELD}`;
    case 'all':
      return 't.closed_at IS NULL';
    case 'closed':
      return 't.closed_at IS NOT NULL';
  }
}
