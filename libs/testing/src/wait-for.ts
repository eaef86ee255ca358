import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until a condition holds: asks again and again, a few milliseconds apart. Use it instead of sleeping.
 * @param what the condition in words, for the message when time is up
 * @param ask gives a value when it holds, and undefined or false while it does not
 * @param withinMs milliseconds to wait at most; 10,000 when absent
 * @returns what `ask` gave
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = 10_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${withinMs} ms in vain until ${what}`);
    }
    await pause(15);
  }
}
