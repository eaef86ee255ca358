import { Redis } from 'ioredis';

import { hasTestRedis, startTestRedis } from './test-redis';

(hasTestRedis() ? describe : describe.skip)('startTestRedis', () => {
  it('gives a server that answers', async () => {
    const server = await startTestRedis();
    if (server === undefined) {
      throw new Error('hasTestRedis promised one');
    }
    const client = new Redis(server.url, { maxRetriesPerRequest: 1, lazyConnect: true });
    client.on('error', () => undefined);
    try {
      await client.connect();
      expect(await client.ping()).toBe('PONG');
    } finally {
      client.disconnect();
      await server.stop();
    }
  });
});

describe('a server that is named', () => {
  const names = ['RECOURSE_TEST_REDIS_URL', 'JEST_WORKER_ID'] as const;
  const before = names.map((name) => process.env[name]);
  afterEach(() => {
    names.forEach((name, index) => {
      if (before[index] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[index];
    });
  });

  it.each([
    ['redis://queue.example:6379', 'redis://queue.example:6379/3'],
    ['redis://queue.example:6379/', 'redis://queue.example:6379/3'],
    ['redis://queue.example:6379/7', 'redis://queue.example:6379/7'],
  ])('%s is used as %s by the third of those who work at the same time', async (named, used) => {
    process.env['RECOURSE_TEST_REDIS_URL'] = named;
    process.env['JEST_WORKER_ID'] = '3';
    expect((await startTestRedis())?.url).toBe(used);
  });
});
