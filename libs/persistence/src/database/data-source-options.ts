import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions';

import { ENTITIES } from './entities';

/** How a process connects. */
export interface ConnectionChoices {
  /** Largest number of connections in the pool; 10 when absent. */
  readonly poolSize?: number;
  /** Shown in `pg_stat_activity`; name the process. */
  readonly applicationName?: string;
  /** How long to wait for a connection before giving up, in milliseconds; 5,000 when absent. */
  readonly connectTimeoutMs?: number;
  /**
   * How long to wait for the answer to one query, in milliseconds; for ever when absent. The server has limits of its own, but a server that is frozen, or
   * behind a line that swallows everything, keeps none. Give more than its `statement_timeout`.
   */
  readonly answerTimeoutMs?: number;
}

/**
 * Options of a TypeORM `DataSource` on one of our databases. The schema comes from the numbered SQL files and from nowhere else, so
 * `synchronize` and TypeORM's migrations stay off. Nothing is logged: parameters of queries are what people wrote.
 * @param url `postgres://role:password@host:port/database`
 * @param choices pool size and names
 */
export function dataSourceOptions(url: string, choices: ConnectionChoices = {}): PostgresDataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: ENTITIES,
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    logging: false,
    poolSize: choices.poolSize ?? 10,
    connectTimeoutMS: choices.connectTimeoutMs ?? 5_000,
    applicationName: choices.applicationName ?? 'recourse',
    extra: { keepAlive: true, ...(choices.answerTimeoutMs === undefined ? {} : { query_timeout: choices.answerTimeoutMs }) },
  };
}
