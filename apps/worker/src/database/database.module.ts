import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { WorkerSettings } from '@recourse/config';
import { dataSourceOptions } from '@recourse/persistence';
import { keyPairFrom, wipe } from '@recourse/vault';
import { DataSource } from 'typeorm';

import { PatientDatabase } from './patient-database';

/** EX_CONFIG of sysexits.h: the settings are wrong, and starting again will not help. */
const EXIT_WRONG_SETTINGS = 78;

/** Longer than the sixty seconds that the server allows a query of the worker (always/roles.sql). */
const ANSWER_TIMEOUT_MS = 75_000;

/** The data source of the worker. Unlike the web processes', it waits for its database as long as it takes. */
@Module({})
export class DatabaseModule {
  /** @param settings the URL, with any other role than `recourse_worker` the process ends; the most connections; the mode, in production a demo ends it too; the key, which has to be the one that addresses are sealed to */
  static forRoot(settings: Pick<WorkerSettings, 'databaseUrl' | 'databaseConnections' | 'mode' | 'secretKey'>): DynamicModule {
    const connection = dataSourceOptions(settings.databaseUrl, {
      poolSize: settings.databaseConnections,
      applicationName: 'recourse worker',
      answerTimeoutMs: ANSWER_TIMEOUT_MS,
    });
    return {
      module: DatabaseModule,
      imports: [TypeOrmModule.forRoot({ ...connection, manualInitialization: true })],
      providers: [
        {
          provide: PatientDatabase,
          inject: [DataSource],
          useFactory: (dataSource: DataSource) =>
            new PatientDatabase(dataSource, { mode: settings.mode, publicKey: publicHalf(settings.secretKey) }, endProcess),
        },
      ],
      exports: [TypeOrmModule, PatientDatabase],
    };
  }
}

function publicHalf(key: Buffer): Buffer {
  const { publicKey, secretKey } = keyPairFrom(Buffer.from(key));
  wipe(secretKey);
  return publicKey;
}

/** At once: nothing was begun that would have to end well. */
function endProcess(problem: string): never {
  process.stderr.write(`The worker does not start: ${problem}. See RECOURSE_WORKER_DATABASE_URL.\n`);
  process.exit(EXIT_WRONG_SETTINGS);
}
