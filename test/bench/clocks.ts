import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startTestRedis, waitFor } from '@recourse/testing';
import { Redis } from 'ioredis';
import type { BenchHouse, RunningProgram } from './bench-house';
import { atLeast, atMost, exactly, notMeasured, type Measurement } from './measurement';
import { MISMATCHES, type Reconciled } from './mismatches';

const PART = 'clocks';
const BAR_SECONDS = 60;
/** However bad it is, the bench ends. */
const PATIENCE_MS = 400_000;

/** What happens while two workers fire. */
interface Variant {
  readonly name: string;
  readonly clocks: number;
  readonly backend: 'PostgreSQL' | 'Redis';
  /** Done when half of them have fired. */
  readonly inBetween?: (workers: readonly RunningProgram[], redis: Redis | undefined) => Promise<void>;
  /** Whether the mails are waited for too: what the queue lost must be handed over again. */
  readonly isMailAwaited?: boolean;
}

/**
 * Clocks that run out, and two workers that both want to fire them. Time is made to pass by moving the clocks of untouched cases, half of them held by
 * nobody, into the past. Mails go to a server that accepts everything.
 * @param clocks that run out at once in each variant
 */
export async function measureClocks(house: BenchHouse, clocks: number): Promise<Measurement[]> {
  const measured: Measurement[] = [];
  const killed = ([first]: readonly RunningProgram[]) => Promise.resolve(void first?.child.kill('SIGKILL'));
  const flushed = async (_workers: readonly RunningProgram[], redis: Redis | undefined) => {
    await redis?.flushall();
  };
  const variants: readonly Variant[] = [
    { name: 'two workers', clocks, backend: 'PostgreSQL' },
    { name: 'kill -9 of one in the middle', clocks, backend: 'PostgreSQL', inBetween: killed },
    { name: 'Redis flushed in the middle', clocks, backend: 'Redis', inBetween: flushed, isMailAwaited: true },
  ];
  for (const variant of variants) measured.push(...(await measureVariant(house, variant)));
  return measured;
}

/** @param clocks all due at the same moment */
export function measureAllAtOnce(house: BenchHouse, clocks: number): Promise<Measurement[]> {
  return measureVariant(house, { name: 'two workers', clocks, backend: 'PostgreSQL' });
}

async function measureVariant(house: BenchHouse, variant: Variant): Promise<Measurement[]> {
  const server = variant.backend === 'Redis' ? await startTestRedis() : undefined;
  if (variant.backend === 'Redis' && server === undefined) {
    return [notMeasured(PART, `${variant.clocks} at once, ${variant.name}`, 'no redis-server or valkey-server on the PATH')];
  }
  const redis = server === undefined ? undefined : new Redis(server.url);
  const sink = await startMailSink();
  try {
    const settings = { RECOURSE_SMTP_URL: sink.url, ...(server === undefined ? {} : { RECOURSE_REDIS_URL: server.url }) };
    const workers = await Promise.all([house.worker(settings), house.worker(settings)]);
    const measured = await fireAll(house, variant, workers, redis);
    await Promise.all(workers.map((worker) => worker.stop()));
    return measured;
  } finally {
    redis?.disconnect();
    await sink.stop();
    await server?.stop();
  }
}

/** From the moment at which the clocks are due, for everybody to see, to the last one that has fired. */
async function fireAll(
  house: BenchHouse,
  { name, clocks, inBetween, isMailAwaited = false }: Variant,
  workers: readonly RunningProgram[],
  redis: Redis | undefined,
): Promise<Measurement[]> {
  // The mails of earlier parts are nobody's business here; sending them takes longer than the sweeps do.
  await house.query('UPDATE outbox_message SET done_at = now() WHERE done_at IS NULL AND set_aside_at IS NULL');
  const unassigned = await letRunOut(house, clocks);
  const began = performance.now();
  const secondsSince = () => (performance.now() - began) / 1000;
  const inTheMiddle: Measurement[] = [];
  const what = `${clocks} at once, ${name}`;
  if (inBetween !== undefined) {
    await waitFor('half of them have fired', async () => (await countDue(house)) < clocks / 2, PATIENCE_MS);
    await inBetween(workers, redis);
    // With none left it would have come too late to disturb anybody.
    inTheMiddle.push({ part: PART, what: `${what}: left at that moment`, value: await countDue(house), unit: '', bar: atLeast(1) });
  }
  // Those that never fire are found below; they must not take the other figures with them.
  const isOver = () => secondsSince() * 1000 > PATIENCE_MS;
  await waitFor('all of them have fired', async () => isOver() || (await countDue(house)) === 0, 2 * PATIENCE_MS);
  const seconds = secondsSince();
  const [fired] = await house.query<Reconciled>(MISMATCHES);
  return [
    { part: PART, what: `${what}: fired exactly once`, value: fired?.once ?? Number.NaN, unit: '', bar: exactly(clocks) },
    { part: PART, what: `${what}: of cases that nobody holds`, value: unassigned, unit: '' },
    { part: PART, what: `${what}: mismatches`, value: fired?.mismatches ?? Number.NaN, unit: '', bar: exactly(0) },
    ...inTheMiddle,
    { part: PART, what: `${what}: all fired after`, value: seconds, unit: 's', bar: atMost(BAR_SECONDS) },
    ...(isMailAwaited ? await awaitMails(house, what, secondsSince) : []),
  ];
}

/** Every notification of these clocks is sent, however much the queue forgot. */
async function awaitMails(house: BenchHouse, what: string, secondsSince: () => number): Promise<Measurement[]> {
  const end = secondsSince() + PATIENCE_MS / 1000;
  await waitFor('all mails are sent', async () => secondsSince() > end || (await countUnsent(house)) === 0, 2 * PATIENCE_MS);
  return [
    { part: PART, what: `${what}: mails never sent`, value: await countUnsent(house), unit: '', bar: exactly(0) },
    { part: PART, what: `${what}: all mails sent after`, value: secondsSince(), unit: 's' },
  ];
}

async function countUnsent(house: BenchHouse): Promise<number> {
  const [row] = await house.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM notification n
     WHERE n.state <> 'sent' AND n.dedupe_key LIKE 'clock:%' AND split_part(n.dedupe_key, ':', 2)::uuid IN (SELECT id FROM bench_due)`,
  );
  return row?.count ?? -1;
}

/**
 * Lets clocks that nobody has touched run out a minute ago.
 * @returns how many of them belong to tracks that nobody holds
 * @throws Error when there are not as many as wanted: a sweep of none would pass everything
 */
async function letRunOut(house: BenchHouse, count: number): Promise<number> {
  await house.query('DROP TABLE IF EXISTS bench_due');
  await house.query(
    `CREATE TABLE bench_due AS SELECT d.id, d.level, t.assignee_id IS NULL AS is_unassigned
     FROM deadline d JOIN bench_case n ON n.deadline_id = d.id JOIN track t ON t.id = d.track_id
     WHERE d.state = 'running' AND d.next_fire_at > now() + interval '5 days' AND d.level = 1 ORDER BY n.number LIMIT ${count}`,
  );
  await house.query('CREATE UNIQUE INDEX ON bench_due (id)');
  const [chosen] = await house.query<{ all: number; unassigned: number }>(
    'SELECT count(*)::int AS all, count(*) FILTER (WHERE is_unassigned)::int AS unassigned FROM bench_due',
  );
  if (chosen?.all !== count) throw new Error(`${count} untouched clocks are wanted, there are ${chosen?.all ?? 0}`);
  await house.query(
    `WITH moved AS (UPDATE deadline d SET due_at = now() - interval '1 minute', next_fire_at = now() - interval '1 minute'
                    FROM bench_due b WHERE b.id = d.id RETURNING d.track_id, d.due_at)
     UPDATE track t SET next_due_at = m.due_at FROM moved m WHERE m.track_id = t.id`,
  );
  return chosen.unassigned;
}

async function countDue(house: BenchHouse): Promise<number> {
  const [row] = await house.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM deadline WHERE state = 'running' AND set_aside_at IS NULL AND next_fire_at <= now()`,
  );
  return row?.count ?? -1;
}

async function startMailSink(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(__dirname, 'mail-sink.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const port = await waitFor('the mail server listens', () => /^(\d+)\n/.exec(printed)?.[1]);
  return {
    url: `smtp://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await waitFor('the mail server has ended', () => child.exitCode !== null || child.signalCode !== null);
    },
  };
}
