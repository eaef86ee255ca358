import { OutboxTable, type OutboxRow, type WaitingOutboxRow } from '../src/outbox-table';

/** One row as the fake keeps it. */
export interface MemoryRow {
  readonly id: string;
  readonly topic: string;
  readonly payload: unknown;
  readonly createdAt: Date;
  availableAt: number;
  handedAt?: number;
  doneAt?: number;
  setAsideAt?: number;
  attempts: number;
  lastErrorCode?: string;
}

/** The outbox in memory: a fake of the port, for tests of the queue that need no database of ours. */
export class MemoryOutboxTable extends OutboxTable {
  readonly rows = new Map<string, MemoryRow>();

  /** Puts a committed row into the table. */
  put(id: string, topic: string, payload: unknown): MemoryRow {
    const row: MemoryRow = { id, topic, payload, createdAt: new Date(), availableAt: Date.now(), attempts: 0 };
    this.rows.set(id, row);
    return row;
  }

  override claimWaiting(topics: readonly string[], limit: number): Promise<readonly WaitingOutboxRow[]> {
    return this.#claim(limit, (row) => row.handedAt === undefined && row.availableAt <= Date.now() && topics.includes(row.topic));
  }

  override claimUnfinished(topics: readonly string[], olderThanMs: number, limit: number): Promise<readonly WaitingOutboxRow[]> {
    const before = Date.now() - olderThanMs;
    return this.#claim(limit, (row) => row.handedAt !== undefined && row.handedAt <= before && topics.includes(row.topic));
  }

  override releaseClaim(ids: readonly string[]): Promise<void> {
    ids.forEach((id) => delete this.row(id).handedAt);
    return Promise.resolve();
  }

  override read(id: string): Promise<OutboxRow | undefined> {
    const row = this.rows.get(id);
    return Promise.resolve(row && { ...row, isFinished: isFinished(row) });
  }

  override markDone(id: string): Promise<void> {
    this.row(id).doneAt ??= Date.now();
    return Promise.resolve();
  }

  override postpone(id: string, at: Date): Promise<void> {
    const row = this.row(id);
    row.availableAt = at.getTime();
    delete row.handedAt;
    return Promise.resolve();
  }

  override noteFailure(id: string, code: string): Promise<number> {
    const row = this.row(id);
    row.attempts += 1;
    row.lastErrorCode = code;
    return Promise.resolve(row.attempts);
  }

  override setAside(id: string, code: string): Promise<void> {
    Object.assign(this.row(id), { setAsideAt: Date.now(), lastErrorCode: code });
    return Promise.resolve();
  }

  /** The row, which must exist. */
  row(id: string): MemoryRow {
    const row = this.rows.get(id);
    if (row === undefined) {
      throw new Error(`no row ${id}`);
    }
    return row;
  }

  #claim(limit: number, isWanted: (row: MemoryRow) => boolean): Promise<WaitingOutboxRow[]> {
    const claimed = [...this.rows.values()].filter((row) => !isFinished(row) && isWanted(row)).slice(0, limit);
    claimed.forEach((row) => (row.handedAt = Date.now()));
    return Promise.resolve(claimed.map(({ id }) => ({ id })));
  }
}

function isFinished(row: MemoryRow): boolean {
  return row.doneAt !== undefined || row.setAsideAt !== undefined;
}
