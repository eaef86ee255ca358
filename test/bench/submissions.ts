import { randomUUID } from 'node:crypto';
import { atOnce } from '../support/partner';
import type { BenchHouse } from './bench-house';
import { HttpClient } from './http-client';
import { atLeast, atMost, exactly, percentile, type Measurement } from './measurement';
import { commitsPerSecond } from './same-rows';

const CLIENTS = 16;
const WARM_UP = 400;
const SUBMISSIONS = 3_000;
/** Every so many submits are sent twice at the same time, as an impatient person does. */
const TWICE_EVERY = 25;
const SECONDS_OF_PLAIN_WRITING = 6;

/** About what people write: some 150 words. */
const NARRATIVE = 'On Tuesday in the evening the guards at the gate took my cart and would not say where it was brought. '.repeat(8);

interface Filed {
  readonly reference: string;
  readonly receipt: string;
}

/**
 * Complaints over HTTP, sealed, each with its receipt, against what the same PostgreSQL commits when the same rows are written plainly. The
 * plain writing is measured before and after, because a disk is not the same from minute to minute.
 */
export async function measureSubmissions(house: BenchHouse): Promise<Measurement[]> {
  const intake = await house.intake();
  await withClient(intake.address, (client) => atOnce(CLIENTS, WARM_UP, () => submit(client, randomUUID())));
  const before = await commitsPerSecond(house, CLIENTS, SECONDS_OF_PLAIN_WRITING);
  const keys = Array.from({ length: SUBMISSIONS }, () => randomUUID());
  const times: number[] = [];
  const casesBefore = await countCases(house);
  const began = performance.now();
  const answers = await withClient(intake.address, (client) =>
    atOnce(CLIENTS, SUBMISSIONS, async (piece) => {
      const copies = await Promise.all(Array.from({ length: piece % TWICE_EVERY === 0 ? 2 : 1 }, () => submit(client, keys[piece] ?? '')));
      times.push(...copies.map(({ tookMs }) => tookMs));
      return copies.map(({ filed }) => filed);
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const casesMade = (await countCases(house)) - casesBefore;
  const after = await commitsPerSecond(house, CLIENTS, SECONDS_OF_PLAIN_WRITING);
  const counted = await withClient(intake.address, (client) => countComplaints(house, client, answers, casesMade));
  await intake.stop();
  const perSecond = SUBMISSIONS / seconds;
  const ratio = (plain: 'perSecond' | 'perSecondTogether') => (100 * perSecond) / ((before[plain] + after[plain]) / 2);
  const part = 'submit';
  return [
    { part, what: `lost of ${SUBMISSIONS}`, value: counted.lost, unit: '', bar: exactly(0) },
    { part, what: 'complaints or numbers more than once', value: counted.twice, unit: '', bar: exactly(0) },
    { part, what: `submissions, ${CLIENTS} clients`, value: perSecond, unit: '/s' },
    { part, what: 'p95', value: percentile(times, 0.95), unit: 'ms', bar: atMost(100) },
    { part, what: `plain commits of the same rows (${before.with})`, value: (before.perSecond + after.perSecond) / 2, unit: '/s' },
    { part, what: 'submissions to plain commits', value: ratio('perSecond'), unit: '%', bar: atLeast(50) },
    {
      part,
      what: 'the same rows in two statements',
      value: (before.perSecondTogether + after.perSecondTogether) / 2,
      unit: '/s',
    },
    { part, what: 'submissions to commits of two statements', value: ratio('perSecondTogether'), unit: '%' },
  ];
}

/** New connections for each piece of work: the server closes those that were idle for five seconds. */
async function withClient<T>(address: string, work: (client: HttpClient) => Promise<T>): Promise<T> {
  const client = new HttpClient(address, CLIENTS);
  try {
    return await work(client);
  } finally {
    client.close();
  }
}

/** One complaint, for whoever needs a pattern. */
export async function fileOne(house: BenchHouse): Promise<void> {
  const intake = await house.intake();
  await withClient(intake.address, (client) => submit(client, randomUUID()));
  await intake.stop();
}

async function submit(client: HttpClient, key: string): Promise<{ readonly filed: Filed; readonly tookMs: number }> {
  const body = { language: 'en', narrative: NARRATIVE, country: 'KE', companyDescription: 'Blue caps, no badge' };
  const answer = await client.ask('/api/v1/complaints', body, { 'idempotency-key': key });
  // 200 or 201: the second of two copies may be told that it was stored already.
  if (answer.status !== 201 && answer.status !== 200)
    throw new Error(`a submit was answered ${answer.status}: ${answer.text.slice(0, 300)}`);
  return { filed: JSON.parse(answer.text) as Filed, tookMs: answer.tookMs };
}

async function countCases(house: BenchHouse): Promise<number> {
  const [row] = await house.query<{ count: number }>('SELECT count(*)::int AS count FROM case_file');
  return row?.count ?? 0;
}

/** Looks for every complaint that was answered in the database, and for a sample through its receipt. */
async function countComplaints(
  house: BenchHouse,
  client: HttpClient,
  answers: readonly (readonly Filed[])[],
  casesMade: number,
): Promise<{ readonly lost: number; readonly twice: number }> {
  const first = answers.flatMap(([filed]) => (filed === undefined ? [] : [filed]));
  const [stored] = await house.query<{ count: number }>(
    `SELECT count(DISTINCT f.reference)::int AS count FROM case_file f JOIN receipt r ON r.case_id = f.id
     JOIN intake_item i ON i.case_id = f.id WHERE f.reference = ANY ($1)`,
    [first.map(({ reference }) => reference)],
  );
  let unreadable = 0;
  for (const { reference, receipt } of first.filter((_, index) => index % 60 === 0)) {
    const answer = await client.ask('/api/v1/complaint', undefined, { authorization: `Receipt ${receipt}` });
    if (answer.status !== 200 || !answer.text.includes(reference)) unreadable += 1;
  }
  const tooMany = Math.max(0, casesMade - answers.length);
  const distinct = new Set(first.map(({ receipt }) => receipt)).size;
  const otherNumbers = answers.filter((copies) => new Set(copies.map(({ receipt }) => receipt)).size > 1).length;
  return { lost: answers.length - (stored?.count ?? 0) + unreadable, twice: first.length - distinct + otherNumbers + tooMany };
}
