import fc from 'fast-check';

import { DEFAULT_RETRY_POLICY, retryPauseMs } from './retry-policy';

describe('pauses between attempts', () => {
  const policy = { attempts: 9, firstPauseMs: 1_000, longestPauseMs: 60_000 };

  it('double each time up to the longest', () => {
    const pauses = [1, 2, 3, 4, 7, 8, 500].map((n) => retryPauseMs(policy, n, 0.999_999));
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 60_000, 60_000, 60_000]);
  });

  it('lose up to half by chance, so that rows that failed together do not return together', () => {
    expect(retryPauseMs(policy, 3, 0)).toBe(2_000);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
        const full = retryPauseMs(policy, attempt, 1);
        expect(retryPauseMs(policy, attempt, random)).toBeGreaterThanOrEqual(full / 2);
        expect(retryPauseMs(policy, attempt, random)).toBeLessThanOrEqual(full);
      }),
    );
  });

  it('outlast half a night with the shipped policy, and end within a working day', () => {
    const { attempts } = DEFAULT_RETRY_POLICY;
    const total = (random: number) =>
      Array.from({ length: attempts - 1 }, (_, i) => retryPauseMs(DEFAULT_RETRY_POLICY, i + 1, random)).reduce((a, b) => a + b);
    expect(total(0)).toBeGreaterThan(3 * 3_600_000);
    expect(total(1)).toBeLessThan(8 * 3_600_000);
  });
});
