/** A bad answer is asked for again sooner: who was away may be back. Milliseconds. */
const AGAIN_MS = 1_000;

/**
 * A check that costs something, made at most every so often, however often it is asked for: a readiness page can be asked by anybody. In between the last
 * answer is given; a bad one for a second.
 * @param now milliseconds that only go forward; for tests
 */
export function nowAndThen(
  check: () => Promise<unknown>,
  everyMs: number,
  now: () => number = () => performance.now(),
): () => Promise<unknown> {
  let until = -Infinity;
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    if (now() >= until) {
      until = now() + everyMs;
      last = check();
      last.catch(() => {
        until = now() + AGAIN_MS;
      });
    }
    return last;
  };
}
