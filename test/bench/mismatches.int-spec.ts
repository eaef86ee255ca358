import { FireDeadline } from '@recourse/cases';
import { Given, testDatabase } from '@recourse/testing';
import { MISMATCHES, type Reconciled } from './mismatches';

const FILED_AT = new Date('2026-03-02T07:00:00Z');
/** After the warning (Thursday evening) and after the end (Monday evening) of the five working days. */
const WARNED_AT = new Date('2026-03-06T12:00:00Z');
const RAN_OUT_AT = new Date('2026-03-10T07:00:00Z');
const CLOCKS = 3;

/**
 * A comparison that cannot find anything would praise every sweep. So each thing that a lost or doubled piece of work can leave behind is done here
 * on purpose, in a transaction that is taken back.
 */
describe('the comparison after a sweep', () => {
  const database = testDatabase();
  let given: Given;

  beforeAll(async () => {
    given = await Given.in(database, FILED_AT);
    const fireDeadline = new FireDeadline(given.worker, given.institution.rules);
    for (let made = 0; made < CLOCKS; made += 1) await given.filed({ now: FILED_AT });
    await fireDeadline.runDue({ now: WARNED_AT, limit: 10 });
    await given.owner.query('CREATE TABLE bench_due AS SELECT id, level FROM deadline');
    await fireDeadline.runDue({ now: RAN_OUT_AT, limit: 10 });
    // The comparison asks whether the clocks look ahead again, and these are of a day that is long over.
    await given.owner.query(`UPDATE deadline SET next_fire_at = now() + interval '1 day'`);
  }, 60_000);

  /** What it says after some statements by somebody who may switch the triggers of the record off. */
  async function after(...statements: readonly string[]): Promise<Reconciled> {
    const runner = given.owner.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query('ALTER TABLE case_event DISABLE TRIGGER USER');
      for (const statement of statements) await runner.query(statement);
      const [found] = (await runner.query(MISMATCHES)) as Reconciled[];
      return found ?? { once: Number.NaN, mismatches: Number.NaN };
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  it('finds nothing after a sweep that went well', async () => {
    expect(await after()).toEqual({ once: CLOCKS, mismatches: 0 });
  });

  const oneEvent = `(SELECT id FROM case_event WHERE type = 'clock_ran_out' ORDER BY id LIMIT 1)`;
  const oneNotification = `(SELECT id FROM notification WHERE dedupe_key LIKE 'clock:%:1:%' ORDER BY id LIMIT 1)`;
  const copyOf = (table: string, columns: string, values: string, where: string) =>
    `INSERT INTO ${table} (${columns}) SELECT ${values} FROM ${table} WHERE ${where}`;

  it.each([
    ['an event that is missing', `DELETE FROM case_event WHERE id = ${oneEvent}`],
    [
      'an event that is there twice',
      copyOf(
        'case_event',
        'id, case_id, track_id, seq, type, payload, actor_kind, occurred_at, prev_hash, hash',
        'uuidv7(), case_id, track_id, seq + 1000, type, payload, actor_kind, occurred_at, prev_hash, hash',
        `id = ${oneEvent}`,
      ),
    ],
    ['an event of another level', `UPDATE case_event SET payload = payload || '{"level": 2}' WHERE id = ${oneEvent}`],
    ['a clock that did not go on', `UPDATE deadline SET level = level - 1 WHERE id = (SELECT id FROM bench_due ORDER BY id LIMIT 1)`],
    ['a clock that is still due', `UPDATE deadline SET next_fire_at = now() WHERE id = (SELECT id FROM bench_due ORDER BY id LIMIT 1)`],
    ['nobody told', `UPDATE case_event SET payload = payload || '{"told": []}' WHERE id = ${oneEvent}`],
    ['a notification that is missing', `DELETE FROM notification WHERE id = ${oneNotification}`],
    [
      'a notification that is there twice',
      copyOf(
        'notification',
        'id, kind, recipient_kind, recipient_id, case_id, channel, state, attempts, created_at, dedupe_key',
        `uuidv7(), kind, recipient_kind, recipient_id, case_id, channel, state, attempts, created_at, dedupe_key || ':again'`,
        `id = ${oneNotification}`,
      ),
    ],
    [
      'a notification that is never handed over',
      `DELETE FROM outbox_message WHERE payload ->> 'notificationId' = ${oneNotification}::text`,
    ],
    [
      'a notification that is handed over twice',
      copyOf(
        'outbox_message',
        'id, topic, payload, created_at, available_at',
        'uuidv7(), topic, payload, created_at, available_at',
        `payload ->> 'notificationId' = ${oneNotification}::text`,
      ),
    ],
    ['actions of the machine that nobody asks for', `DELETE FROM outbox_message WHERE topic = 'track_triggered'`],
  ])('finds %s', async (_, statement) => {
    expect((await after(statement)).mismatches).toBeGreaterThan(0);
  });
});
