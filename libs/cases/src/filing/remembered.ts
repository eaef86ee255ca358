const FRESH_FOR_MS = 10_000;

/** What was read, for ten seconds. Who asks while it is being read waits for the same answer; a failure is not kept, so that the next one asks again. */
export class Remembered<Key, Value> {
  readonly #known = new Map<Key, { readonly value: Promise<Value>; readonly until: number }>();

  get(key: Key, read: () => Promise<Value>): Promise<Value> {
    const now = performance.now();
    const known = this.#known.get(key);
    if (known !== undefined && known.until >= now) {
      return known.value;
    }
    const fresh = { value: read(), until: now + FRESH_FOR_MS };
    this.#known.set(key, fresh);
    fresh.value.catch(() => {
      if (this.#known.get(key) === fresh) this.#known.delete(key);
    });
    return fresh.value;
  }
}
