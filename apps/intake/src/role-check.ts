import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { findRoleProblem } from '@recourse/persistence';

/**
 * Keeps the public door shut when it was given another role's URL: with the owner's it would work, and whoever broke into
 * it could read every row.
 */
@Injectable()
export class RoleCheck implements OnApplicationBootstrap {
  constructor(private readonly dataSource: DataSource) {}

  async onApplicationBootstrap(): Promise<void> {
    const problem = await findRoleProblem(this.dataSource, 'intake');
    if (problem !== undefined) throw new Error(problem);
  }
}
