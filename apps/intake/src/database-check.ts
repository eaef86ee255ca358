import type { OnApplicationBootstrap } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { keepSecrets, type FilingSecrets } from '@recourse/cases';
import { requireFitDatabase, type Mode } from '@recourse/persistence';

/**
 * Keeps the public door shut when it was given another role's URL: with the owner's it would work, and whoever broke into
 * it could read every row. The same for a demo in production, and for secrets under which nobody's receipt would work.
 */
export class DatabaseCheck implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly mode: Mode,
    private readonly secrets: FilingSecrets,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await requireFitDatabase(this.dataSource, 'intake', this.mode);
    await keepSecrets(this.dataSource, this.secrets);
  }
}
