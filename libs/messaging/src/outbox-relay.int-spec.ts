import { randomUUID } from 'node:crypto';

import { describeOnBothBackends, waitFor, type BackendUnderTest } from '@recourse/testing';

import { MemoryOutboxTable } from '../test-support/memory-outbox-table';
import { CannotSucceedError, TryAgainError } from './job-errors';
import { OutboxRelay, type OutboxRelayOptions } from './outbox-relay';
import { OutboxRunner } from './outbox-runner';
import { BackendQueue, BackendWorker, QUEUE_PREFIX, queueConnection } from './queue-backend';
import type { PayloadQueue, QueuePayloads } from './queue-names';
import { JOB_OPTIONS } from './queue.module';
import { TopicRegistry, type AnyTopicHandler, type Handled } from './topic-registry';
import { WORKER_OPTIONS } from './worker-options';

const POLICY = { attempts: 4, firstPauseMs: 200, longestPauseMs: 1_000 };

/** A relay, a table and any number of workers on one backend. */
class Office {
  readonly table = new MemoryOutboxTable();
  readonly handled: { readonly outboxId: string; readonly at: number }[] = [];
  readonly errors: unknown[] = [];
  readonly queue: PayloadQueue<'outbox'>;
  act: (outboxId: string) => Promise<Handled> = () => Promise.resolve({ kind: 'done' });
  readonly #registry: TopicRegistry;
  readonly #closers: (() => Promise<unknown>)[] = [];

  constructor(private readonly backend: BackendUnderTest) {
    const handler: AnyTopicHandler = {
      topic: 'message_sent',
      handle: (_payload, { outboxId }) => {
        this.handled.push({ outboxId, at: Date.now() });
        return this.act(outboxId);
      },
    };
    this.#registry = new TopicRegistry([handler], ['message_sent']);
    this.queue = new BackendQueue('outbox', {
      connection: queueConnection(backend.settings),
      prefix: QUEUE_PREFIX,
      defaultJobOptions: JOB_OPTIONS,
    }) as PayloadQueue<'outbox'>;
    this.queue.on('error', (error) => this.errors.push(error));
    this.#closers.push(() => this.queue.close());
  }

  put(topic = 'message_sent'): string {
    const id = randomUUID();
    this.table.put(id, topic, { caseId: randomUUID(), messageId: randomUUID() });
    return id;
  }

  startRelay(options: Partial<OutboxRelayOptions> = {}): OutboxRelay {
    const relay = new OutboxRelay(this.table, this.queue, this.#registry, {
      pollEveryMs: 100,
      unfinishedAfterMs: 1_000,
      batch: 50,
      onFailure: (error) => this.errors.push(error),
      ...options,
    });
    relay.start();
    this.#closers.push(() => relay.stop());
    return relay;
  }

  startWorker(): BackendWorker {
    const runner = new OutboxRunner(this.table, this.#registry, POLICY);
    const worker = new BackendWorker('outbox', async (job) => runner.run((job.data as QueuePayloads['outbox']).outboxId), {
      ...WORKER_OPTIONS,
      connection: queueConnection(this.backend.settings),
      prefix: QUEUE_PREFIX,
    });
    worker.on('error', (error) => this.errors.push(error));
    this.#closers.push(() => worker.close());
    return worker;
  }

  handlingsOf(id: string): number[] {
    return this.handled.filter((entry) => entry.outboxId === id).map((entry) => entry.at);
  }

  isDone = (id: string): boolean => this.table.row(id).doneAt !== undefined;

  async close(): Promise<void> {
    for (const close of this.#closers.reverse()) {
      await close();
    }
  }
}

describeOnBothBackends('the outbox relay', (backend) => {
  let office: Office;
  beforeEach(async () => {
    await backend().empty();
    office = new Office(backend());
  });
  afterEach(() => office.close(), 20_000);

  it('carries every committed row to its handler, once', async () => {
    const ids = Array.from({ length: 120 }, () => office.put());
    office.startWorker();
    office.startRelay();
    office.startRelay();
    await waitFor('all done', () => ids.every(office.isDone));
    expect(office.handled).toHaveLength(ids.length);
  });

  it('is prompt when it is woken', async () => {
    office.startWorker();
    const relay = office.startRelay({ pollEveryMs: 60_000 });
    await waitFor('a first round', () => relay.lastSuccessAt !== undefined);
    const id = office.put();
    relay.wake();
    await waitFor('done', () => office.isDone(id), 3_000);
  });

  it('rebuilds a queue that was emptied', async () => {
    const ids = Array.from({ length: 30 }, () => office.put());
    const relay = office.startRelay({ unfinishedAfterMs: 300 });
    await waitFor('handed', () => ids.every((id) => office.table.row(id).handedAt !== undefined));
    await relay.stop();
    await backend().empty();
    expect(await office.queue.getJobState(ids[0] ?? '')).toBe('unknown');
    office.startWorker();
    office.startRelay({ unfinishedAfterMs: 300 });
    await waitFor('all done', () => ids.every(office.isDone));
  });

  it('does not hand again what still waits in the queue', async () => {
    const id = office.put();
    let again = 0;
    office.startRelay({ unfinishedAfterMs: 1, onHanded: (count, isAgain) => (again += isAgain ? count : 0) });
    const first = () => office.table.row(id).handedAt;
    await waitFor('looked for and found', () => first() !== undefined);
    const seen = first();
    await waitFor('looked for again', () => first() !== seen);
    expect(again).toBe(0);
    expect(await office.queue.getJobCountByTypes('waiting')).toBe(1);
  });

  it('tries again after growing pauses and then succeeds', async () => {
    office.act = () =>
      office.handled.length < 3 ? Promise.reject(new TryAgainError('mail_server_busy')) : Promise.resolve({ kind: 'done' });
    const id = office.put();
    office.startWorker();
    office.startRelay({ unfinishedAfterMs: 60_000 });
    await waitFor('done', () => office.isDone(id));
    const [first = 0, second = 0, third = 0] = office.handlingsOf(id);
    expect(second - first).toBeGreaterThanOrEqual(100);
    expect(third - second).toBeGreaterThanOrEqual(200);
    expect(office.table.row(id)).toMatchObject({ attempts: 2, lastErrorCode: 'mail_server_busy' });
  });

  it('sets a row aside after the last attempt', async () => {
    office.act = () => Promise.reject(new Error('mailbox of amina@example.org is full'));
    const id = office.put();
    office.startWorker();
    office.startRelay({ unfinishedAfterMs: 60_000 });
    await waitFor('set aside', () => office.table.row(id).setAsideAt !== undefined);
    expect(office.table.row(id)).toMatchObject({ attempts: POLICY.attempts, lastErrorCode: 'unexpected' });
    await waitFor('no job is left', async () => (await office.queue.getJobState(id)) === 'unknown');
    expect(office.handlingsOf(id)).toHaveLength(POLICY.attempts);
  });

  it('sets aside at once what cannot succeed', async () => {
    office.act = () => Promise.reject(new CannotSucceedError('smtp_550'));
    const id = office.put();
    office.startWorker();
    office.startRelay();
    await waitFor('set aside', () => office.table.row(id).setAsideAt !== undefined);
    expect(office.table.row(id)).toMatchObject({ attempts: 1, lastErrorCode: 'smtp_550' });
  });

  it('keeps what is postponed until its time, without counting an attempt', async () => {
    const until = Date.now() + 700;
    office.act = () => Promise.resolve(Date.now() < until ? { kind: 'later', at: new Date(until) } : { kind: 'done' });
    const id = office.put();
    office.startWorker();
    office.startRelay({ unfinishedAfterMs: 300 });
    await waitFor('done', () => office.isDone(id));
    expect(office.handlingsOf(id)).toHaveLength(2);
    expect(office.table.row(id).attempts).toBe(0);
  });

  it('keeps nothing in the queue but the id of the row', async () => {
    office.act = () => Promise.reject(Object.assign(new Error('550 <amina@example.org> unknown'), { code: 'ECONNRESET' }));
    const id = office.put();
    office.startWorker();
    office.startRelay({ unfinishedAfterMs: 60_000 });
    await waitFor('waiting for its second attempt', async () => (await office.queue.getJobState(id)) === 'delayed');
    const job = await office.queue.getJob(id);
    expect(job?.data).toEqual({ outboxId: id });
    expect(job?.failedReason).toBe('econnreset');
    expect(job?.stacktrace).toEqual([]);
  });

  it('leaves rows of a topic that only a newer release knows', async () => {
    const foreign = office.put('weather_changed');
    const own = office.put();
    office.startWorker();
    office.startRelay();
    await waitFor('done', () => office.isDone(own));
    expect(office.table.row(foreign).handedAt).toBeUndefined();
  });

  it('starts while the server is away and begins when it comes', async () => {
    await backend().queueGate.shut();
    const id = office.put();
    const late = new Office(backend());
    late.table.put(id, 'message_sent', {});
    late.startWorker();
    late.startRelay({ unfinishedAfterMs: 500 });
    await waitFor('an error was told', () => late.errors.length > 0);
    expect(late.isDone(id)).toBe(false);
    await backend().queueGate.open();
    await waitFor('done', () => late.isDone(id), 20_000);
    await late.close();
  }, 40_000);

  it('resumes by itself after the server was away', async () => {
    office.startWorker();
    office.startRelay({ unfinishedAfterMs: 500 });
    const before = office.put();
    await waitFor('done', () => office.isDone(before));
    await backend().queueGate.shut();
    const meanwhile = office.put();
    await waitFor('an error was told', () => office.errors.length > 0);
    await backend().queueGate.open();
    await waitFor('done', () => office.isDone(meanwhile), 20_000);
  }, 40_000);

  it('closes quickly although the server went away under a job, whose end can be told to nobody', async () => {
    let finish: () => void = () => undefined;
    const isOver = new Promise<void>((resolve) => (finish = resolve));
    office.act = async () => {
      await isOver;
      return { kind: 'done' };
    };
    office.startWorker();
    office.startRelay();
    const id = office.put();
    await waitFor('it is begun', () => office.handlingsOf(id).length === 1);
    await backend().queueGate.shut();
    finish();
    await waitFor('it is done', () => office.isDone(id));
    const start = Date.now();
    await office.close();
    expect(Date.now() - start).toBeLessThan(8_000);
    await backend().queueGate.open();
  }, 20_000);

  it('closes quickly although the server is away', async () => {
    office.startWorker();
    office.startRelay();
    const id = office.put();
    await waitFor('done', () => office.isDone(id));
    await waitFor('the queue knows that it is done', async () => (await office.queue.getJobState(id)) === 'unknown');
    await backend().queueGate.shut();
    const start = Date.now();
    await office.close();
    expect(Date.now() - start).toBeLessThan(8_000);
    await backend().queueGate.open();
  }, 20_000);
});
