import { Agent, request, type IncomingHttpHeaders } from 'node:http';

/** An answer, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** From the first byte sent to the last one received, in milliseconds. */
  readonly tookMs: number;
}

/**
 * A client that costs little: the load and what it loads share the same cores, and `fetch` takes about twice the time of node:http.
 */
export class HttpClient {
  readonly #agent: Agent;

  /** @param connections kept open */
  constructor(
    private readonly address: string,
    connections: number,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** @param body sent as JSON; a GET when absent */
  ask(path: string, body?: object, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const began = performance.now();
    return new Promise((done, failed) => {
      const sent = request(
        `${this.address}${path}`,
        {
          agent: this.#agent,
          method: text === undefined ? 'GET' : 'POST',
          headers:
            text === undefined ? headers : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', failed);
          answer.on('end', () =>
            done({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              text: Buffer.concat(chunks).toString('utf8'),
              tookMs: performance.now() - began,
            }),
          );
        },
      );
      sent.on('error', failed);
      sent.end(text);
    });
  }

  /** As {@link ask}, for an answer that has to be this one. */
  async expect<T>(status: number, path: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<T> {
    const answer = await this.ask(path, body, headers);
    if (answer.status !== status) throw new Error(`${path} answered ${answer.status} instead of ${status}: ${answer.text.slice(0, 300)}`);
    return JSON.parse(answer.text) as T;
  }

  close(): void {
    this.#agent.destroy();
  }
}
