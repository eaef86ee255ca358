import { ChangePassword, SessionRules, TakeOffTeam, VerifyRecord } from '@recourse/cases';
import { inTransaction } from '@recourse/persistence';
import { GIVEN_PASSWORD, Given, testDatabase, waitFor } from '@recourse/testing';

const database = testDatabase();
let given: Given;

beforeAll(async () => {
  given = await Given.in(database);
}, 60_000);

/** How many stand before a lock. */
async function waiting(): Promise<number> {
  const [row] = await given.owner.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return row?.count ?? 0;
}

describe('several who write into the record of accounts and teams at once', () => {
  it('wait for each other there and nowhere else, none for ever, and the chain holds', async () => {
    const { officer, otherOfficer, supervisor, director } = given.institution;
    const change = (actor: typeof officer, newPassword: string) =>
      new ChangePassword(given.casework, new SessionRules(1, 30)).run({
        actor,
        currentPassword: GIVEN_PASSWORD,
        newPassword,
        now: new Date(),
        happenedAt: new Date(),
      });
    const takeOff = (actor: typeof officer, staffId: string) =>
      new TakeOffTeam(given.casework).run({ actor, teamId: supervisor.teams[0]?.id ?? '', staffId, now: new Date() });
    // Somebody holds the end of the chain until all stand in front of it, or behind one who does. First those who take long to come there.
    const { started } = await inTransaction(given.owner, async (tx) => {
      await tx.query('SELECT FROM staff_chain FOR UPDATE');
      const changes = [officer, supervisor].map((one) => change(one, 'nine violet umbrellas in the rain'));
      await waitFor('both passwords wait', async () => (await waiting()) === 2);
      const takingOff = [takeOff(supervisor, otherOfficer.staffId), takeOff(director, officer.staffId)];
      await waitFor('all wait', async () => (await waiting()) === 4);
      return { started: [...changes, ...takingOff] };
    });
    const results = await Promise.all(started);
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    const verified = await new VerifyRecord(given.owner).run();
    expect(verified).toMatchObject({ ok: true });
    const [row] = await given.owner.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM staff_event WHERE type IN ('left_team', 'password_changed')`,
    );
    expect(row?.count).toBe(4);
  }, 60_000);
});
