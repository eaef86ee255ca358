/** So many files of one complaint may arrive at the same time, in one process. */
const AT_ONCE = 2;

/**
 * Counts the files of each complaint that are arriving. The quota knows a file when it is here; whoever began hundreds at once would fill the store before the first of
 * them is counted. In memory, because that is what it protects: nothing of it outlives the process, and a connection that has fallen silent is cut (libs/web).
 */
export class ArrivingFiles {
  readonly #counts = new Map<string, number>();

  /** @returns false when as many are arriving as may */
  begin(caseId: string): boolean {
    const count = this.#counts.get(caseId) ?? 0;
    if (count >= AT_ONCE) {
      return false;
    }
    this.#counts.set(caseId, count + 1);
    return true;
  }

  /** Once for each that began, however it ended. */
  end(caseId: string): void {
    const count = (this.#counts.get(caseId) ?? 0) - 1;
    if (count > 0) {
      this.#counts.set(caseId, count);
    } else {
      this.#counts.delete(caseId);
    }
  }
}
