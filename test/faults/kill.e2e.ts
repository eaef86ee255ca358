import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { startTestRedis, waitFor, type TestRedis } from '@recourse/testing';
import { startHouse, type House, type Program } from '../support/house';
import { atOnce, file, read, showing, type Filed } from '../support/partner';

jest.setTimeout(300_000);

/** Between two complaints of one client of a calm crowd. */
const breathMs = 1_000;

/**
 * Clients that file one complaint after the other, each until it is answered 201, however often that takes. As fast as they can, or calmly: all the
 * while would be thousands of complaints, which prove nothing that a hundred do not.
 */
class Crowd {
  readonly answered: Filed[] = [];
  readonly refused: number[] = [];
  #isCalm = false;
  #isLeaving = false;
  readonly #clients: Promise<void>[];

  constructor(
    private readonly intake: string,
    clients: number,
  ) {
    this.#clients = Array.from({ length: clients }, () => this.#visit());
  }

  /** Everybody hurries, until so many more are answered. */
  async answers(more: number): Promise<void> {
    this.#isCalm = false;
    const wanted = this.answered.length + more;
    await waitFor(`${more} more complaints are answered`, () => this.answered.length >= wanted, 90_000);
  }

  /** From now on each client takes a breath after each complaint. */
  calmDown(): void {
    this.#isCalm = true;
  }

  async leave(): Promise<void> {
    this.#isLeaving = true;
    await Promise.all(this.#clients);
  }

  async #visit(): Promise<void> {
    while (!this.#isLeaving) {
      const key = randomUUID();
      this.answered.push(await waitFor('a complaint is answered', () => this.#tryToFile(key), 90_000));
      const end = Date.now() + breathMs;
      await waitFor('a breath is taken', () => !this.#isCalm || this.#isLeaving || Date.now() > end);
    }
  }

  async #tryToFile(key: string): Promise<Filed | undefined> {
    try {
      const { status, body } = await file(this.intake, { language: 'en', narrative: `Nobody was paid in week ${key.slice(0, 2)}.` }, key);
      if (status === 201) return body;
      this.refused.push(status);
    } catch {
      // The door is shut, or was shut in the middle of the answer: the client tries again.
    }
    return undefined;
  }
}

/** Makes clocks that have never fired run out a minute ago. */
async function makeClocksDue(house: House, count: number): Promise<string[]> {
  const rows = await house.query<{ id: string }>(
    `UPDATE deadline SET started_at = started_at - interval '30 days', due_at = now() - interval '1 minute', next_fire_at = now()
     WHERE id IN (SELECT id FROM deadline WHERE state = 'running' AND level = 0 AND next_fire_at > now() + interval '1 hour'
                  ORDER BY id LIMIT $1)
     RETURNING id`,
    [count],
  );
  return rows.map(({ id }) => id);
}

/** @returns the number of the process that was killed */
async function kill(house: House, program: Program): Promise<number> {
  const pid = await waitFor(`${program} runs`, () => house.pidOf(program), 30_000);
  process.kill(pid, 'SIGKILL');
  return pid;
}

async function untilBack(house: House, program: Program, killed: number): Promise<void> {
  const isBack = async () => {
    // Asked first, because looking through the processes of the machine takes longer.
    if (!(await house.isReady(program))) return false;
    const now = house.pidOf(program);
    return now !== undefined && now !== killed;
  };
  await waitFor(`${program} is back by itself`, isBack, 90_000);
}

async function unfinished(house: House): Promise<object[]> {
  return house.query('SELECT topic, attempts, last_error_code FROM outbox_message WHERE done_at IS NULL');
}

interface Fired {
  readonly id: string;
  readonly type: string;
  readonly times: number;
}

/** How often each clock was told to have run out, and to have missed its warning. */
function fired(house: House, ids: readonly string[]): Promise<Fired[]> {
  return house.query<Fired>(
    `SELECT payload->>'deadlineId' AS id, type, count(*)::int AS times FROM case_event
     WHERE type IN ('clock_warned', 'clock_ran_out', 'clock_escalated', 'clock_missed') AND payload->>'deadlineId' = ANY($1)
     GROUP BY 1, 2, payload->>'level'`,
    [ids],
  );
}

async function emptyQueue(house: House, redis: Redis | undefined): Promise<void> {
  if (redis) {
    await redis.flushdb();
    return;
  }
  // The worker goes on working on these tables in another order; PostgreSQL may end one of the two, and when it is us, we come again.
  await waitFor('the tables of the queue are empty', () => truncateQueue(house), 30_000);
}

async function truncateQueue(house: House): Promise<boolean> {
  try {
    await house.query(`DO $$ DECLARE names text; BEGIN
      SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') INTO names FROM pg_tables
      WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%';
      EXECUTE 'TRUNCATE ' || names; END $$`);
    return true;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== '40P01') throw error;
    return false;
  }
}

describe.each(['PostgreSQL', 'Redis'])('with the queue in %s', (backend) => {
  it('loses nothing and fires every clock once, whatever is killed', async () => {
    const server: TestRedis | undefined = backend === 'Redis' ? await startTestRedis() : undefined;
    if (backend === 'Redis' && server === undefined) {
      process.stderr.write('Not tested with Redis: there is no server.\n');
      return;
    }
    const house = await startHouse(server ? { RECOURSE_REDIS_URL: server.url } : {});
    const redis = server ? new Redis(server.url) : undefined;
    const [before] = await house.query<{ count: number }>('SELECT count(*)::int AS count FROM case_file');
    const crowd = new Crowd(house.intake, 4);
    const due: string[] = [];
    try {
      for (const program of ['worker', 'intake', 'casework', 'database'] as const) {
        await crowd.answers(15);
        due.push(...(await makeClocksDue(house, 10)));
        const killed = await kill(house, program);
        await crowd.answers(5);
        crowd.calmDown();
        await untilBack(house, program, killed);
        await crowd.answers(5);
        if (program === 'intake') await emptyQueue(house, redis);
      }
      await crowd.leave();
      expect(due.length).toBeGreaterThanOrEqual(30);
      const reported = async () => new Set((await fired(house, due)).map(({ id }) => id)).size === due.length;
      await waitFor('every clock has fired', reported, 60_000);
      await waitFor('the outbox is empty', async () => (await unfinished(house)).length === 0, 90_000);
      const told = await fired(house, due);
      expect(told.filter(({ times }) => times !== 1)).toEqual([]);
      expect(
        told
          .filter(({ type }) => type === 'clock_ran_out')
          .map(({ id }) => id)
          .sort(),
      ).toEqual([...due].sort());
      const [after] = await house.query<{ count: number }>('SELECT count(*)::int AS count FROM case_file');
      expect((after?.count ?? 0) - (before?.count ?? 0)).toBe(crowd.answered.length);
      expect(new Set(crowd.answered.map(({ reference }) => reference)).size).toBe(crowd.answered.length);
      expect(crowd.refused.filter((status) => status !== 503)).toEqual([]);
      const opened = await atOnce(4, crowd.answered.length, async (number) => {
        const { reference, receipt } = crowd.answered[number] ?? { reference: '', receipt: '' };
        const { status, body } = await read<{ reference: string }>(`${house.intake}/api/v1/complaint`, showing(receipt));
        return status === 200 && body.reference === reference;
      });
      expect(opened.filter((isOpen) => !isOpen)).toEqual([]);
    } finally {
      await crowd.leave().catch(() => undefined);
      redis?.disconnect();
      await house.stop();
      await server?.stop();
    }
  });
});
