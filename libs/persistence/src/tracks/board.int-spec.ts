import type { Scope } from '@recourse/domain';
import { aDeadline, aStaffMember, type Desk, insertCaseWithTrack, insertDesk, ROW_INSTANT, testDatabase } from '@recourse/testing';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';

import { inTransaction } from '../database/in-transaction';
import { insertStaffMember } from '../institution/staff.store';
import { insertTeamMember } from '../institution/team.store';
import { insertApprovalRequest } from './approval-request.store';
import { type BoardQuery, countLongPauses, countOverdueApprovals, listLongPauses, listOverdueApprovals } from './board.store';
import { insertDeadline } from './deadline.store';
import { countQueue, listQueue } from './queue.store';
import type { Track } from './track.entity';

const database = testDatabase();
let casework: DataSource;
let mine: Desk;
let second: Desk;
let foreign: Desk;
const holder = aStaffMember();
const leaver = aStaffMember();
const NOW = new Date(ROW_INSTANT.getTime() + 100 * 24 * 3_600_000);
const days = (count: number): Date => new Date(NOW.getTime() + count * 24 * 3_600_000);
const PAUSED = {
  state: 'paused',
  remainingMs: 1_000,
  pauseReasonCode: 'ask_for_information',
  nextFireAt: days(40),
  pauseUntil: days(40),
} as const;

beforeAll(async () => {
  const owner = await database.dataSource('owner');
  casework = await database.dataSource('casework');
  await inTransaction(owner, async (tx) => {
    await insertStaffMember(tx, holder);
    await insertStaffMember(tx, leaver);
    [mine, second, foreign] = [await insertDesk(tx), await insertDesk(tx), await insertDesk(tx)];
    for (const desk of [mine, second, foreign]) {
      await insertTeamMember(tx, { teamId: desk.team.id, staffId: holder.id, teamRole: 'member', sealedTeamKey: Buffer.alloc(1) });
      for (let count = 0; count < 5; count += 1) {
        // The same instant twice: the id decides, and a page may end between them.
        await waits(tx, desk, { pausedAt: days(-40 - (count % 3)) });
        await waits(tx, desk, { pausedAt: days(-40) }, { closedAt: days(-1) });
        await asked(tx, desk, days(-1 - (count % 3)));
        await asked(tx, desk, days(-1), { closedAt: days(-1) });
      }
      await waits(tx, desk, { pausedAt: days(-2) });
      await waits(tx, desk, { pausedAt: days(-2), pauseReasonCode: null });
      await waits(tx, desk, { pausedAt: days(-1), nextFireAt: null, pauseUntil: null });
      await asked(tx, desk, days(1));
    }
  });
}, 60_000);

/** A track, held, with one clock that waits. */
async function waits(
  tx: EntityManager,
  desk: Desk,
  clock: Partial<Parameters<typeof aDeadline>[0]>,
  given: Partial<Track> = {},
): Promise<void> {
  const { caseFile, track } = await insertCaseWithTrack(tx, desk, { assigneeId: holder.id, ...given });
  await insertDeadline(tx, aDeadline({ caseId: caseFile.id, trackId: track.id, ...PAUSED, ...clock }));
}

/** A track, held, with a request for a second person. */
async function asked(tx: EntityManager, desk: Desk, answerDueAt: Date, given: Partial<Track> = {}): Promise<void> {
  const { caseFile, track } = await insertCaseWithTrack(tx, desk, { assigneeId: holder.id, ...given });
  await insertApprovalRequest(tx, {
    id: v7(),
    caseId: caseFile.id,
    trackId: track.id,
    action: 'close_without_remedy',
    stage: 'admissible',
    requestedBy: holder.id,
    requestedAt: days(-10),
    answerDueAt,
    calendarVersion: 1,
    sealedContent: Buffer.alloc(1),
    state: 'waiting',
    answeredBy: null,
    answeredAt: null,
  });
}

const scopeOf = (...desks: Desk[]): Scope => ({ kind: 'teams', staffId: holder.id, teamIds: desks.map(({ team }) => team.id) });
const query = (given: Partial<BoardQuery> = {}): BoardQuery => ({
  scope: scopeOf(mine, second),
  now: NOW,
  pausedBefore: days(-30),
  limit: 50,
  ...given,
});

/** Every page, one after the other. */
async function allPages<Row>(
  list: (tx: EntityManager, query: BoardQuery) => Promise<{ readonly rows: readonly Row[]; readonly next?: string }>,
  given: Partial<BoardQuery>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await inTransaction(casework, (tx) => list(tx, query(after === undefined ? given : { ...given, after })));
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
}

/** How PostgreSQL would carry out the statements of a store, when it may not simply read everything. */
async function plansOf(store: (tx: EntityManager) => Promise<unknown>): Promise<string> {
  const owner = await database.dataSource('owner');
  return inTransaction(owner, async (tx) => {
    await tx.query('SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off');
    const plans: string[] = [];
    const explaining = new Proxy(tx, {
      get: (target, name) =>
        name !== 'query'
          ? (Reflect.get(target, name) as unknown)
          : async (sql: string, params: unknown[]) => {
              const rows = await target.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${sql}`, params);
              plans.push(...rows.map((row) => row['QUERY PLAN']));
              return [];
            },
    });
    await store(explaining);
    return plans.join('\n');
  });
}

describe('clocks that wait too long', () => {
  it('are given page by page, each once, the longest first, with those that nothing ends or explains', async () => {
    const rows = await allPages(listLongPauses, { limit: 3 });
    expect(rows).toHaveLength(2 * 7);
    expect(new Set(rows.map(({ reference }) => reference)).size).toBe(rows.length);
    expect(rows.map(({ pausedAt }) => pausedAt.getTime())).toEqual(rows.map(({ pausedAt }) => pausedAt.getTime()).sort((a, b) => a - b));
    expect(rows.filter(({ pauseReasonCode }) => pauseReasonCode === null)).toHaveLength(2);
    expect(rows.filter(({ isEndless }) => isEndless).map(({ pauseUntil }) => pauseUntil)).toEqual([null, null]);
    expect(rows[0]).toMatchObject({ clock: 'acknowledge', calendar: 'geneva', pausedAt: days(-42), assigneeName: holder.displayName });
    expect(rows[0]).not.toHaveProperty('cursorAt');
  });

  it('are those of the scope, counted up to a cap', async () => {
    const teams = (await allPages(listLongPauses, {})).map(({ teamId }) => teamId);
    expect(new Set(teams)).toEqual(new Set([mine.team.id, second.team.id]));
    expect(await inTransaction(casework, (tx) => countLongPauses(tx, query(), 1_000))).toBe(teams.length);
    expect(await inTransaction(casework, (tx) => countLongPauses(tx, query(), 4))).toBe(4);
    expect(await inTransaction(casework, (tx) => listLongPauses(tx, query({ scope: { kind: 'nothing' } })))).toEqual({ rows: [] });
    expect(await inTransaction(casework, (tx) => countLongPauses(tx, query({ scope: { kind: 'nothing' } }), 9))).toBe(0);
  });

  it('come out of an index of the clocks that wait, in order', async () => {
    const first = await inTransaction(casework, (tx) => listLongPauses(tx, query({ limit: 1 })));
    const text = await plansOf((tx) => listLongPauses(tx, query({ after: first.next ?? '' })));
    expect(text).toContain('deadline_paused_idx');
    expect(text).not.toContain('Seq Scan on deadline');
  });
});

describe('requests that were not answered in time', () => {
  it('are given page by page, each once, the longest over first', async () => {
    const rows = await allPages(listOverdueApprovals, { limit: 3 });
    expect(rows).toHaveLength(2 * 5);
    expect(rows.map(({ answerDueAt }) => answerDueAt.getTime())).toEqual(
      rows.map(({ answerDueAt }) => answerDueAt.getTime()).sort((a, b) => a - b),
    );
    expect(rows[0]).toMatchObject({ action: 'close_without_remedy', requestedByName: holder.displayName, answerDueAt: days(-3) });
    expect(JSON.stringify(rows)).not.toContain('sealed');
  });

  it('are those of the scope, counted', async () => {
    const teams = (await allPages(listOverdueApprovals, {})).map(({ teamId }) => teamId);
    expect(new Set(teams)).toEqual(new Set([mine.team.id, second.team.id]));
    expect(await inTransaction(casework, (tx) => countOverdueApprovals(tx, query(), 1_000))).toBe(teams.length);
    expect(await inTransaction(casework, (tx) => listOverdueApprovals(tx, query({ scope: { kind: 'nothing' } })))).toEqual({ rows: [] });
  });

  it('come out of an index of the requests that wait', async () => {
    const text = await plansOf((tx) => listOverdueApprovals(tx, query()));
    expect(text).toContain('approval_request_overdue_idx');
  });
});

describe('tracks in nobody’s hands', () => {
  const tracks = { scope: scopeOf, part: 'unheld' } as const;
  const unheld = async (): Promise<readonly string[]> => {
    const page = await inTransaction(casework, (tx) =>
      listQueue(tx, { ...query(), scope: tracks.scope(mine), part: tracks.part, staffId: holder.id, dueUntil: days(7) }),
    );
    return page.rows.map(({ trackId }) => trackId);
  };

  it('are those that nobody was given, or somebody who has left', async () => {
    expect(await unheld()).toEqual([]);
    const owner = await database.dataSource('owner');
    const [none, left] = await inTransaction(owner, async (tx) => [
      await insertCaseWithTrack(tx, mine, { nextDueAt: days(1) }),
      await insertCaseWithTrack(tx, mine, { nextDueAt: days(2), assigneeId: leaver.id }),
    ]);
    expect(await unheld()).toEqual([none.track.id, left.track.id]);
    const counts = await inTransaction(casework, (tx) =>
      countQueue(tx, { ...query(), scope: scopeOf(mine), staffId: holder.id, dueUntil: days(7) }, ['unheld', 'coming'], 10),
    );
    expect(counts).toEqual({ unheld: 2, coming: 2 });
    await owner.query('UPDATE staff_member SET active = false WHERE id = $1', [holder.id]);
    expect((await unheld()).length).toBeGreaterThan(10);
    await owner.query('UPDATE staff_member SET active = true WHERE id = $1', [holder.id]);
  });

  it('come out of the index of what is open, in order', async () => {
    const text = await plansOf((tx) =>
      listQueue(tx, { ...query(), scope: scopeOf(mine), part: 'unheld', staffId: holder.id, dueUntil: days(7) }),
    );
    expect(text).toContain('track_open_team_due_idx');
  });
});

describe('what is due soon', () => {
  it('is not late yet', async () => {
    const owner = await database.dataSource('owner');
    const [late, soon] = await inTransaction(owner, async (tx) => [
      await insertCaseWithTrack(tx, second, { nextDueAt: days(-1) }),
      await insertCaseWithTrack(tx, second, { nextDueAt: days(6) }),
      await insertCaseWithTrack(tx, second, { nextDueAt: days(8) }),
    ]);
    const list = async (part: 'late' | 'coming') =>
      (
        await inTransaction(casework, (tx) =>
          listQueue(tx, { ...query(), scope: scopeOf(second), part, staffId: holder.id, dueUntil: days(7) }),
        )
      ).rows.map(({ trackId }) => trackId);
    expect(await list('late')).toEqual([late.track.id]);
    expect(await list('coming')).toEqual([soon.track.id]);
  });
});
