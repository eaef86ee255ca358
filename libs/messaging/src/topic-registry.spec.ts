import { TopicRegistry, TopicRegistryError, type AnyTopicHandler } from './topic-registry';
import { TOPICS, type Topic } from './topics';

function handlerFor(topic: Topic, seen: unknown[] = []): AnyTopicHandler {
  return {
    topic,
    handle: (payload: unknown) => {
      seen.push(payload);
      return Promise.resolve({ kind: 'done' } as const);
    },
  };
}

describe('the topic registry', () => {
  it('accepts exactly one handler for each topic', async () => {
    const seen: unknown[] = [];
    const registry = new TopicRegistry(TOPICS.map((topic) => handlerFor(topic, seen)));
    expect(registry.topics).toEqual(TOPICS);
    await expect(
      registry.handle('message_sent', { caseId: 'c', messageId: 'm' }, { outboxId: 'o', writtenAt: new Date(0) }),
    ).resolves.toEqual({ kind: 'done' });
    expect(seen).toEqual([{ caseId: 'c', messageId: 'm' }]);
  });

  it.each(TOPICS)('does not let the process start without a handler for %s', (missing) => {
    const others = TOPICS.filter((topic) => topic !== missing).map((topic) => handlerFor(topic));
    expect(() => new TopicRegistry(others)).toThrow(`${missing}: no handler`);
  });

  it('says everything that is wrong at once', () => {
    const handlers = [
      ...TOPICS.slice(1).map((topic) => handlerFor(topic)),
      handlerFor('message_sent'),
      handlerFor('weather_changed' as Topic),
    ];
    expect(() => new TopicRegistry(handlers)).toThrow(TopicRegistryError);
    expect(() => new TopicRegistry(handlers)).toThrow(
      `${TOPICS[0]}: no handler; message_sent: 2 handlers; weather_changed: a handler for an unknown topic.`,
    );
  });
});
