import { createServer } from 'node:net';
import { freePort } from './free-port';

it('gives a port on which a program can listen, each time another, none that goes to connections', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()));
  expect(new Set(ports).size).toBe(50);
  expect(ports.filter((port) => port < 11_000 || port >= 32_000)).toEqual([]);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(ports[0], '127.0.0.1', resolve);
  });
  server.close();
});
