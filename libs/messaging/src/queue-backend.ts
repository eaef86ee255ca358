import {
  createRedisBackend,
  Queue,
  Worker,
  type BackendFactory,
  type IQueueBackend,
  type Processor,
  type QueueOptions,
  type RedisOptions,
  type WorkerOptions,
} from 'bullmq';

import { createPatientPostgresBackend, type PostgresQueueConnection } from './patient-postgres-backend';

/** Schema in which BullMQ keeps its tables when the queue lives in PostgreSQL. */
export const QUEUE_SCHEMA = 'bullmq';

/** Prefix of every key when the queue lives in Redis or Valkey, so that several programs can share one server. */
export const QUEUE_PREFIX = 'recourse';

/** What decides where the queue lives. */
export interface QueueSettings {
  /** Connection URL of the worker's database role. */
  readonly databaseUrl: string;
  /** `redis://` or `rediss://` URL. When present the queue lives there, otherwise in PostgreSQL. */
  readonly redisUrl?: string | undefined;
}

/** Where the queue lives: the first form is PostgreSQL, the second Redis or Valkey. */
export type QueueConnection = PostgresQueueConnection | (RedisOptions & { readonly url: string });

/** Name of the backend, for health pages and logs. */
export type QueueBackendName = 'postgres' | 'redis';

/**
 * Tells which backend the settings choose.
 * @param settings the worker's settings
 */
export function queueBackendName(settings: QueueSettings): QueueBackendName {
  return settings.redisUrl === undefined ? 'postgres' : 'redis';
}

/**
 * Connection to the backend that the settings choose. This file is the only place that knows there are two.
 * @param settings the worker's settings
 */
export function queueConnection(settings: QueueSettings): QueueConnection {
  if (settings.redisUrl !== undefined) {
    return {
      url: settings.redisUrl,
      connectTimeout: 5_000,
      disconnectTimeout: 500,
      retryStrategy: (times) => Math.min(times * 200, 5_000),
    };
  }
  return {
    connectionString: settings.databaseUrl,
    schema: QUEUE_SCHEMA,
    // One worker process holds two queues and two workers; each needs a few connections, not pg's ten.
    max: 4,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  };
}

/** Builds the backend that belongs to the shape of `opts.connection`. */
const createBackend: BackendFactory<IQueueBackend, QueueConnection> = (name, opts, factoryOpts) => {
  const { connection } = opts;
  if (isPostgres(connection)) {
    return createPatientPostgresBackend(name, { ...opts, connection }, factoryOpts);
  }
  const backend = createRedisBackend(name, { ...opts, connection }, factoryOpts);
  // BullMQ takes leave with QUIT. While the server is away that fails, and ioredis goes on reconnecting for ever after close(); so hang up
  // instead. Nothing is under way by then: a worker closes its backend after its jobs, a queue after its last command.
  const close = backend.close.bind(backend);
  backend.close = () => close(true);
  return backend;
};

function isPostgres(connection: QueueConnection): connection is PostgresQueueConnection {
  return 'connectionString' in connection;
}

/**
 * How often ioredis sends a command again while the server is away. Whoever adds a job wants to know soon, to say so and to try again later; a worker has nothing
 * better to do than to wait.
 */
function withRetries(connection: QueueOptions['connection'], maxRetriesPerRequest: 3 | null): QueueOptions['connection'] {
  return 'url' in connection ? { ...connection, maxRetriesPerRequest } : connection;
}

/**
 * A BullMQ queue on whichever backend its `connection` belongs to. `@nestjs/bullmq` makes every queue from the class in
 * `BullModule.queueClass`, and passes it no backend; hence a class that finds the backend in its options.
 */
export class BackendQueue extends Queue {
  constructor(name: string, opts: QueueOptions) {
    super(name, { ...opts, connection: withRetries(opts.connection, 3) }, createBackend as BackendFactory<never>);
    // Without a listener BullMQ prints the error with the whole connection, password included. Nothing is lost by not listening: whoever
    // adds a job gets the same failure as a rejection, and tells of it.
    this.on('error', () => undefined);
  }
}

/** How long a worker that closes waits for its jobs, and for the server to hear of their end. Less than the process gives itself to say goodbye. */
const LONGEST_CLOSING_MS = 5_000;

/** A BullMQ worker on whichever backend its `connection` belongs to; see {@link BackendQueue}. */
export class BackendWorker extends Worker {
  #ended: Promise<void> | undefined;

  constructor(name: string, processor: Processor | string | URL | null | undefined, opts: WorkerOptions) {
    super(name, processor, { ...opts, connection: withRetries(opts.connection, null) }, createBackend as BackendFactory<never>);
  }

  /**
   * Ends within some seconds, whatever still hangs. While the server is away a command that was sent is repeated for ever, and ioredis, which BullMQ asks to hang up while
   * it is about to connect again, never says that it has: then this hangs up for good and waits no longer. What was not told to the server is taken up again; handlers are
   * idempotent.
   */
  override close(force = false): Promise<void> {
    this.#ended ??= this.#end(force);
    return this.#ended;
  }

  async #end(force: boolean): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => resolve(this.#hangUp()), LONGEST_CLOSING_MS);
    });
    await Promise.race([super.close(force), late]);
    clearTimeout(timer);
  }

  async #hangUp(): Promise<void> {
    await this.lockManager.close();
    await this.backend.close(true);
  }
}
