import { FREE_ATTEMPTS, waitAfter } from './check-password';

describe('how long an account waits', () => {
  it('is nothing for the free attempts, then a minute, doubling up to a quarter of an hour', () => {
    const minutes = Array.from({ length: 12 }, (_, failures) => waitAfter(failures) / 60_000);
    expect(minutes.slice(0, FREE_ATTEMPTS + 1)).toEqual([0, 0, 0, 0, 0]);
    expect(minutes.slice(FREE_ATTEMPTS + 1)).toEqual([1, 2, 4, 8, 15, 15, 15]);
  });
});
