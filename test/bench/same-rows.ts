import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { BenchHouse } from './bench-house';

/** How fast the same rows are committed by somebody who does nothing else. */
export interface PlainCommits {
  /** With what. */
  readonly with: 'pgbench' | 'pg';
  /** One transaction of one INSERT for each table, as a script for pgbench is usually written. */
  readonly perSecond: number;
  /** One INSERT for the case and one statement for all other rows, as we write them ourselves: the least that a client can do. */
  readonly perSecondTogether: number;
}

/** In the order of their foreign keys. What the database fills in by itself (`filed_in`, the chain) is left to it. */
const TABLES: readonly (readonly [table: string, columns: readonly string[]])[] = [
  [
    'case_file',
    ['id', 'reference', 'received_at', 'channel', 'language', 'answer_language', 'country', 'kind', 'anonymity', 'desk_team_id'],
  ],
  ['receipt', ['lookup', 'case_id', 'public_key', 'created_at']],
  ['filing', ['idempotency_lookup', 'body_check', 'case_id', 'receipt_lookup', 'created_at']],
  ['case_key_grant', ['id', 'case_id', 'key_version', 'holder_kind', 'holder_id', 'sealed_key', 'granted_at']],
  ['intake_item', ['id', 'case_id', 'kind', 'channel', 'received_at', 'sealed_answers']],
  ['party', ['id', 'case_id', 'role', 'sealed_name', 'created_at']],
  ['contact_route', ['id', 'case_id', 'kind', 'sealed_address', 'language', 'neutral', 'active', 'created_at']],
  [
    'track',
    [
      'id',
      'case_id',
      'procedure_version_id',
      'procedure',
      'stage',
      'revision',
      'team_id',
      'opened_at',
      'stage_entered_at',
      'next_due_at',
      'has_news',
    ],
  ],
  ['deadline', ['id', 'track_id', 'case_id', 'kind', 'stage', 'calendar', 'started_at', 'due_at', 'level', 'next_fire_at', 'state']],
  ['case_event', ['id', 'case_id', 'track_id', 'type', 'payload', 'sealed_payload', 'actor_kind', 'occurred_at']],
  ['outbox_message', ['id', 'topic', 'payload', 'created_at', 'available_at']],
];

/** Values that differ from complaint to complaint; everything else is written as it was captured, byte for byte. */
type Fresh = 'id' | 'case' | 'track' | 'reference' | 'lookup' | 'filing';

/** One cell: a captured value as an SQL literal, or a fresh one. */
type Cell = { readonly literal: string } | { readonly fresh: Fresh };

interface Rows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A statement with the names `:case` and `:track` in it, and which of the two it gives. */
interface Step {
  readonly sql: string;
  readonly gives?: 'case' | 'track';
}

/**
 * Writes the rows of one real complaint again and again: same tables, columns and sizes, one transaction each, prepared, triggers included. With
 * pgbench where there is one (it is not among the binaries that come from npm), otherwise with the driver that we use ourselves, which takes
 * processor time away from the server: then the figure is lower, and ours looks better than it is.
 * @param clients connections at the same time
 * @param seconds for each of the two ways
 */
export async function commitsPerSecond(house: BenchHouse, clients: number, seconds: number): Promise<PlainCommits> {
  const captured = await capture(house);
  const [plain, together] = [plainSteps(captured), togetherSteps(captured)];
  const perSecond = pgbench(house.plainUrl, plain, clients, seconds);
  if (perSecond !== undefined) {
    return { with: 'pgbench', perSecond, perSecondTogether: pgbench(house.plainUrl, together, clients, seconds) ?? Number.NaN };
  }
  return {
    with: 'pg',
    perSecond: await withDriver(house.plainUrl, plain, clients, seconds),
    perSecondTogether: await withDriver(house.plainUrl, together, clients, seconds),
  };
}

/** The rows of the complaint that was filed last. */
async function capture(house: BenchHouse): Promise<readonly Rows[]> {
  const [last] = await house.query<{ id: string }>('SELECT id FROM case_file ORDER BY received_at DESC, id DESC LIMIT 1');
  const [track] = await house.query<{ id: string }>('SELECT id FROM track WHERE case_id = $1', [last?.id]);
  const captured: Rows[] = [];
  for (const [table, columns] of TABLES) {
    const where =
      table === 'outbox_message'
        ? `payload ->> 'caseId' = $1 OR payload ->> 'deadlineId' IN (SELECT id::text FROM deadline WHERE case_id = $1::uuid)`
        : `${table === 'case_file' ? 'id' : 'case_id'}::text = $1`;
    const cells = columns.map((column) => `quote_nullable(${column}::text)`).join(', ');
    const rows = await house.query<{ cells: string[] }>(`SELECT ARRAY[${cells}] AS cells FROM ${table} WHERE ${where}`, [last?.id]);
    if (rows.length === 0) continue;
    captured.push({
      table,
      columns,
      rows: rows.map((row) => row.cells.map((literal, index) => cellOf(table, columns[index] ?? '', literal, track?.id))),
    });
  }
  return captured;
}

function cellOf(table: string, column: string, literal: string, trackId: string | undefined): Cell {
  if (column === 'case_id' || (table === 'case_file' && column === 'id')) return { fresh: 'case' };
  if (literal === `'${trackId ?? ''}'`) return { fresh: 'track' };
  if (column === 'id') return { fresh: 'id' };
  if (column === 'reference') return { fresh: 'reference' };
  if (column === 'lookup' || column === 'receipt_lookup') return { fresh: 'lookup' };
  if (column === 'idempotency_lookup') return { fresh: 'filing' };
  return { literal };
}

const REFERENCE = `'PL-' || upper(encode(substring(uuid_send(gen_random_uuid()) FOR 6), 'hex'))`;

/** One INSERT a table. The ids of case and track come from the server, in the step that writes them. */
function plainSteps(captured: readonly Rows[]): readonly Step[] {
  return captured.map((rows): Step => {
    if (rows.table === 'case_file') return { sql: `${insertOf(rows, { case: 'uuidv7()' })} RETURNING id AS case`, gives: 'case' };
    if (rows.table === 'track') return { sql: `${insertOf(rows, { track: 'uuidv7()' })} RETURNING id AS track`, gives: 'track' };
    return { sql: insertOf(rows) };
  });
}

/**
 * The case, then everything else in one statement: the trigger that chains the record looks for the case, and a statement does not see rows of its
 * own. Our own way of writing.
 */
function togetherSteps(captured: readonly Rows[]): readonly Step[] {
  const [first, ...others] = plainSteps(captured);
  const parts = captured.slice(1).map((rows, index) => `part_${index} AS (${insertOf(rows, { track: '(SELECT t FROM made)' })})`);
  const all = `WITH made AS MATERIALIZED (SELECT uuidv7() AS t), ${parts.join(', ')} SELECT 1`;
  return first === undefined || others.length === 0 ? [] : [first, { sql: all }];
}

function insertOf({ table, columns, rows }: Rows, over: Partial<Record<Fresh, string>> = {}): string {
  const fresh = { ...FRESH, ...over };
  const values = rows.map((cells) => `(${cells.map((cell) => ('literal' in cell ? cell.literal : fresh[cell.fresh])).join(', ')})`);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values.join(', ')}`;
}

const FRESH: Readonly<Record<Fresh, string>> = {
  id: 'uuidv7()',
  case: ':case::uuid',
  track: ':track::uuid',
  reference: REFERENCE,
  lookup: 'sha256(uuid_send(:case::uuid))',
  filing: 'sha256(sha256(uuid_send(:case::uuid)))',
};

/** @returns transactions a second; undefined when there is no pgbench */
function pgbench(url: string, steps: readonly Step[], clients: number, seconds: number): number | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-plain-'));
  try {
    const file = join(folder, 'script.sql');
    const lines = steps.map(({ sql, gives }) => (gives === undefined ? `${sql};` : `${sql} \\gset`));
    writeFileSync(file, ['BEGIN;', ...lines, 'COMMIT;', ''].join('\n'));
    const options = ['--no-vacuum', '--protocol=prepared', `--client=${clients}`, '--jobs=2', `--time=${seconds}`, `--file=${file}`];
    const ran = spawnSync('pgbench', [...options, url], { encoding: 'utf8' });
    if (ran.error !== undefined) return undefined;
    const [, perSecond] = /tps = ([\d.]+)/.exec(ran.stdout) ?? [];
    if (ran.status !== 0 || perSecond === undefined) throw new Error(`pgbench failed: ${ran.stderr.slice(-2_000)}`);
    return Number(perSecond);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withDriver(url: string, steps: readonly Step[], clients: number, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  const commits = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client({ connectionString: url });
      await client.connect();
      let count = 0;
      for (; performance.now() < end; count += 1) await commitOnce(client, steps);
      await client.end();
      return count;
    }),
  );
  return commits.reduce((sum, count) => sum + count, 0) / seconds;
}

async function commitOnce(client: Client, steps: readonly Step[]): Promise<void> {
  const known: Record<string, string> = {};
  await client.query('BEGIN');
  for (const [index, { sql, gives }] of steps.entries()) {
    const names = [...new Set(sql.match(/:(case|track)(?=::uuid)/g) ?? [])];
    const text = names.reduce((written, name, place) => written.replaceAll(`${name}::uuid`, `$${place + 1}::uuid`), sql);
    const values = names.map((name) => known[name.slice(1)]);
    const { rows } = await client.query<Record<string, string>>({ name: `step-${index}`, text, values });
    if (gives !== undefined) known[gives] = rows[0]?.[gives] ?? '';
  }
  await client.query('COMMIT');
}
