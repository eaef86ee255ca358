import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { findRoleProblem } from '@recourse/persistence';
import { DataSource } from 'typeorm';

/** Keeps the staff's rooms shut when they were given another role's URL: what the database allows them is part of who may see what. */
@Injectable()
export class RoleCheck implements OnApplicationBootstrap {
  constructor(private readonly dataSource: DataSource) {}

  async onApplicationBootstrap(): Promise<void> {
    const problem = await findRoleProblem(this.dataSource, 'casework');
    if (problem !== undefined) throw new Error(problem);
  }
}
