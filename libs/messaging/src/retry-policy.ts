/** How often and how soon a failed attempt is repeated. */
export interface RetryPolicy {
  /** Attempts in all, the first included. After the last one the row is set aside for a person. */
  readonly attempts: number;
  /** Pause before the second attempt, in milliseconds; doubled each time. */
  readonly firstPauseMs: number;
  /** No pause is longer than this, in milliseconds. */
  readonly longestPauseMs: number;
}

/**
 * 5 s, 10 s, 20 s … at most an hour: a mail server that is down for half a night loses nothing, and after about seven hours a person is told.
 */
export const DEFAULT_RETRY_POLICY: RetryPolicy = { attempts: 16, firstPauseMs: 5_000, longestPauseMs: 3_600_000 };

/**
 * Pause before the next attempt: exponential, with a random half taken off so that a hundred rows that failed together do not return together.
 * @param policy the policy
 * @param attemptsMade attempts already made, 1 after the first
 * @param random a number in [0, 1)
 * @returns milliseconds, between half of the full pause and all of it
 */
export function retryPauseMs(policy: RetryPolicy, attemptsMade: number, random: number): number {
  const full = Math.min(policy.firstPauseMs * 2 ** Math.min(attemptsMade - 1, 40), policy.longestPauseMs);
  return Math.round(full / 2 + (full / 2) * random);
}
