import { join } from 'node:path';
import { startTestRedis, waitFor } from '@recourse/testing';
import { startHouse, type House } from '../support/house';
import { fileEverything, typed } from '../support/marked-complaint';
import { listenToRedis } from '../support/redis-listener';
import { filesBelow, findTraces } from '../support/traces';

jest.setTimeout(240_000);

const markers = Object.values(typed);

async function untilOutboxIsEmpty(house: House): Promise<void> {
  await waitFor(
    'the outbox is empty',
    async () => (await house.query('SELECT FROM outbox_message WHERE done_at IS NULL AND set_aside_at IS NULL LIMIT 1')).length === 0,
    60_000,
  );
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

describe.each(['PostgreSQL', 'Redis'])('with the queue in %s', (backend) => {
  it('stores and prints nothing that was typed, in no form of writing it', async () => {
    const redis = backend === 'Redis' ? await startTestRedis() : undefined;
    if (backend === 'Redis' && redis === undefined) {
      process.stderr.write('Not tested with Redis: there is no server.\n');
      return;
    }
    const listener = redis ? await listenToRedis(redis.url) : undefined;
    const house = await startHouse(redis ? { RECOURSE_REDIS_URL: redis.url } : {});
    try {
      const { reference, receipt } = await fileEverything(house);
      await untilOutboxIsEmpty(house);
      // What was written is written through to the cluster's own files, its journal included.
      await house.query('CHECKPOINT');
      const rows = await dump(house);
      const secret = [...markers, receipt];
      expect(findTraces([reference], 'control', rows)).not.toEqual([]);
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
    } finally {
      listener?.stop();
      await house.stop();
      await redis?.stop();
    }
  });
});
