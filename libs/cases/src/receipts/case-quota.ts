import type { BroughtThings } from '@recourse/persistence';

/** How much of something one complaint may bring. */
export interface Allowance {
  /** Within any 24 hours. */
  readonly aDay: number;
  readonly inAll: number;
}

/**
 * What one receipt may bring to its complaint after filing. It keeps one person with one receipt from filling the store and burying the staff, and is
 * wide enough for a frightened person who writes every few minutes. Provide one built from the intake settings.
 */
export class CaseQuota {
  constructor(
    readonly messages: Allowance = { aDay: 50, inAll: 2_000 },
    readonly additions: Allowance = { aDay: 50, inAll: 500 },
    readonly files: Allowance = { aDay: 30, inAll: 300 },
    /** Of texts and files together, as stored. */
    readonly bytes: Allowance = { aDay: 300_000_000, inAll: 3_000_000_000 },
  ) {}
}

/** - `too_many_today`: it can be taken from `retryAt` on. - `case_full`: waiting does not help. Nothing was stored. */
export type OverQuota =
  { readonly ok: false; readonly code: 'too_many_today'; readonly retryAt: Date } | { readonly ok: false; readonly code: 'case_full' };

/** What is about to be added. */
export interface Bringing {
  readonly kind: BroughtThings['kind'];
  readonly bytes: number;
}

/** The length of a day of the quota, in milliseconds: any 24 hours, so that nothing depends on a time zone. */
export const QUOTA_DAY_MS = 24 * 3_600_000;

const ALLOWANCES = { message: 'messages', addition: 'additions', file: 'files' } as const;

/**
 * Whether something more may be added. Pure.
 * @param use what was brought so far, by instant for the last day (`listShownUse`)
 * @returns undefined when it may
 */
export function overQuota(quota: CaseQuota, use: readonly BroughtThings[], bringing: Bringing, now: Date): OverQuota | undefined {
  const ofKind = use.filter(({ kind }) => kind === bringing.kind);
  const measures = [
    { allowed: quota[ALLOWANCES[bringing.kind]], more: 1, used: ofKind.map(({ at, count }) => ({ at, amount: count })) },
    { allowed: quota.bytes, more: bringing.bytes, used: use.map(({ at, bytes }) => ({ at, amount: bytes })) },
  ];
  if (measures.some(({ allowed, more, used }) => total(used) + more > allowed.inAll)) {
    return { ok: false, code: 'case_full' };
  }
  const waits = measures.map(({ allowed, more, used }) => roomAt(used, allowed.aDay - more)).filter((at) => at !== undefined);
  const retryAt = Math.max(...waits.map((at) => at.getTime()));
  return retryAt > now.getTime() ? { ok: false, code: 'too_many_today', retryAt: new Date(retryAt) } : undefined;
}

interface Used {
  readonly at: Date | null;
  readonly amount: number;
}

/** When so much of the last day is over that only `room` of it is left; undefined when it is so now. */
function roomAt(used: readonly Used[], room: number): Date | undefined {
  const today = used.flatMap(({ at, amount }) => (at === null ? [] : [{ at, amount }])).sort((a, b) => a.at.getTime() - b.at.getTime());
  let left = total(today);
  let free: Date | undefined;
  for (const { at, amount } of today) {
    // Not below nothing: what is larger than a whole day's room is taken when it is alone.
    if (left <= Math.max(room, 0)) break;
    left -= amount;
    free = new Date(at.getTime() + QUOTA_DAY_MS);
  }
  return free;
}

function total(used: readonly Pick<Used, 'amount'>[]): number {
  return used.reduce((sum, { amount }) => sum + amount, 0);
}
