import { randomUUID } from 'node:crypto';

import { ReadSession, SessionRules } from '@recourse/cases';
import { TrainingClock } from '@recourse/clock';
import { appendToOutbox, inTransaction } from '@recourse/persistence';
import { Given, testDatabase, signingIn } from '@recourse/testing';
import { Metrics } from '@recourse/process';

import { WorkerMetrics } from './health/worker-metrics';
import { Housekeeping } from './housekeeping';
import { PostgresOutboxTable } from './outbox/postgres-outbox-table';

const PACE = 1_440;
const YEAR_MS = 365 * 24 * 3_600_000;

/** Case time is a year ahead of the machine's, and goes faster: what is compared must be of the same time. */
describe('the worker of a training workspace', () => {
  const database = testDatabase();
  let given: Given;
  let machine: number;
  let clock: TrainingClock;
  beforeAll(async () => {
    given = await Given.in(database);
    machine = Date.now();
    clock = new TrainingClock({ pace: PACE, startedAt: new Date(machine), shows: new Date(machine + YEAR_MS) }, () => machine);
  }, 60_000);

  it('carries what was written in case time at once, and misses a lost job after so many seconds of the machine', async () => {
    const table = new PostgresOutboxTable(given.worker, clock);
    const id = randomUUID();
    const topics = ['message_sent'];
    await inTransaction(given.casework, (tx) =>
      appendToOutbox(tx, { id, topic: 'message_sent', payload: { caseId: randomUUID(), messageId: randomUUID() }, createdAt: clock.now() }),
    );
    expect(await table.claimWaiting(topics, 10)).toEqual([{ id }]);
    machine += 19_000;
    expect(await table.claimUnfinished(topics, 20_000, 10)).toEqual([]);
    machine += 2_000;
    expect(await table.claimUnfinished(topics, 20_000, 10)).toEqual([{ id }]);
    await table.markDone(id);
  });

  it('lets sessions last as long as the machine counts, and forgets old tasks by case time', async () => {
    const { signInName } = given.institution.officer;
    const rules = new SessionRules(1, 30);
    const entered = await signingIn(given.casework, rules)({ signInName, now: clock.machineNow() });
    if (!entered.ok) throw new Error('the officer could not sign in');
    const isAlive = async () => (await new ReadSession(given.casework, rules).run({ token: entered.token, now: clock.machineNow() })).ok;
    const done = async () => given.owner.query<unknown[]>('SELECT id FROM outbox_message WHERE done_at IS NOT NULL');
    const housekeeping = new Housekeeping(given.worker, new WorkerMetrics(new Metrics()), clock);

    machine += 29 * 60_000;
    await housekeeping.round();
    expect(await isAlive()).toBe(true);
    expect(await done()).toHaveLength(1);
    machine += 2 * 60_000;
    await housekeeping.round();
    expect(await done()).toEqual([]);
    machine += 30 * 60_000;
    await housekeeping.round();
    expect(await given.owner.query('SELECT lookup FROM staff_session')).toEqual([]);
  });
});
