import { SystemClock, TrainingClock, type Clock } from '@recourse/clock';
import type { PayloadQueue } from '@recourse/messaging';
import type { DataSource } from 'typeorm';

import { ClockPlanner } from './clock-planner';

const MACHINE = new Date('2026-11-24T09:00:00Z');
const CASE = new Date('2027-02-01T12:00:00Z');
const HOUR_MS = 3_600_000;

/** Delays of the jobs with which the queue is told of clocks that fire so long from now, in milliseconds. */
async function delays(clock: Clock, horizonMs: number, ...firesIn: readonly number[]): Promise<readonly number[]> {
  const added: number[] = [];
  const queue = {
    addBulk: (jobs: readonly { readonly opts: { readonly delay: number } }[]) => {
      added.push(...jobs.map(({ opts }) => opts.delay));
      return Promise.resolve([]);
    },
  };
  const planner = new ClockPlanner({} as DataSource, queue as unknown as PayloadQueue<'clocks'>, clock, horizonMs);
  const now = clock.now().getTime();
  await planner.planAll(
    firesIn.map((ms, index) => ({ id: `0195a1b2-0000-7000-8000-00000000000${index}`, nextFireAt: new Date(now + ms) })),
  );
  return added;
}

describe('the planner of clocks', () => {
  it('has the queue wait in machine time: a case day is a minute', async () => {
    const training = new TrainingClock({ pace: 1_440, startedAt: MACHINE, shows: CASE }, () => MACHINE.getTime());
    expect(await delays(training, 90_000, 24 * HOUR_MS, HOUR_MS, 1)).toEqual([60_000, 2_500, 1]);
  });

  it('looks as far ahead as its horizon, in machine time, and leaves what is past to the sweep', async () => {
    const training = new TrainingClock({ pace: 86_400, startedAt: MACHINE, shows: CASE }, () => MACHINE.getTime());
    expect(await delays(training, 3_000, 3 * 24 * HOUR_MS, 3 * 24 * HOUR_MS + 86_400, 0, -1)).toEqual([3_000]);
  });

  it('waits as long as it takes where cases are real', async () => {
    const [delay = 0] = await delays(new SystemClock(), 45_000, 30_000);
    expect(delay).toBeGreaterThan(29_000);
    expect(delay).toBeLessThanOrEqual(30_000);
  });
});
