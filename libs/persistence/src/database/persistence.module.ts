import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { type ConnectionChoices, dataSourceOptions } from './data-source-options';
import { findSetupProblem } from './postgres-errors';

/** What {@link PersistenceModule.forRoot} needs: where the database is, and how the process connects. */
export interface PersistenceOptions extends ConnectionChoices {
  /** URL with the role of this process. */
  readonly url: string;
}

/** A person waits for the answer; the longest query that the server itself allows their process takes fifteen seconds (always/roles.sql). */
const ANSWER_TIMEOUT_MS = 20_000;

const PATIENCE = { retryAttempts: 10, retryDelay: 3_000, toRetry: (error: unknown) => findSetupProblem(error) === undefined };

/**
 * Gives a Nest application its `DataSource`; inject it by class: `constructor(private readonly dataSource: DataSource)`.
 *
 * A database that is away at start is tried ten times, three seconds apart, then the process ends with the reason. One that somebody has to put right is not waited for. Later losses are healed by the
 * pool: each query takes a fresh connection.
 */
@Module({})
export class PersistenceModule {
  /** @param options the connection */
  static forRoot(options: PersistenceOptions): DynamicModule {
    return {
      module: PersistenceModule,
      imports: [TypeOrmModule.forRoot({ ...connectionOf(options), ...PATIENCE })],
      exports: [TypeOrmModule],
    };
  }

  /**
   * The same for settings that are provided by the application.
   * @param options tokens to inject, and a function that makes the connection options of them
   */
  static forRootAsync(options: {
    readonly imports?: DynamicModule['imports'];
    readonly inject: NonNullable<Parameters<typeof TypeOrmModule.forRootAsync>[0]['inject']>;
    // Nest injects what the tokens stand for; only the caller knows those types, and states them in its parameters.
    readonly useFactory: (...injected: never[]) => PersistenceOptions;
  }): DynamicModule {
    return {
      module: PersistenceModule,
      imports: [
        TypeOrmModule.forRootAsync({
          imports: options.imports ?? [],
          inject: options.inject,
          useFactory: (...injected: unknown[]) => {
            const chosen = options.useFactory(...(injected as never[]));
            return { ...connectionOf(chosen), ...PATIENCE };
          },
        }),
      ],
      exports: [TypeOrmModule],
    };
  }
}

function connectionOf(options: PersistenceOptions): ReturnType<typeof dataSourceOptions> {
  return dataSourceOptions(options.url, { answerTimeoutMs: ANSWER_TIMEOUT_MS, ...options });
}
