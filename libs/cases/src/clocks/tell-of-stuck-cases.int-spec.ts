import { Given, testDatabase } from '@recourse/testing';
import { FindStuckCases } from './find-stuck-cases';
import { TellOfStuckCases } from './tell-of-stuck-cases';

const NIGHT = new Date('2026-03-03T01:00:00Z');

describe('telling of stuck cases', () => {
  const database = testDatabase();
  let given: Given;
  let worker: TellOfStuckCases;
  beforeAll(async () => {
    given = await Given.in(database, NIGHT);
    worker = new TellOfStuckCases(given.worker, new FindStuckCases(given.worker, given.institution.rules));
  }, 60_000);
  const told = async () =>
    (
      await given.owner.query<{ role: string }[]>(
        `SELECT s.role FROM notification n JOIN staff_member s ON s.id = n.recipient_id WHERE n.kind = 'staff_stuck_cases' ORDER BY s.role`,
      )
    ).map(({ role }) => role);

  it('tells nobody while nothing is stuck', async () => {
    await given.filed({ now: NIGHT });
    expect(await worker.run({ now: NIGHT })).toEqual([]);
    expect(await told()).toEqual([]);
  });

  it('tells who is in charge once a day, however many workers look and however many cases are stuck', async () => {
    for (const { trackId } of [await given.filed({ now: NIGHT }), await given.filed({ now: NIGHT })]) {
      await given.owner.query('UPDATE deadline SET next_fire_at = NULL WHERE track_id = $1', [trackId]);
    }
    const found = await Promise.all([worker, worker, worker].map(async (one) => one.run({ now: NIGHT })));
    expect(found.map((findings) => findings.length)).toEqual([2, 2, 2]);
    const inCharge = await given.owner.query<{ role: string }[]>(
      `SELECT role FROM staff_member WHERE active AND role IN ('director', 'administrator') ORDER BY role`,
    );
    expect(inCharge).not.toEqual([]);
    expect(await told()).toEqual(inCharge.map(({ role }) => role));
    await worker.run({ now: new Date('2026-03-04T01:00:00Z') });
    expect(await told()).toHaveLength(2 * inCharge.length);
  });
});
