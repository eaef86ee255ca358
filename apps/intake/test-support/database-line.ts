import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** A line between a process and its database that a test can cut and mend: sockets break and are refused as in a real outage. */
export class DatabaseLine {
  private server: Server | undefined;
  private port = 0;
  private readonly sockets = new Set<Socket>();
  private target = { host: '127.0.0.1', port: 5432 };

  /** Gives the URL that leads through the line. */
  async open(url: string): Promise<string> {
    const through = new URL(url);
    this.target = { host: through.hostname, port: Number(through.port) };
    await this.mend();
    through.hostname = '127.0.0.1';
    through.port = String(this.port);
    return through.href;
  }

  /** Ends every connection and takes no new one. */
  async cut(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Lets connections through again, at the same address. */
  async mend(): Promise<void> {
    this.server = createServer((near) => {
      const far = connect(this.target);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.sockets.delete(one);
          other.destroy();
        });
      }
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    this.port = typeof address === 'object' && address ? address.port : this.port;
  }
}
