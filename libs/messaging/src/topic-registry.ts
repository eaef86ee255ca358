import { TOPICS, type Topic, type TopicPayloads } from './topics';

/** What a handler reports when it did not fail. */
export type Handled =
  /** Everything asked for is done, or turned out to need nothing. */
  | { readonly kind: 'done' }
  /** Not now: ask again at this instant (somebody's quiet hours, for example). Not an error and not an attempt. */
  | { readonly kind: 'later'; readonly at: Date };

/** The outbox row a handler acts on. */
export interface OutboxOccasion {
  /** `outbox_message.id`: makes the keys of what the handler writes. */
  readonly outboxId: string;
  /** When the transaction wrote it. */
  readonly writtenAt: Date;
}

/**
 * Acts on the rows of one topic. It may be called twice for the same row, at the same time even, and must come to the same end: what it
 * writes has a unique key made from the row.
 *
 * Throws `CannotSucceedError` for what no repetition can mend; anything else is tried again later.
 */
export interface TopicHandler<T extends Topic = Topic> {
  readonly topic: T;
  handle(payload: TopicPayloads[T], occasion: OutboxOccasion): Promise<Handled>;
  /**
   * Called when the row is about to be set aside, after a {@link handle} that threw for the last time. For what has to be written down elsewhere
   * so that a person sees it. It may be called twice.
   * @param code the code stored with the row
   */
  gaveUp?(payload: TopicPayloads[T], code: string): Promise<void>;
}

/** A handler of any one topic. */
export type AnyTopicHandler = { [T in Topic]: TopicHandler<T> }[Topic];

/** Thrown at boot when topics and handlers do not match one to one. Lists everything that is wrong at once. */
export class TopicRegistryError extends Error {
  override readonly name = 'TopicRegistryError';
}

/** Every topic with its one handler. Cannot be made with a topic that has none or two: the worker would start and lose work. */
export class TopicRegistry {
  readonly #handlers: ReadonlyMap<string, AnyTopicHandler>;

  /**
   * @param handlers all handlers of the process
   * @param topics the topics that must be covered; only tests give others than {@link TOPICS}
   * @throws TopicRegistryError naming each topic without a handler, with several, or unknown
   */
  constructor(handlers: readonly AnyTopicHandler[], topics: readonly Topic[] = TOPICS) {
    const problems = [
      ...topics.filter((topic) => !handlers.some((h) => h.topic === topic)).map((topic) => `${topic}: no handler`),
      ...topics
        .map((topic) => ({ topic, count: handlers.filter((h) => h.topic === topic).length }))
        .filter(({ count }) => count > 1)
        .map(({ topic, count }) => `${topic}: ${count} handlers`),
      ...handlers.filter((h) => !topics.includes(h.topic)).map((h) => `${h.topic}: a handler for an unknown topic`),
    ];
    if (problems.length > 0) {
      throw new TopicRegistryError(`Every outbox topic needs exactly one handler. ${problems.join('; ')}.`);
    }
    this.#handlers = new Map(handlers.map((handler) => [handler.topic, handler]));
  }

  /** The topics this process can act upon; the relay claims no others. */
  get topics(): readonly string[] {
    return [...this.#handlers.keys()];
  }

  /**
   * Lets the topic's handler act.
   * @param topic text of `outbox_message.topic`
   * @param payload what the transaction wrote with it
   * @param occasion the row
   */
  async handle(topic: string, payload: unknown, occasion: OutboxOccasion): Promise<Handled> {
    return this.#handlerOf(topic).handle(payload as TopicPayloads[Topic], occasion);
  }

  /**
   * Lets the topic's handler know that the row is about to be set aside.
   * @param code the code stored with the row
   */
  async gaveUp(topic: string, payload: unknown, code: string): Promise<void> {
    await this.#handlerOf(topic).gaveUp?.(payload as TopicPayloads[Topic], code);
  }

  #handlerOf(topic: string): TopicHandler {
    const handler = this.#handlers.get(topic) as TopicHandler | undefined;
    if (handler === undefined) {
      throw new TopicRegistryError('An outbox row was claimed whose topic has no handler.');
    }
    return handler;
  }
}
