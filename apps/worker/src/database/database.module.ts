import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { dataSourceOptions } from '@recourse/persistence';

import { PatientDatabase } from './patient-database';

/** The data source of the worker. Unlike the web processes', it waits for its database as long as it takes. */
@Module({})
export class DatabaseModule {
  /**
   * @param options.url with the role `recourse_worker`
   * @param options.poolSize the most connections
   */
  static forRoot(options: { readonly url: string; readonly poolSize: number }): DynamicModule {
    const connection = dataSourceOptions(options.url, { poolSize: options.poolSize, applicationName: 'recourse worker' });
    return {
      module: DatabaseModule,
      imports: [TypeOrmModule.forRoot({ ...connection, manualInitialization: true })],
      providers: [PatientDatabase],
      exports: [TypeOrmModule, PatientDatabase],
    };
  }
}
