import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below what systems lend to connections that go out (on Linux from 32768 on): there, between the moment in which a port is free and the one in which a
 * program takes it, the next connection of any other test may have it. And above those that a browser does not go to.
 */
const lowest = 11_000;
const end = 32_000;

const given = new Set<number>();

/** A port of the loopback that nobody listens on, and that this process did not ask for before. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(lowest, end);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port between ${lowest} and ${end} is free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
