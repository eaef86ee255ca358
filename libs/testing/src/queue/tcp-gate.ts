import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A door before a server that a test can shut: connections are cut and refused, as when the server is down. */
export class TcpGate {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

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
        socket.pipe(other);
      }
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
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
