import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Clock } from '@recourse/clock';
import { OutboxTable, type OutboxRow, type WaitingOutboxRow } from '@recourse/messaging';
import {
  claimOutbox,
  claimUnfinishedOutbox,
  findOutboxMessage,
  inTransaction,
  markOutboxDone,
  noteOutboxFailure,
  postponeOutbox,
  releaseOutbox,
  setOutboxAside,
} from '@recourse/persistence';

/** The outbox in PostgreSQL, as the role of the worker. */
@Injectable()
export class PostgresOutboxTable extends OutboxTable {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async claimWaiting(topics: readonly string[], limit: number): Promise<readonly WaitingOutboxRow[]> {
    return asRows(await inTransaction(this.dataSource, (tx) => claimOutbox(tx, topics, this.clock.now(), limit)));
  }

  override async claimUnfinished(topics: readonly string[], olderThanMs: number, limit: number): Promise<readonly WaitingOutboxRow[]> {
    const now = this.clock.now();
    const handedBefore = new Date(now.getTime() - olderThanMs * this.clock.pace);
    return asRows(await inTransaction(this.dataSource, (tx) => claimUnfinishedOutbox(tx, topics, handedBefore, now, limit)));
  }

  override async releaseClaim(ids: readonly string[]): Promise<void> {
    await inTransaction(this.dataSource, (tx) => releaseOutbox(tx, ids));
  }

  override async read(id: string): Promise<OutboxRow | undefined> {
    const found = await inTransaction(this.dataSource, (tx) => findOutboxMessage(tx, id));
    if (found === undefined) {
      return undefined;
    }
    const { topic, payload, createdAt, attempts, doneAt, setAsideAt } = found;
    return { id, topic, payload, createdAt, attempts, isFinished: doneAt !== null || setAsideAt !== null };
  }

  override async markDone(id: string): Promise<void> {
    await inTransaction(this.dataSource, (tx) => markOutboxDone(tx, id, this.clock.now()));
  }

  override async postpone(id: string, at: Date): Promise<void> {
    await inTransaction(this.dataSource, (tx) => postponeOutbox(tx, id, at));
  }

  override async noteFailure(id: string, code: string): Promise<number> {
    return inTransaction(this.dataSource, (tx) => noteOutboxFailure(tx, id, code));
  }

  override async setAside(id: string, code: string): Promise<void> {
    await inTransaction(this.dataSource, (tx) => setOutboxAside(tx, id, code, this.clock.now()));
  }
}

function asRows(ids: readonly string[]): readonly WaitingOutboxRow[] {
  return ids.map((id) => ({ id }));
}
