import {
  aDeadline,
  anEvent,
  aStaffMember,
  type CaseWithTrack,
  type Desk,
  insertCaseWithTrack,
  insertDesk,
  testDatabase,
} from '@recourse/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';

import { inTransaction } from '../database/in-transaction';
import { insertStaffMember } from '../institution/staff.store';
import { appendToOutbox } from '../outbox/outbox.store';
import { appendEvent } from '../record/case-event.store';
import { insertDeadline } from './deadline.store';
import { findTrack, listVisibleTracksOfCase, lockTrack, moveTrack, refreshNextDueAt, setTrackNews } from './track.store';

const database = testDatabase();
let owner: DataSource;
let casework: DataSource;
let desk: Desk;
let given: CaseWithTrack;

beforeAll(async () => {
  owner = await database.dataSource('owner');
  casework = await database.dataSource('casework');
  desk = await inTransaction(owner, insertDesk);
});

beforeEach(async () => {
  given = await inTransaction(casework, (tx) => insertCaseWithTrack(tx, desk));
});

describe('a track', () => {
  it('moves for one of twenty officers who saw the same revision: one event, one outbox row, 19 refusals', async () => {
    const officer = aStaffMember();
    await inTransaction(owner, (tx) => insertStaffMember(tx, officer));
    const caseId = given.caseFile.id;
    const trackId = given.track.id;
    const act = (): Promise<boolean> =>
      inTransaction(casework, async (tx) => {
        if (!(await moveTrack(tx, trackId, 1, { stage: 'acknowledged', stageEnteredAt: new Date(), hasNews: false }))) {
          return false;
        }
        await appendEvent(tx, anEvent({ caseId, trackId, type: 'action_performed', actorKind: 'staff', actorId: officer.id }));
        await appendToOutbox(tx, { id: v7(), topic: 'complainant_to_be_told', payload: { caseId }, createdAt: new Date() });
        return true;
      });
    const answers = await Promise.all(Array.from({ length: 20 }, act));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await inTransaction(owner, (tx) => findTrack(tx, trackId))).toMatchObject({
      stage: 'acknowledged',
      revision: 2,
      hasNews: false,
    });
    const [counts] = await owner.query<Record<string, number>[]>(
      `SELECT (SELECT count(*)::int FROM case_event WHERE case_id = $1) AS events,
              (SELECT count(*)::int FROM outbox_message WHERE payload->>'caseId' = $1::text) AS outbox`,
      [caseId],
    );
    expect(counts).toEqual({ events: 1, outbox: 1 });
  });

  it('moves once for twenty who lock it and compare the revision themselves', async () => {
    const act = (): Promise<boolean> =>
      inTransaction(casework, async (tx) => {
        const track = await lockTrack(tx, given.track.id);
        return track?.revision === 1 && moveTrack(tx, track.id, 1, { stage: 'screening' });
      });
    const answers = await Promise.all(Array.from({ length: 20 }, act));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('refuses a revision that was never there', async () => {
    expect(await inTransaction(casework, (tx) => moveTrack(tx, given.track.id, 7, { stage: 'closed' }))).toBe(false);
    expect(await inTransaction(casework, (tx) => moveTrack(tx, v7(), 1, { stage: 'closed' }))).toBe(false);
  });

  it('can be handed back to nobody', async () => {
    const officer = aStaffMember();
    await inTransaction(owner, (tx) => insertStaffMember(tx, officer));
    await inTransaction(casework, (tx) => moveTrack(tx, given.track.id, 1, { assigneeId: officer.id }));
    await inTransaction(casework, (tx) => moveTrack(tx, given.track.id, 2, { assigneeId: null }));
    expect(await inTransaction(casework, (tx) => findTrack(tx, given.track.id))).toMatchObject({ assigneeId: null, revision: 3 });
  });

  it('takes its next due date from its running clocks only', async () => {
    const at = (day: number): Date => new Date(Date.UTC(2026, 3, day));
    const common = { caseId: given.caseFile.id, trackId: given.track.id };
    await inTransaction(casework, async (tx) => {
      await insertDeadline(tx, aDeadline({ ...common, dueAt: at(9) }));
      await insertDeadline(tx, aDeadline({ ...common, dueAt: at(5) }));
      await insertDeadline(tx, aDeadline({ ...common, dueAt: at(1), state: 'paused', pausedAt: at(1), remainingMs: 5, nextFireAt: null }));
      await insertDeadline(tx, aDeadline({ ...common, dueAt: at(2), state: 'met', finishedAt: at(2), nextFireAt: null }));
      await refreshNextDueAt(tx, given.track.id);
      expect(await findTrack(tx, given.track.id)).toMatchObject({ nextDueAt: at(5), revision: 1 });
      await tx.query(
        `UPDATE deadline SET state = 'cancelled', finished_at = now(), paused_at = NULL, next_fire_at = NULL WHERE track_id = $1`,
        [given.track.id],
      );
      await refreshNextDueAt(tx, given.track.id);
      expect(await findTrack(tx, given.track.id)).toMatchObject({ nextDueAt: null });
    });
  });

  it('marks news without touching the revision, and says whether that was a change', async () => {
    await inTransaction(casework, async (tx) => {
      expect(await setTrackNews(tx, given.track.id, false)).toBe(true);
      expect(await setTrackNews(tx, given.track.id, false)).toBe(false);
      expect(await findTrack(tx, given.track.id)).toMatchObject({ hasNews: false, revision: 1 });
    });
  });

  it('is there for its own team and does not exist for others', async () => {
    const scopes = [
      [{ kind: 'teams', staffId: v7(), teamIds: [desk.team.id] }, 1],
      [{ kind: 'teams', staffId: v7(), teamIds: [v7(), desk.team.id] }, 1],
      [{ kind: 'teams', staffId: v7(), teamIds: [v7()] }, 0],
      [{ kind: 'teams', staffId: v7(), teamIds: [] }, 0],
      [{ kind: 'nothing' }, 0],
    ] as const;
    for (const [scope, count] of scopes) {
      expect(await inTransaction(casework, (tx) => listVisibleTracksOfCase(tx, given.caseFile.id, scope))).toHaveLength(count);
    }
  });
});

describe('inTransaction', () => {
  it('rolls back what a throwing transaction did', async () => {
    await expect(
      inTransaction(casework, async (tx) => {
        await moveTrack(tx, given.track.id, 1, { stage: 'screening' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await inTransaction(casework, (tx) => findTrack(tx, given.track.id))).toMatchObject({ stage: 'received', revision: 1 });
  });

  it('takes the content of rows out of errors', async () => {
    const secret = 'a-name-that-must-not-be-logged';
    const error: unknown = await inTransaction(owner, (tx) =>
      tx.query('INSERT INTO team (id, code, name, public_key) VALUES ($1, $2, $2, $3)', [v7(), secret, Buffer.from(secret)]),
    ).catch((caught: unknown) => caught);
    expect(String(error)).toContain('team_public_key_ck');
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
    expect(JSON.stringify(error)).not.toContain(secret);
  });
});
