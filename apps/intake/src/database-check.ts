import type { OnApplicationBootstrap } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { requireFitDatabase, type Mode } from '@recourse/persistence';

/**
 * Keeps the public door shut when it was given another role's URL: with the owner's it would work, and whoever broke into
 * it could read every row. The same for a demo in production.
 */
export class DatabaseCheck implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly mode: Mode,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await requireFitDatabase(this.dataSource, 'intake', this.mode);
  }
}
