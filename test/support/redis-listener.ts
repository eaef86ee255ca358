import { connect } from 'node:net';
import { once } from 'node:events';

/** Everything that a Redis is told, from now on. */
export interface RedisListener {
  /** The commands so far, as the bytes that were sent. */
  heard(): Buffer;
  stop(): void;
}

/**
 * Listens in with MONITOR, on a bare connection: ioredis takes a command that is told before its own answer for that answer, and fails.
 * @param url `redis://host:port`
 */
export async function listenToRedis(url: string): Promise<RedisListener> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write('MONITOR\r\n');
  return { heard: () => asSent(Buffer.concat(chunks)), stop: () => socket.destroy() };
}

/** Redis prints every byte that is not plain ASCII as `\xNN`, and escapes quotes and backslashes. */
function asSent(printed: Buffer): Buffer {
  const text = printed.toString('latin1').replace(/\\x([0-9a-f]{2})|\\(["\\])/g, (_, code: string | undefined, plain: string) => {
    return code === undefined ? plain : String.fromCharCode(Number.parseInt(code, 16));
  });
  return Buffer.from(text, 'latin1');
}
