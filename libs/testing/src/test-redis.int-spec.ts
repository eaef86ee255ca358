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
