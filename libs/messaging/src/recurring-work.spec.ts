import { RecurringWork } from './recurring-work';

/** A round that the test lets end when it wants. */
function gate() {
  const rounds: { end: () => void; fail: (error: Error) => void }[] = [];
  const round = () => new Promise<void>((resolve, reject) => rounds.push({ end: resolve, fail: reject }));
  return { rounds, round };
}

const settle = () => jest.advanceTimersByTimeAsync(0);

describe('recurring work', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('begins at once and then at intervals', async () => {
    let count = 0;
    const work = new RecurringWork(() => Promise.resolve(void (count += 1)), { everyMs: 1_000, onFailure: fail });
    work.start();
    await settle();
    expect(count).toBe(1);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(count).toBe(3);
    await work.stop();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(count).toBe(3);
  });

  it('never runs twice at the same time, and once more when woken meanwhile', async () => {
    const { rounds, round } = gate();
    const work = new RecurringWork(round, { everyMs: 60_000, onFailure: fail });
    work.start();
    work.wake();
    work.wake();
    expect(rounds).toHaveLength(1);
    rounds[0]?.end();
    await settle();
    expect(rounds).toHaveLength(2);
    rounds[1]?.end();
    await settle();
    expect(rounds).toHaveLength(2);
  });

  it('pauses longer with each failure, is not hurried by waking, and recovers', async () => {
    const { rounds, round } = gate();
    const failures: number[] = [];
    const work = new RecurringWork(round, {
      everyMs: 60_000,
      firstPauseMs: 100,
      longestPauseMs: 300,
      onFailure: (_, inARow) => failures.push(inARow),
    });
    work.start();
    for (const pause of [100, 200, 300, 300]) {
      const before = rounds.length;
      rounds.at(-1)?.fail(new Error('away'));
      await settle();
      work.wake();
      await jest.advanceTimersByTimeAsync(pause - 1);
      expect(rounds).toHaveLength(before);
      await jest.advanceTimersByTimeAsync(1);
      expect(rounds).toHaveLength(before + 1);
    }
    expect(failures).toEqual([1, 2, 3, 4]);
    rounds.at(-1)?.end();
    await settle();
    work.wake();
    expect(rounds).toHaveLength(6);
  });

  it('waits for the running round when it is stopped', async () => {
    const { rounds, round } = gate();
    const work = new RecurringWork(round, { everyMs: 10, onFailure: fail });
    work.start();
    let isStopped = false;
    const stopping = work.stop().then(() => (isStopped = true));
    await settle();
    expect(isStopped).toBe(false);
    rounds[0]?.end();
    await stopping;
    await jest.advanceTimersByTimeAsync(100);
    expect(rounds).toHaveLength(1);
  });
});

function fail(error: unknown): never {
  throw error;
}
