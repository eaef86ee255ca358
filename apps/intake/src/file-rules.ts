/** What the public door may say about files beforehand. The evidence store is what enforces it. */
export class FileRules {
  constructor(
    /** Largest file that is taken, in bytes. */
    readonly limitBytes: number,
  ) {}

  /** The same in whole megabytes (10^6 bytes), as it is said to people. */
  get megabytes(): number {
    return Math.floor(this.limitBytes / 1_000_000);
  }
}
