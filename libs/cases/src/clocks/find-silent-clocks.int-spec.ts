import { appendEvent, inTransaction, insertProcedureVersion } from '@recourse/persistence';
import { anEvent, aProcedureVersion, Given, remedyText, testDatabase, type GivenCase } from '@recourse/testing';
import { SILENT_CLOCKS_PAGE } from './find-silent-clocks';
import { FindStuckCases } from './find-stuck-cases';

const MONDAY = new Date('2026-03-02T07:00:00Z');
/** Due at the end of the 9th in Geneva, and five working days later the director is told, as the last. */
const LADDER_ENDED = new Date('2026-03-16T22:59:59.999Z');
const AT_THE_END = 5;

describe('running clocks that nothing will fire any more', () => {
  const database = testDatabase();
  let given: Given;
  beforeAll(async () => {
    given = await Given.in(database, MONDAY);
    const document = (await remedyText()).replace('version: 1', 'version: 2').replace(/^ +repeatEvery: 5 working_days\n/m, '');
    await insertProcedureVersion(given.owner.manager, aProcedureVersion({ version: 2, document }));
  }, 60_000);

  const found = async ({ reference }: GivenCase, now: Date) =>
    (await new FindStuckCases(given.worker, given.institution.rules).run({ now })).filter((one) => one.reference === reference);
  const withEndedLadder = async (): Promise<GivenCase> => {
    const filed = await given.filed({ now: MONDAY });
    await given.owner.query('UPDATE deadline SET level = $2, next_fire_at = NULL WHERE track_id = $1', [filed.trackId, AT_THE_END]);
    return filed;
  };
  const later = (since: Date, days: number, ms = 0) => new Date(since.getTime() + days * 86_400_000 + ms);

  it('are found a week after the last one was told, since then; reading changes nothing, and what staff do gives another week', async () => {
    const filed = await withEndedLadder();
    const { reference, trackId } = filed;
    const told = (since: Date) => [{ kind: 'everybody_told', reference, trackId, since }];
    expect(await found(filed, later(LADDER_ENDED, 7))).toEqual([]);
    expect(await found(filed, later(LADDER_ENDED, 7, 1))).toEqual(told(LADDER_ENDED));
    const [{ caseId } = { caseId: '' }] = await given.owner.query<{ caseId: string }[]>(
      'SELECT case_id AS "caseId" FROM track WHERE id = $1',
      [trackId],
    );
    const event = (type: string, actorKind: 'staff' | 'complainant', occurredAt: Date): Promise<void> => {
      const actorId = actorKind === 'staff' ? given.institution.officer.staffId : null;
      return inTransaction(given.owner, (tx) => appendEvent(tx, anEvent({ caseId, type, actorKind, actorId, occurredAt })));
    };
    await event('sealed_content_opened', 'staff', later(LADDER_ENDED, 2));
    await event('message_received', 'complainant', later(LADDER_ENDED, 2));
    expect(await found(filed, later(LADDER_ENDED, 8))).toEqual(told(LADDER_ENDED));
    await event('message_sent', 'staff', later(LADDER_ENDED, 3));
    expect(await found(filed, later(LADDER_ENDED, 10))).toEqual([]);
    expect(await found(filed, later(LADDER_ENDED, 11))).toEqual(told(later(LADDER_ENDED, 3)));
  });

  it('are found behind however many whose ladder has ended', async () => {
    const filed = await withEndedLadder();
    await given.owner.query(
      `INSERT INTO deadline (id, track_id, case_id, kind, stage, calendar, started_at, due_at, level, state)
       SELECT gen_random_uuid(), track_id, case_id, kind, stage, calendar, started_at, due_at - n * interval '1 microsecond', level, state
       FROM deadline, generate_series(1, $2::int) AS n WHERE track_id = $1`,
      [filed.trackId, SILENT_CLOCKS_PAGE],
    );
    const lost = await given.filed({ now: MONDAY });
    await given.owner.query('UPDATE deadline SET next_fire_at = NULL WHERE track_id = $1', [lost.trackId]);
    expect((await found(lost, MONDAY)).map(({ kind }) => kind)).toEqual(['clock_without_moment']);
    // Each once, although their moments are closer together than a Date can tell.
    expect(await found(filed, later(LADDER_ENDED, 8))).toHaveLength(SILENT_CLOCKS_PAGE + 1);
  });
});
