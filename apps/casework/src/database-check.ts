import type { OnApplicationBootstrap } from '@nestjs/common';
import { requireFitDatabase, type Mode } from '@recourse/persistence';
import type { DataSource } from 'typeorm';

/**
 * Keeps the staff's rooms shut when they were given another role's URL: what the database allows them is part of who may see what. The same for a demo in
 * production, into which everybody could sign in.
 */
export class DatabaseCheck implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly mode: Mode,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await requireFitDatabase(this.dataSource, 'casework', this.mode);
  }
}
