import { ATTEMPTS_OF_STRANGERS, FREE_ATTEMPTS, waitAfter } from './check-password';

describe('how long an account waits', () => {
  it('is nothing for the free attempts, then a minute, doubling up to a quarter of an hour', () => {
    const minutes = Array.from({ length: 12 }, (_, failures) => waitAfter(failures) / 60_000);
    expect(minutes.slice(0, FREE_ATTEMPTS + 1)).toEqual([0, 0, 0, 0, 0]);
    expect(minutes.slice(FREE_ATTEMPTS + 1)).toEqual([1, 2, 4, 8, 15, 15, 15]);
  });

  it('leaves one place five attempts at once, ten within half an hour, eleven in the first hour and four in each later one', () => {
    // Minutes after the first attempt, of somebody who tries as soon as they may.
    const tried: number[] = [];
    for (let at = 0, failures = 0; at < 240; at += waitAfter(failures) / 60_000) {
      failures += 1;
      tried.push(at);
    }
    const within = (from: number, to: number): number => tried.filter((at) => at >= from && at < to).length;
    expect([within(0, 1), within(0, 31), within(0, 60), within(60, 120), within(120, 180)]).toEqual([5, 10, 11, 4, 4]);
    // docs/adr/0027 says how many places it takes to use up what all together have.
    expect([within(0, 1), within(0, 31), within(60, 75)].map((each) => Math.ceil(ATTEMPTS_OF_STRANGERS / each))).toEqual([12, 6, 60]);
  });
});
