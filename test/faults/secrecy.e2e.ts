import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestRedis, waitFor, type TestRedis } from '@recourse/testing';
import { Client } from 'pg';
import { startHouse, startNewHouse, type House } from '../support/house';
import { fileEverything, typed } from '../support/marked-complaint';
import type { Filed } from '../support/partner';
import { listenToRedis, type RedisListener } from '../support/redis-listener';
import { filesBelow, findTraces } from '../support/traces';

jest.setTimeout(240_000);

const markers = Object.values(typed);

/** What is filled by what was filed. */
const tables = [
  'case_file',
  'receipt',
  'filing',
  'intake_item',
  'party',
  'track',
  'deadline',
  'case_event',
  'case_chain',
  'message',
  'evidence_file',
  'contact_route',
  'case_key_grant',
  'outbox_message',
  'notification',
];

/** A second mail about the same news waits for half an hour (docs/adr/0031), and nothing went wrong with it. */
async function untilOutboxIsDone(house: House): Promise<void> {
  const open = `SELECT FROM outbox_message WHERE done_at IS NULL AND set_aside_at IS NULL
    AND NOT (topic = 'notification_due' AND last_error_code IS NULL AND available_at > now() + interval '1 minute') LIMIT 1`;
  await waitFor('everything in the outbox is done', async () => (await house.query(open)).length === 0, 60_000);
}

/** Every row of every table, those of the queue included, as PostgreSQL prints it. */
async function dump(house: House): Promise<Buffer> {
  const tables = await house.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await house.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    texts.push(...rows.map(({ row }) => row));
  }
  return Buffer.from(texts.join('\n'), 'utf8');
}

/** A connection with everything that the public process knows. */
async function asIntake(house: House): Promise<Client> {
  const { rolePasswords } = JSON.parse(readFileSync(join(`${house.dataDir}-secrets`, 'secrets.json'), 'utf8')) as {
    rolePasswords: Record<string, string>;
  };
  const url = new URL(house.ownerUrl);
  url.username = 'recourse_intake';
  url.password = rolePasswords['recourse_intake'] ?? '';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  return client;
}

interface Visit {
  readonly house: House;
  readonly filed: Filed;
  readonly intake: Client;
  readonly listener: RedisListener | undefined;
}

describe.each(['PostgreSQL', 'Redis'])('with the queue in %s', (backend) => {
  let redis: TestRedis | undefined;
  let visit: Visit | undefined;
  beforeAll(async () => {
    redis = backend === 'Redis' ? await startTestRedis() : undefined;
    if (backend === 'Redis' && redis === undefined) {
      process.stderr.write('Not tested with Redis: there is no server.\n');
      return;
    }
    const listener = redis ? await listenToRedis(redis.url) : undefined;
    // The first start of all with this queue: it must not tell Redis anything either.
    const house = redis ? await startNewHouse({ RECOURSE_REDIS_URL: redis.url }) : await startHouse();
    visit = { house, filed: await fileEverything(house), intake: await asIntake(house), listener };
  }, 180_000);
  afterAll(async () => {
    visit?.listener?.stop();
    await visit?.intake.end();
    await visit?.house.stop();
    await redis?.stop();
  }, 60_000);

  it('stores and prints nothing that was typed, in no form of writing it', async () => {
    if (visit === undefined) return;
    const { house, filed, listener } = visit;
    await untilOutboxIsDone(house);
    // Statistics hold samples of the rows.
    await house.query('ANALYZE');
    // What was written is written through to the cluster's own files, its journal included.
    await house.query('CHECKPOINT');
    const rows = await dump(house);
    const secret = [...markers, filed.receipt];
    expect(findTraces([filed.reference], 'control', rows)).not.toEqual([]);
    const traces = findTraces(secret, 'database', rows);
    for (const folder of [house.cluster(), join(house.dataDir, 'evidence')]) {
      for (const { path, content } of filesBelow(folder)) traces.push(...findTraces(secret, path, content));
    }
    for (const { path, content } of filesBelow(join(house.dataDir, 'mail'))) {
      // A nudge is addressed to somebody: the address is all it may hold.
      traces.push(
        ...findTraces(
          secret.filter((text) => text !== typed.contact),
          path,
          content,
        ),
      );
    }
    if (listener) {
      expect(findTraces(['outbox'], 'control', listener.heard())).not.toEqual([]);
      traces.push(...findTraces(secret, 'Redis', listener.heard()));
    }
    traces.push(...findTraces(secret, 'printed', Buffer.from(house.output(), 'utf8')));
    expect(traces).toEqual([]);
  });

  describe('with everything that the public process knows', () => {
    it.each(tables)('no row of %s can be read, listed or counted', async (table) => {
      if (visit === undefined) return;
      const [stored] = await visit.house.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
      expect(stored?.count).toBeGreaterThan(0);
      for (const wanted of [
        `SELECT * FROM ${table}`,
        `SELECT count(*) FROM ${table}`,
        `SELECT ctid FROM ${table}`,
        `EXPLAIN ANALYZE SELECT 1 FROM ${table}`,
      ]) {
        await expect(visit.intake.query(wanted)).rejects.toMatchObject({ code: '42501' });
      }
    });

    it('the functions of the door give nothing without a receipt', async () => {
      if (visit === undefined) return;
      const { rows } = await visit.intake.query<{ name: string }>(
        `SELECT p.oid::regproc::text AS name FROM pg_proc p
         WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'recourse\\_shown\\_%' AND p.pronargs = 0 AND p.proretset`,
      );
      expect(rows.length).toBeGreaterThan(4);
      for (const { name } of rows) expect((await visit.intake.query(`SELECT * FROM ${name}()`)).rows).toEqual([]);
    });
  });
});
