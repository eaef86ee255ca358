import { randomUUID } from 'node:crypto';
import { GIVEN_PASSWORD } from '@recourse/testing';
import { atOnce } from '../support/partner';
import type { BenchHouse } from './bench-house';
import { HttpClient } from './http-client';
import { atLeast, percentile, type Measurement } from './measurement';

const CLIENTS = 8;
const WARM_UP = 40;
const LIFECYCLES = 400;
const BAR_PER_SECOND = 40;

interface Doors {
  readonly intake: HttpClient;
  readonly casework: HttpClient;
  readonly cookie: Readonly<Record<string, string>>;
  readonly officerId: string;
}

/**
 * One complaint from its filing to its end, through the JSON APIs of the two built programs: file, open, assign, acknowledge, close, find. The first
 * opening tells the officer the track and its revision; both openings are written into the record.
 * @param cases in the database besides, for the name of the figure
 */
export async function measureLifecycles(house: BenchHouse, cases: number): Promise<Measurement[]> {
  const [intake, casework] = [await house.intake(), await house.casework()];
  const doors = await signedIn(house, new HttpClient(intake.address, CLIENTS), new HttpClient(casework.address, CLIENTS));
  await atOnce(CLIENTS, WARM_UP, () => lifecycle(doors));
  const began = performance.now();
  const times = await atOnce(CLIENTS, LIFECYCLES, async () => {
    const start = performance.now();
    await lifecycle(doors);
    return performance.now() - start;
  });
  const seconds = (performance.now() - began) / 1000;
  doors.intake.close();
  doors.casework.close();
  await Promise.all([intake.stop(), casework.stop()]);
  const part = 'lifecycle';
  return [
    {
      part,
      what: `file, open, assign, act, close, find at ${cases} cases`,
      value: LIFECYCLES / seconds,
      unit: '/s',
      bar: atLeast(BAR_PER_SECOND),
    },
    { part, what: `one of them, p95, ${CLIENTS} at the same time`, value: percentile(times, 0.95), unit: 'ms' },
  ];
}

async function signedIn(house: BenchHouse, intake: HttpClient, casework: HttpClient): Promise<Doors> {
  const entered = await casework.ask('/api/v1/session', { signInName: 'officer', password: GIVEN_PASSWORD });
  if (entered.status !== 201) throw new Error(`the officer cannot sign in: ${entered.status}`);
  const cookie = (entered.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
  return { intake, casework, cookie: { cookie }, officerId: house.institution.officer.staffId };
}

async function lifecycle({ intake, casework, cookie, officerId }: Doors): Promise<void> {
  const body = { language: 'en', narrative: 'The guards took my cart at the gate and did not give it back.', country: 'KE' };
  const { reference } = await intake.expect<{ reference: string }>(201, '/api/v1/complaints', body, { 'idempotency-key': randomUUID() });
  const path = `/api/v1/cases/${reference}`;
  const { tracks } = await casework.expect<{ tracks: readonly { id: string; revision: number }[] }>(200, path, undefined, cookie);
  const track = tracks[0]?.id;
  const taken = await casework.expect<{ revision: number }>(
    200,
    `${path}/assignment`,
    { track, seenRevision: tracks[0]?.revision, assigneeId: officerId },
    cookie,
  );
  const acted = await casework.expect<{ revision: number }>(
    200,
    `${path}/actions/acknowledge`,
    { track, seenRevision: taken.revision },
    cookie,
  );
  const inputs = { asked_by: 'message', forced: 'no_sign' };
  await casework.expect(200, `${path}/actions/withdraw`, { track, seenRevision: acted.revision, inputs }, cookie);
  const found = await casework.expect<{ tracks: readonly { stage: string }[] }>(200, path, undefined, cookie);
  if (found.tracks[0]?.stage !== 'withdrawn') throw new Error('a case was closed and is not');
}
