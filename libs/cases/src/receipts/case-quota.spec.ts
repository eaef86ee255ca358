import type { BroughtThings } from '@recourse/persistence';
import fc from 'fast-check';
import { CaseQuota, overQuota, QUOTA_DAY_MS } from './case-quota';

const NOW = new Date('2026-11-28T12:00:00Z');
const quota = new CaseQuota({ aDay: 3, inAll: 5 }, { aDay: 2, inAll: 4 }, { aDay: 2, inAll: 4 }, { aDay: 1_000, inAll: 5_000 });
const ago = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);
const in_ = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);
const message = (at: Date | null, count = 1, bytes = 10): BroughtThings => ({ kind: 'message', at, count, bytes });
const another = { kind: 'message', bytes: 10 } as const;

describe('what one complaint may be brought', () => {
  it('is the allowance of a day, and then what leaves the last 24 hours first makes room', () => {
    expect(overQuota(quota, [message(ago(20)), message(ago(3))], another, NOW)).toBeUndefined();
    const full = [message(ago(3)), message(ago(20)), message(ago(1))];
    expect(overQuota(quota, full, another, NOW)).toEqual({ ok: false, code: 'too_many_today', retryAt: in_(4) });
  });

  it('counts several that came at one instant', () => {
    expect(overQuota(quota, [message(ago(2), 4)], another, NOW)).toEqual({ ok: false, code: 'too_many_today', retryAt: in_(22) });
  });

  it('counts what is of another kind by its bytes alone', () => {
    const additions: BroughtThings[] = [{ kind: 'addition', at: ago(1), count: 9, bytes: 90 }];
    expect(overQuota(quota, additions, another, NOW)).toBeUndefined();
    const files: BroughtThings[] = [
      { kind: 'file', at: ago(5), count: 1, bytes: 600 },
      { kind: 'file', at: ago(1), count: 1, bytes: 395 },
    ];
    expect(overQuota(quota, files, another, NOW)).toEqual({ ok: false, code: 'too_many_today', retryAt: in_(19) });
  });

  it('waits for the later of the two', () => {
    const use = [message(ago(10), 1, 4), message(ago(9), 1, 990), message(ago(8), 1, 6)];
    expect(overQuota(quota, use, another, NOW)).toMatchObject({ retryAt: in_(15) });
  });

  it('takes something larger than a day’s bytes when it is alone', () => {
    expect(overQuota(quota, [], { kind: 'file', bytes: 4_000 }, NOW)).toBeUndefined();
    expect(overQuota(quota, [message(ago(1))], { kind: 'file', bytes: 4_000 }, NOW)).toMatchObject({ retryAt: in_(23) });
  });

  it.each([
    ['as many as in all', [message(null, 4), message(ago(1))]],
    ['as many bytes as in all', [message(null, 1, 4_995)]],
  ])('is full with %s, and waiting does not help', (_, use) => {
    expect(overQuota(quota, use, another, NOW)).toEqual({ ok: false, code: 'case_full' });
  });

  it('is taken at the instant that was named, and not a moment before', () => {
    const minutes = fc.array(fc.integer({ min: 1, max: 1_439 }), { minLength: 3, maxLength: 4 });
    fc.assert(
      fc.property(minutes, (all) => {
        const use = all.map((minute) => message(new Date(NOW.getTime() - minute * 60_000)));
        const refusal = overQuota(quota, use, another, NOW);
        expect(refusal).toMatchObject({ code: 'too_many_today' });
        const at = refusal?.code === 'too_many_today' ? refusal.retryAt : NOW;
        const askedAt = (now: Date) =>
          overQuota(
            quota,
            use.map((one) => ({ ...one, at: one.at !== null && one.at.getTime() > now.getTime() - QUOTA_DAY_MS ? one.at : null })),
            another,
            now,
          );
        expect(askedAt(at)).toBeUndefined();
        expect(askedAt(new Date(at.getTime() - 1))).toMatchObject({ code: 'too_many_today', retryAt: at });
      }),
    );
  });
});
