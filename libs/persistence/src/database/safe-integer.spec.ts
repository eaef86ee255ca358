import { safeInteger, toSafeInteger } from './safe-integer';

describe('bigint columns', () => {
  it('come and go exactly', () => {
    for (const number of [0, -1, 86_400_000, Number.MAX_SAFE_INTEGER]) {
      const stored: unknown = safeInteger.to(number);
      expect(toSafeInteger(String(stored))).toBe(number);
      expect(safeInteger.from(stored) as unknown).toBe(number);
    }
    expect(safeInteger.from(null)).toBeNull();
    expect(safeInteger.to(null)).toBeNull();
    expect(safeInteger.to(undefined)).toBeUndefined();
  });

  it('refuse what a number cannot hold instead of rounding it', () => {
    expect(() => toSafeInteger('9007199254740993')).toThrow(RangeError);
    expect(() => {
      safeInteger.to(0.5);
    }).toThrow(RangeError);
  });
});
