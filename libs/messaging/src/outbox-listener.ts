import { Client } from 'pg';

import { RecurringWork } from './recurring-work';

/** Channel on which a transaction that wrote an outbox row says so when it commits. */
export const OUTBOX_CHANNEL = 'recourse_outbox';

/** What the listener needs. */
export interface OutboxListenerOptions {
  /** Connection URL of the worker's database role. */
  readonly databaseUrl: string;
  /** Called for each notification, and once after every (re)connection because notifications were missed meanwhile. */
  readonly onSignal: () => void;
  /** Told when the connection was lost or refused. It must not throw. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Listens for "something was written into the outbox", so that a mail leaves within milliseconds instead of at the next poll. Only
 * a convenience: notifications that are lost cost promptness, never a row.
 */
export class OutboxListener {
  #client: Client | undefined;
  readonly #reconnecting: RecurringWork;

  constructor(private readonly options: OutboxListenerOptions) {
    this.#reconnecting = new RecurringWork(() => this.#connectIfNeeded(), {
      everyMs: 5_000,
      onFailure: (error) => this.options.onFailure(error),
    });
  }

  /** Begins to listen; keeps trying while the database is away. */
  start(): void {
    this.#reconnecting.start();
  }

  /** Ends and closes the connection. */
  async stop(): Promise<void> {
    await this.#reconnecting.stop();
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  async #connectIfNeeded(): Promise<void> {
    const known = this.#client;
    if (known !== undefined) {
      // A connection that died silently (a router that forgot it) is found out by asking.
      await this.#orGiveUp(known, () => known.query('SELECT 1'));
      return;
    }
    const client = new Client({
      connectionString: this.options.databaseUrl,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      application_name: 'recourse-worker-outbox-listener',
    });
    client.on('error', (error) => this.#lost(client, error));
    client.on('notification', () => this.options.onSignal());
    await client.connect();
    await this.#orGiveUp(client, () => client.query(`LISTEN ${OUTBOX_CHANNEL}`));
    this.#client = client;
    this.options.onSignal();
  }

  async #orGiveUp(client: Client, ask: () => Promise<unknown>): Promise<void> {
    try {
      await ask();
    } catch (error) {
      this.#client = undefined;
      // Nobody waits for a broken connection to say goodbye; its own failure would only repeat the first.
      client.end().catch((endError: unknown) => this.options.onFailure(endError));
      throw error;
    }
  }

  #lost(client: Client, error: Error): void {
    if (this.#client === client) {
      this.#client = undefined;
    }
    this.options.onFailure(error);
    this.#reconnecting.wake();
  }
}
