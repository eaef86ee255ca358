import { aDeadline, type CaseWithTrack, type Desk, insertCaseWithTrack, insertDesk, ROW_INSTANT, testDatabase } from '@recourse/testing';
import type { DataSource } from 'typeorm';

import { inTransaction } from '../database/in-transaction';
import type { Deadline } from './deadline.entity';
import {
  changeDeadline,
  claimDueDeadline,
  claimDueDeadlines,
  countLateDeadlines,
  findDeadline,
  findNextFiringAt,
  insertDeadline,
  listDeadlinesFiringUntil,
  lockOpenDeadlines,
  moveDeadlines,
  noteDeadlineFailure,
} from './deadline.store';
import { lockTrack } from './track.store';

const database = testDatabase();
let worker: DataSource;
let casework: DataSource;
let owner: DataSource;
let desk: Desk;

const NOW = new Date(ROW_INSTANT.getTime() + 30 * 24 * 3_600_000);
const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);

beforeAll(async () => {
  owner = await database.dataSource('owner');
  worker = await database.dataSource('worker');
  casework = await database.dataSource('casework');
  desk = await inTransaction(owner, insertDesk);
});

beforeEach(async () => {
  await owner.query('DELETE FROM deadline');
});

/** A case with one clock that fires so many minutes before NOW. */
async function clockFiring(minutes: number, given: Partial<Deadline> = {}): Promise<CaseWithTrack & { deadline: Deadline }> {
  return inTransaction(owner, async (tx) => {
    const theCase = await insertCaseWithTrack(tx, desk);
    const deadline = aDeadline({ caseId: theCase.caseFile.id, trackId: theCase.track.id, nextFireAt: minutesAgo(minutes), ...given });
    await insertDeadline(tx, deadline);
    return { ...theCase, deadline };
  });
}

const fire = (tx: Parameters<Parameters<typeof inTransaction>[1]>[0], seen: Deadline): Promise<boolean> =>
  changeDeadline(tx, seen, { level: seen.level + 1, nextFireAt: null });

describe('clocks', () => {
  it('are claimed in the order in which they fire, and only when due', async () => {
    const clocks = [await clockFiring(5), await clockFiring(50), await clockFiring(0), await clockFiring(-1), await clockFiring(20)];
    await clockFiring(70, { state: 'paused', pausedAt: NOW, remainingMs: 1, nextFireAt: null });
    await clockFiring(70, { state: 'met', finishedAt: NOW, nextFireAt: null });
    await clockFiring(70, { setAsideAt: NOW });
    const claimed = await inTransaction(worker, (tx) => claimDueDeadlines(tx, NOW, 10));
    expect(claimed.map(({ id }) => id)).toEqual([1, 4, 0, 2].map((index) => clocks[index]?.deadline.id));
  });

  it('are claimed while they are paused, when the pause has an end and it is over', async () => {
    const until = minutesAgo(3);
    const { deadline } = await clockFiring(3, { state: 'paused', pausedAt: minutesAgo(90), pauseUntil: until, remainingMs: 1 });
    const claimed = await inTransaction(worker, (tx) => claimDueDeadlines(tx, NOW, 10));
    expect(claimed).toMatchObject([{ id: deadline.id, state: 'paused', pauseUntil: until }]);
  });

  it.each([
    ['has ended', { state: 'met', finishedAt: NOW }],
    ['waits without an end', { state: 'paused', pausedAt: NOW, remainingMs: 1 }],
  ] as const)('never come up again by a mistake: the database refuses a next moment for one that %s', async (_, given) => {
    await expect(clockFiring(5, given)).rejects.toMatchObject({ driverError: { constraint: 'deadline_next_fire_at_ck' } });
  });

  it('give all of their columns, bigint as a number', async () => {
    const { deadline } = await clockFiring(1, { remainingMs: 9_007_199_254_740_991, level: 3 });
    expect(await inTransaction(worker, (tx) => claimDueDeadlines(tx, NOW, 10))).toEqual([deadline]);
    expect(await inTransaction(worker, (tx) => findDeadline(tx, deadline.id))).toEqual(deadline);
  });

  it('are each fired once by four workers who claim at the same time, until none is left', async () => {
    const clocks = await Promise.all(Array.from({ length: 60 }, (_, index) => clockFiring(index)));
    const fired: string[] = [];
    const work = async (): Promise<void> => {
      for (let isEmpty = false; !isEmpty;) {
        const claimed = await inTransaction(worker, async (tx) => {
          const due = await claimDueDeadlines(tx, NOW, 7);
          for (const deadline of due) {
            expect(await fire(tx, deadline)).toBe(true);
          }
          return due;
        });
        fired.push(...claimed.map(({ id }) => id));
        isEmpty = claimed.length === 0;
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    await work();
    expect([...fired].sort()).toEqual(clocks.map(({ deadline }) => deadline.id).sort());
    expect(await inTransaction(worker, (tx) => countLateDeadlines(tx, NOW))).toEqual({ due: 0, setAside: 0 });
  });

  it('of two workers give each its own while both transactions are open', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, index) => clockFiring(index)));
    await inTransaction(worker, async (first) => {
      const mine = await claimDueDeadlines(first, NOW, 6);
      await inTransaction(worker, async (second) => {
        const theirs = await claimDueDeadlines(second, NOW, 6);
        expect([mine.length, theirs.length]).toEqual([6, 4]);
        expect(new Set([...mine, ...theirs].map(({ id }) => id)).size).toBe(10);
      });
    });
  });

  it('of a track that an officer is working on are skipped, not waited for, and come later', async () => {
    const { deadline, track } = await clockFiring(3);
    await inTransaction(casework, async (officer) => {
      await lockTrack(officer, track.id);
      expect(await inTransaction(worker, (tx) => claimDueDeadlines(tx, NOW, 10))).toEqual([]);
      expect(await inTransaction(worker, (tx) => claimDueDeadline(tx, deadline.id, NOW))).toBeUndefined();
    });
    expect(await inTransaction(worker, (tx) => claimDueDeadline(tx, deadline.id, NOW))).toMatchObject({ id: deadline.id });
  });

  it('claimed one by one are given only when due', async () => {
    const { deadline } = await clockFiring(-5);
    expect(await inTransaction(worker, (tx) => claimDueDeadline(tx, deadline.id, NOW))).toBeUndefined();
    expect(await inTransaction(worker, (tx) => claimDueDeadline(tx, deadline.id, minutesAgo(-5)))).toMatchObject({ id: deadline.id });
  });

  it('refuse a change by whoever saw another level or state', async () => {
    const { deadline } = await clockFiring(1);
    await inTransaction(worker, async (tx) => {
      expect(await fire(tx, deadline)).toBe(true);
      expect(await fire(tx, deadline)).toBe(false);
      expect(await changeDeadline(tx, { id: deadline.id, level: 1, state: 'paused' }, { state: 'running' })).toBe(false);
    });
  });

  it('whose firing failed step back for a while, and aside when it keeps failing, so that the others go on', async () => {
    const { deadline: bad } = await clockFiring(9);
    const { deadline: good } = await clockFiring(1);
    await inTransaction(worker, async (tx) => {
      expect(await noteDeadlineFailure(tx, bad.id, minutesAgo(-1), { code: 'unexpected' })).toBe(1);
      expect((await claimDueDeadlines(tx, NOW, 10)).map(({ id }) => id)).toEqual([good.id]);
      expect((await claimDueDeadlines(tx, minutesAgo(-1), 10)).map(({ id }) => id)).toEqual([good.id, bad.id]);
      expect(await noteDeadlineFailure(tx, bad.id, NOW, { code: 'unexpected', setAsideAt: NOW })).toBe(2);
      expect((await claimDueDeadlines(tx, minutesAgo(-9), 10)).map(({ id }) => id)).toEqual([good.id]);
      expect(await countLateDeadlines(tx, NOW)).toEqual({ due: 1, setAside: 1 });
    });
  });

  it('that fired are moved together, forget their failures, and are left alone when they changed meanwhile', async () => {
    const [{ deadline: fired }, { deadline: changed }, { deadline: last }] = [
      await clockFiring(3),
      await clockFiring(2),
      await clockFiring(1),
    ];
    await inTransaction(worker, async (tx) => {
      await noteDeadlineFailure(tx, fired.id, NOW, { code: 'unexpected' });
      await fire(tx, changed);
      const before = await findDeadline(tx, changed.id);
      const move = ({ id, level }: Deadline, nextFireAt: Date | null) => ({ id, seenLevel: level, level: level + 2, nextFireAt });
      expect(await moveDeadlines(tx, [move(fired, minutesAgo(-7)), move(changed, NOW), move(last, null)])).toBe(2);
      expect(await findDeadline(tx, fired.id)).toMatchObject({ level: fired.level + 2, nextFireAt: minutesAgo(-7), failureCount: 0 });
      expect(await findDeadline(tx, changed.id)).toEqual(before);
      expect(await findDeadline(tx, last.id)).toMatchObject({ level: last.level + 2, nextFireAt: null });
      expect(await moveDeadlines(tx, [])).toBe(0);
    });
  });

  it('that have not ended are locked with their track for whoever changes it', async () => {
    const { deadline, track } = await clockFiring(1);
    await clockFiring(1);
    await inTransaction(casework, async (tx) => {
      await lockTrack(tx, track.id);
      expect(await lockOpenDeadlines(tx, track.id)).toEqual([deadline]);
      await changeDeadline(tx, deadline, { state: 'met', finishedAt: NOW, nextFireAt: null });
      expect(await lockOpenDeadlines(tx, track.id)).toEqual([]);
    });
  });

  it('are planned ahead in pages', async () => {
    const clocks = await Promise.all([1, 2, 3, 4, 5].map((minutes) => clockFiring(minutes)));
    expect(await inTransaction(worker, findNextFiringAt)).toEqual(minutesAgo(5));
    await inTransaction(worker, async (tx) => {
      const seen: string[] = [];
      let after: { id: string; nextFireAt: Date } | undefined;
      do {
        const page = await listDeadlinesFiringUntil(tx, minutesAgo(2), 3, after);
        seen.push(...page.map(({ id }) => id));
        after = page.at(-1);
      } while (after !== undefined);
      expect(seen).toEqual([4, 3, 2, 1].map((index) => clocks[index]?.deadline.id));
    });
  });

  it('are claimed out of an index and not by a scan of the table', async () => {
    await Promise.all(Array.from({ length: 30 }, () => clockFiring(-600)));
    await owner.query('ANALYZE deadline');
    const plan = await inTransaction(owner, async (tx) => {
      await tx.query('SET LOCAL enable_seqscan = off');
      return tx.query<{ 'QUERY PLAN': string }[]>(
        `EXPLAIN SELECT d.id FROM deadline d JOIN track t ON t.id = d.track_id
         WHERE d.state = 'running' AND d.set_aside_at IS NULL AND d.next_fire_at <= now()
         ORDER BY d.next_fire_at, d.id LIMIT 10 FOR NO KEY UPDATE OF d, t SKIP LOCKED`,
      );
    });
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toContain('Index Scan using deadline_due_idx');
    expect(text).not.toContain('Sort');
  });
});
