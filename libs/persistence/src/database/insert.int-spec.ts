import { anEvent, aTeam, type CaseWithTrack, type Desk, insertCaseWithTrack, insertDesk, testDatabase } from '@recourse/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';

import { insertTeam, listTeams } from '../institution/team.store';
import { Team } from '../institution/team.entity';
import { appendToOutbox } from '../outbox/outbox.store';
import { appendEvent, listEvents } from '../record/case-event.store';
import { insertRow, insertTogether } from './insert';
import { inTransaction } from './in-transaction';
import { isUniqueViolation } from './postgres-errors';

const database = testDatabase();
let owner: DataSource;
let desk: Desk;
let given: CaseWithTrack;

beforeAll(async () => {
  owner = await database.dataSource('owner');
  desk = await inTransaction(owner, insertDesk);
});

beforeEach(async () => {
  given = await inTransaction(owner, (tx) => insertCaseWithTrack(tx, desk));
});

describe('insertTogether', () => {
  it('keeps the order of the record, whatever stands between and whichever columns the events have', async () => {
    const caseId = given.caseFile.id;
    const types = ['a', 'b', 'c', 'd', 'e', 'f'];
    await inTransaction(owner, (tx) =>
      insertTogether(tx, async () => {
        for (const [index, type] of types.entries()) {
          await appendEvent(
            tx,
            anEvent({
              caseId,
              type,
              trackId: index % 2 === 0 ? given.track.id : null,
              sealedPayload: index % 3 === 0 ? Buffer.from([1, index]) : null,
            }),
          );
          await insertTeam(tx, aTeam());
          await appendToOutbox(tx, { id: v7(), topic: 'complaint_filed', payload: { caseId }, createdAt: new Date() });
        }
      }),
    );
    const events = await inTransaction(owner, (tx) => listEvents(tx, caseId));
    expect(events.map(({ type }) => type)).toEqual(types);
    expect(events.map(({ trackId }) => trackId !== null)).toEqual([true, false, true, false, true, false]);
    expect(events.map(({ sealedPayload }) => sealedPayload?.[1])).toEqual([0, undefined, undefined, 3, undefined, undefined]);
  });

  it('inserts nothing when the work fails, and nothing when there is nothing', async () => {
    const team = aTeam();
    await inTransaction(owner, async (tx) => {
      await expect(
        insertTogether(tx, async () => {
          await insertTeam(tx, team);
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
      expect(await insertTogether(tx, () => Promise.resolve('nothing'))).toBe('nothing');
      expect((await listTeams(tx)).map(({ id }) => id)).not.toContain(team.id);
      await insertTeam(tx, team);
      expect((await listTeams(tx)).map(({ id }) => id)).toContain(team.id);
    });
  });

  it('reports a refused row, and is not to be nested', async () => {
    const failure: unknown = await inTransaction(owner, (tx) =>
      insertTogether(tx, async () => {
        await insertTeam(tx, aTeam());
        await insertTeam(tx, aTeam({ code: desk.team.code }));
      }),
    ).catch((error: unknown) => error);
    expect(isUniqueViolation(failure, 'team_code_uq')).toBe(true);
    expect(isUniqueViolation(failure, 'team_pk')).toBe(false);
    await expect(inTransaction(owner, (tx) => insertTogether(tx, () => insertTogether(tx, () => Promise.resolve())))).rejects.toThrow(
      'inside of',
    );
  });
});

describe('insertRow', () => {
  it('refuses a property that the entity does not have', async () => {
    const row: Team = Object.assign(aTeam(), { nickname: 'x' });
    await expect(inTransaction(owner, (tx) => insertRow(tx, Team, row))).rejects.toThrow('team has no property nickname');
  });
});
