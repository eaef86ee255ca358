import type { RecordedEvent } from '@recourse/domain';
import type { DataSource } from 'typeorm';

/** One row, or what the record tells of it. Instants are ISO 8601, UTC. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a case that its record tells of, by table and id; without what is sealed, what never changes, and what is only planned. */
export type CaseRows = Readonly<Record<Table, Readonly<Record<string, Row>>>>;

/** Tables that change while a case is handled. `company` holds those that the case is about. */
export const TABLES = ['track', 'deadline', 'approval_request', 'message', 'company'] as const;
/** One of {@link TABLES}. */
export type Table = (typeof TABLES)[number];

/** When a track and its clocks want to be looked at: follows from rows and rules, and no event tells of it. */
export interface Plans {
  readonly nextDueAt: Readonly<Record<string, Date | null>>;
  readonly nextFireAt: Readonly<Record<string, Date | null>>;
}

/** An event with its place in the chain. */
export type ChainedEvent = RecordedEvent & { readonly id: string; readonly seq: number; readonly prevHash: Buffer; readonly hash: Buffer };

/** What is asked of the worker, and whom a notification is for. */
export interface Errand {
  readonly id: string;
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly writtenAt: Date;
  /** Of a notification that waits. */
  readonly notice: { readonly kind: string; readonly recipientId: string; readonly state: string } | null;
}

const UNTOLD: Readonly<Record<Exclude<Table, 'company'>, readonly string[]>> = {
  track: ['id', 'case_id', 'procedure_version_id', 'team_id', 'has_news', 'news_read_at', 'next_due_at'],
  deadline: ['id', 'case_id', 'calendar', 'calendar_version', 'next_fire_at', 'failure_count', 'last_error_code', 'set_aside_at'],
  approval_request: ['id', 'case_id', 'answer_due_at', 'calendar_version', 'sealed_content'],
  message: ['id', 'case_id', 'sealed_body'],
};

const rowsOf = (table: keyof typeof UNTOLD): string =>
  `'${table}', (SELECT coalesce(jsonb_object_agg(id, to_jsonb(r) - '{${UNTOLD[table].join(',')}}'::text[]), '{}') FROM ${table} r WHERE case_id = $1)`;

const ROWS = `SELECT jsonb_build_object(
  ${Object.keys(UNTOLD)
    .map((table) => rowsOf(table as keyof typeof UNTOLD))
    .join(',\n  ')},
  'company', (SELECT coalesce(jsonb_object_agg(p.company_id, jsonb_build_object('current', p.company_id = f.company_id)), '{}')
              FROM party p JOIN case_file f ON f.id = p.case_id WHERE p.case_id = $1 AND p.role = 'respondent' AND p.company_id IS NOT NULL)
) AS rows,
  (SELECT jsonb_object_agg(id, next_due_at) FROM track WHERE case_id = $1) AS due,
  (SELECT coalesce(jsonb_object_agg(id, next_fire_at), '{}') FROM deadline WHERE case_id = $1) AS fire`;

/** Reads the case as it is stored. As the owner: nobody opens it. */
export async function readRows(owner: DataSource, caseId: string): Promise<{ readonly rows: CaseRows; readonly plans: Plans }> {
  const [found] = await owner.query<{ rows: CaseRows; due: Row; fire: Row }[]>(ROWS, [caseId]);
  if (!found) throw new Error('nothing was read');
  const rows = Object.fromEntries(
    TABLES.map((table) => [table, Object.fromEntries(Object.entries(found.rows[table]).map(([id, row]) => [id, withInstants(row)]))]),
  ) as CaseRows;
  return { rows, plans: { nextDueAt: datesIn(found.due), nextFireAt: datesIn(found.fire) } };
}

function withInstants(row: Row): Row {
  const isInstant = (column: string, value: unknown): value is string => typeof value === 'string' && /_(at|until)$/.test(column);
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, isInstant(column, value) ? new Date(value).toISOString() : value]),
  );
}

function datesIn(row: Row): Readonly<Record<string, Date | null>> {
  return Object.fromEntries(Object.entries(row).map(([id, at]) => [id, typeof at === 'string' ? new Date(at) : null]));
}

/** What was appended to the record after this place. */
export function readEvents(owner: DataSource, caseId: string, afterSeq: number): Promise<readonly ChainedEvent[]> {
  return owner.query<ChainedEvent[]>(
    `SELECT id, seq, type, payload, track_id AS "trackId", actor_kind AS "actorKind", actor_id AS "actorId", occurred_at AS "occurredAt",
            prev_hash AS "prevHash", hash FROM case_event WHERE case_id = $1 AND seq > $2 ORDER BY seq`,
    [caseId, afterSeq],
  );
}

/** What was asked of the worker after this. Ids go up with time, and nobody else is at work. */
export function readErrands(owner: DataSource, afterId: string): Promise<readonly Errand[]> {
  return owner.query<Errand[]>(
    `SELECT o.id, o.topic, o.payload, o.created_at AS "writtenAt",
            CASE WHEN n.id IS NULL THEN NULL ELSE jsonb_build_object('kind', n.kind, 'recipientId', n.recipient_id, 'state', n.state) END AS notice
     FROM outbox_message o LEFT JOIN notification n ON n.id::text = o.payload ->> 'notificationId' WHERE o.id > $1 ORDER BY o.id`,
    [afterId],
  );
}
