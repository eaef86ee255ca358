import type { AddressInfo } from 'node:net';

import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
export interface ReceivedMail {
  readonly to: string;
  /** Headers and body as sent. */
  readonly raw: string;
}

/** A real mail server on a free port of the loopback. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** What to answer to a recipient: an SMTP code of refusal, or undefined to accept. */
  refuse: (address: string) => number | undefined = () => undefined;
  readonly #server: SMTPServer;

  constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      closeTimeout: 500,
      onRcptTo: ({ address }, _session, done) => {
        const responseCode = this.refuse(address);
        done(responseCode === undefined ? null : Object.assign(new Error(`not for ${address}`), { responseCode }));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address).join();
          this.received.push({ to, raw: Buffer.concat(chunks).toString('utf8') });
          done();
        });
      },
    });
    this.#server.on('error', () => undefined);
  }

  /** Begins to listen. @returns its URL */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  /** What arrived for an address. */
  for(address: string): readonly ReceivedMail[] {
    return this.received.filter(({ to }) => to === address);
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }
}

/**
 * The text of a mail as a person reads it. Nodemailer chooses base64 or quoted-printable by what is shorter, so Arabic is mostly the first.
 * @param raw one part, UTF-8, in an encoding of RFC 2045, section 6
 */
export function textOf(raw: string): string {
  const [header = '', ...body] = raw.split('\r\n\r\n');
  const encoded = body.join('\r\n\r\n');
  const encoding = /^content-transfer-encoding: *(\S+)/im.exec(header)?.[1];
  return decoded(encoded, encoding).toString('utf8').replaceAll('\r\n', '\n');
}

function decoded(text: string, encoding: string | undefined): Buffer {
  if (encoding === 'base64') {
    return Buffer.from(text, 'base64');
  }
  if (encoding === 'quoted-printable') {
    const bytes = text.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1');
  }
  return Buffer.from(text);
}
