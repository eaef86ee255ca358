import type { Scope } from '@recourse/domain';
import { aStaffMember, type Desk, insertCaseWithTrack, insertDesk, ROW_INSTANT, testDatabase } from '@recourse/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';

import { inTransaction } from '../database/in-transaction';
import { insertStaffMember } from '../institution/staff.store';
import { countQueue, listQueue, QUEUE_PARTS, type QueuePart, type QueueQuery } from './queue.store';
import type { Track } from './track.entity';

const database = testDatabase();
let casework: DataSource;
let mine: Desk;
let second: Desk;
let foreign: Desk;
const officer = aStaffMember();
const NOW = new Date(ROW_INSTANT.getTime() + 10 * 24 * 3_600_000);
const days = (count: number): Date => new Date(NOW.getTime() + count * 24 * 3_600_000);

/** The tracks of this file: two teams of the officer's, one that is not. */
const OPEN: readonly Partial<Track>[] = [
  ...Array.from({ length: 12 }, (_, index) => ({ nextDueAt: days(index - 3), hasNews: index % 2 === 0 })),
  // Equal instants: the id decides, and a page may end between them.
  ...Array.from({ length: 5 }, () => ({ nextDueAt: days(1), hasNews: false, assigneeId: officer.id })),
  ...Array.from({ length: 4 }, () => ({ nextDueAt: null, hasNews: false })),
];
const CLOSED: readonly Partial<Track>[] = Array.from({ length: 6 }, (_, index) => ({
  closedAt: days(-(index % 3)),
  outcome: 'remedied',
  hasNews: false,
}));

beforeAll(async () => {
  const owner = await database.dataSource('owner');
  casework = await database.dataSource('casework');
  await inTransaction(owner, async (tx) => {
    await insertStaffMember(tx, officer);
    [mine, second, foreign] = [await insertDesk(tx), await insertDesk(tx), await insertDesk(tx)];
    for (const desk of [mine, second, foreign]) {
      for (const track of [...OPEN, ...CLOSED]) {
        await insertCaseWithTrack(tx, desk, track);
      }
    }
  });
});

const scopeOf = (...desks: Desk[]): Scope => ({ kind: 'teams', staffId: officer.id, teamIds: desks.map(({ team }) => team.id) });
const query = (given: Partial<QueueQuery>): QueueQuery => ({
  scope: scopeOf(mine, second),
  part: 'all',
  staffId: officer.id,
  now: NOW,
  dueUntil: days(7),
  limit: 7,
  ...given,
});

/** Every page, one after the other. */
async function allPages(given: Partial<QueueQuery>): Promise<{ readonly ids: readonly string[]; readonly pages: number }> {
  const ids: string[] = [];
  let after: string | undefined;
  let pages = 0;
  do {
    const page = await inTransaction(casework, (tx) => listQueue(tx, query(after === undefined ? given : { ...given, after })));
    ids.push(...page.rows.map(({ trackId }) => trackId));
    after = page.next;
    pages += 1;
  } while (after !== undefined);
  return { ids, pages };
}

/** What a plain query without pages says. */
async function expected(part: string, order: string, ...desks: Desk[]): Promise<readonly string[]> {
  const owner = await database.dataSource('owner');
  const rows = await owner.query<{ id: string }[]>(`SELECT id FROM track WHERE team_id = ANY ($1) AND ${part} ORDER BY ${order}`, [
    desks.map(({ team }) => team.id),
  ]);
  return rows.map(({ id }) => id);
}

describe('the queue', () => {
  const wheres: Readonly<Record<QueuePart, string>> = {
    new: 'closed_at IS NULL AND has_news',
    mine: `closed_at IS NULL AND assignee_id = '${officer.id}'`,
    due: `closed_at IS NULL AND next_due_at > '${NOW.toISOString()}' AND next_due_at <= '${days(7).toISOString()}'`,
    late: `closed_at IS NULL AND next_due_at <= '${NOW.toISOString()}'`,
    all: 'closed_at IS NULL',
    closed: 'closed_at IS NOT NULL',
  };

  it.each(QUEUE_PARTS)('gives part "%s" page by page, each track once, in order', async (part) => {
    const order = part === 'closed' ? 'closed_at DESC, id DESC' : 'next_due_at ASC NULLS LAST, id';
    const { ids, pages } = await allPages({ part, limit: 3 });
    const wanted = await expected(wheres[part], order, mine, second);
    expect(wanted.length).toBeGreaterThan(3);
    expect(ids).toEqual(wanted);
    expect(pages).toBe(Math.ceil(wanted.length / 3));
  });

  it('loses and repeats nothing when instants have microseconds', async () => {
    const owner = await database.dataSource('owner');
    await owner.query(
      `UPDATE track SET next_due_at = next_due_at + (random() * 900)::int * interval '1 microsecond' WHERE next_due_at IS NOT NULL`,
    );
    const { ids } = await allPages({ limit: 1 });
    expect(ids).toEqual(await expected('closed_at IS NULL', 'next_due_at ASC NULLS LAST, id', mine, second));
    await owner.query(`UPDATE track SET next_due_at = date_trunc('milliseconds', next_due_at) WHERE next_due_at IS NOT NULL`);
  });

  it('shows who sees nothing nothing, and one team only its own', async () => {
    for (const scope of [
      { kind: 'nothing' },
      scopeOf(),
      { kind: 'everything' } as unknown as Scope,
      {} as unknown as Scope,
    ] satisfies Scope[]) {
      expect(await inTransaction(casework, (tx) => listQueue(tx, query({ scope })))).toEqual({ rows: [] });
      const counts = await inTransaction(casework, (tx) => countQueue(tx, query({ scope }), QUEUE_PARTS, 100));
      expect(Object.values(counts)).toEqual([0, 0, 0, 0, 0, 0]);
    }
    const { ids } = await allPages({ scope: scopeOf(foreign) });
    expect(ids).toEqual(await expected('closed_at IS NULL', 'next_due_at ASC NULLS LAST, id', foreign));
  });

  it('does not list a track twice when a team is named twice', async () => {
    const { ids } = await allPages({ scope: scopeOf(mine, mine) });
    expect(ids).toHaveLength(OPEN.length);
  });

  it('counts what it lists, up to a cap', async () => {
    const counts = await inTransaction(casework, (tx) => countQueue(tx, query({}), QUEUE_PARTS, 1000));
    for (const part of QUEUE_PARTS) {
      expect([part, counts[part]]).toEqual([part, (await allPages({ part, limit: 50 })).ids.length]);
    }
    expect(await inTransaction(casework, (tx) => countQueue(tx, query({}), QUEUE_PARTS, 5))).toMatchObject({ all: 5, closed: 5 });
  });

  it('tells what a row needs to be shown', async () => {
    const { rows } = await inTransaction(casework, (tx) => listQueue(tx, query({ part: 'mine', limit: 1 })));
    expect(rows).toEqual([
      expect.objectContaining({
        reference: expect.stringMatching(/^RC-/),
        procedure: 'remedy',
        stage: 'received',
        revision: 1,
        assigneeName: officer.displayName,
        nextDueAt: days(1),
        hasNews: false,
        closedAt: null,
        companyName: null,
        receivedAt: ROW_INSTANT,
      }),
    ]);
    expect(rows[0]).not.toHaveProperty('orderedBy');
  });

  it('starts from the first page for a cursor that is none', async () => {
    const first = await inTransaction(casework, (tx) => listQueue(tx, query({})));
    for (const after of [
      '',
      'x',
      Buffer.from(`infinity|${v7()}'--`).toString('base64url'),
      Buffer.from('2026-99-99 00:00:00+00|').toString('base64url'),
    ]) {
      expect(await inTransaction(casework, (tx) => listQueue(tx, query({ after })))).toEqual(first);
    }
  });

  it('reads a page of one team out of its index, in order', async () => {
    const owner = await database.dataSource('owner');
    const explain = await inTransaction(owner, async (tx) => {
      await tx.query('SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off');
      return tx.query<{ 'QUERY PLAN': string }[]>(
        `EXPLAIN SELECT * FROM track t WHERE t.team_id = '${mine.team.id}' AND t.closed_at IS NULL
         AND (coalesce(t.next_due_at, 'infinity'::timestamptz), t.id) > ('2026-03-05', '${mine.team.id}')
         ORDER BY coalesce(t.next_due_at, 'infinity'::timestamptz), t.id LIMIT 50`,
      );
    });
    const text = explain.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toContain('track_open_team_due_idx');
    expect(text).not.toContain('Sort');
  });
});
