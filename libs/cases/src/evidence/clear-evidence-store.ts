import { Injectable } from '@nestjs/common';
import { FileStore } from '@recourse/evidence';
import { inTransaction, listNamedFiles } from '@recourse/persistence';
import { DataSource } from 'typeorm';

/** Longer than any upload and any transaction lasts, so that nothing is looked at that somebody still works on. Milliseconds. */
const SAFE_MS = 24 * 3_600_000;
/** Files asked for in one statement. */
const AT_A_TIME = 500;

/** What was found in the evidence store. */
export interface ClearedStore {
  /** Uploads that a killed process had begun, removed. */
  readonly unfinished: number;
  /** Files whose row was committed although nobody was told, kept. */
  readonly claimed: number;
  /** Files that no row names, removed. */
  readonly removed: number;
}

/**
 * Clears up what uploads left behind that were killed or cut off from the database, a day later. It asks only about files that were never
 * claimed. Run by the process that writes the store: intake. The worker has no access to the files and needs none.
 */
@Injectable()
export class ClearEvidenceStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: FileStore,
  ) {}

  /** @param input.now machine time: it is compared with the age of files on the disk */
  async run({ now }: { readonly now: Date }): Promise<ClearedStore> {
    const before = new Date(now.getTime() - SAFE_MS);
    const unfinished = await this.store.removeUnfinished(before);
    const unclaimed = await this.store.listUnclaimed(before);
    let claimed = 0;
    for (let from = 0; from < unclaimed.length; from += AT_A_TIME) {
      claimed += await this.decide(unclaimed.slice(from, from + AT_A_TIME));
    }
    return { unfinished, claimed, removed: unclaimed.length - claimed };
  }

  private async decide(keys: readonly string[]): Promise<number> {
    const named = new Set(await inTransaction(this.dataSource, (tx) => listNamedFiles(tx, keys)));
    for (const key of keys) {
      await (named.has(key) ? this.store.claim(key) : this.store.remove(key));
    }
    return named.size;
  }
}
