import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/** A door before a server that a test can shut: connections are cut and refused, as when the server is down. */
export class TcpGate {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;
  #lost: string | undefined;

  constructor(private readonly target: { readonly host: string; readonly port: number }) {}

  /** Port of the door; known after {@link open} was called once, and the same ever after. */
  get port(): number {
    return this.#port;
  }

  /** Lets connections through; does nothing when it is open, for database and queue may be behind one door. */
  async open(): Promise<void> {
    if (this.#server !== undefined) {
      return;
    }
    const server = createServer((inner) => {
      const outer = connect(this.target);
      for (const [socket, other] of [
        [inner, outer],
        [outer, inner],
      ] as const) {
        this.#sockets.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      }
      inner.pipe(outer);
      outer.pipe(this.#losing(inner)).pipe(inner);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /**
   * Cuts the connection instead of handing on the server's next answer that holds these bytes: what was asked is done, and whoever asked is never
   * told. `COMMIT` is how PostgreSQL says that a transaction is committed.
   */
  loseAnswer(bytes: string): void {
    this.#lost = bytes;
  }

  #losing(inner: Socket): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        if (this.#lost === undefined || !chunk.includes(this.#lost)) {
          done(null, chunk);
          return;
        }
        this.#lost = undefined;
        inner.destroy();
        done();
      },
    });
  }

  /** Cuts every connection and refuses new ones. */
  async shut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    this.#sockets.forEach((socket) => socket.destroy());
    await closed;
  }
}
