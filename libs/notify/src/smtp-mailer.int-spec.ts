import type { AddressInfo } from 'node:net';

import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

import type { Mail } from './mailer';
import { SmtpMailer } from './smtp-mailer';

const MAIL: Mail = {
  notificationId: '0198c3f2-0000-7000-8000-000000000001',
  to: 'officer@example.org',
  subject: 'RC-AAAAA-BBBBB: شكوى جديدة',
  text: 'وصلت شكوى جديدة.\n\nhttp://localhost:3001/cases/RC-AAAAA-BBBBB\n',
  language: 'ar',
  isNeutral: false,
  kind: 'staff_new_complaint',
  recipientRole: 'officer',
};

const SENDER = { address: 'desk@institution.example', name: 'Example Desk' };

/** A real SMTP server on a free port of the loopback, that keeps what it was given. */
async function smtpServer(options: SMTPServerOptions = {}) {
  const received: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { received, port, url: `smtp://127.0.0.1:${port}`, close: () => new Promise<void>((done) => server.close(done)) };
}

/** RFC 2045, 6.7, and line ends back to `\n`. */
function fromQuotedPrintable(text: string): string {
  const bytes = text.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}

const answer = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

describe('mail by SMTP', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) {
      await close();
    }
  });

  async function given(options: SMTPServerOptions = {}, timeoutMs = 2_000) {
    const server = await smtpServer(options);
    const mailer = new SmtpMailer({ url: server.url, sender: SENDER, timeoutMs });
    closers.push(server.close, () => mailer.close());
    return { server, mailer };
  }

  it('arrives as plain text with its language and a Message-ID made from the notification', async () => {
    const { server, mailer } = await given();
    await expect(mailer.isReady()).resolves.toBe(true);
    await expect(mailer.send(MAIL)).resolves.toEqual({ kind: 'accepted' });
    await expect(mailer.send(MAIL)).resolves.toEqual({ kind: 'accepted' });
    expect(server.received).toHaveLength(2);
    const [first = '', second = ''] = server.received;
    expect(first).toContain('Message-ID: <0198c3f2-0000-7000-8000-000000000001@institution.example>\r\n');
    expect(second).toContain('Message-ID: <0198c3f2-0000-7000-8000-000000000001@institution.example>\r\n');
    expect(first).toContain('Content-Language: ar\r\n');
    expect(first).toMatch(/Content-Type: text\/plain; charset=utf-8\r\n/);
    expect(first).toContain('Auto-Submitted: auto-generated\r\n');
    expect(first).toContain('From: Example Desk <desk@institution.example>\r\n');
    expect(first).not.toMatch(/X-Mailer|nodemailer|multipart|text\/html/i);
    expect(first).toContain('Content-Transfer-Encoding: quoted-printable\r\n');
    expect(fromQuotedPrintable(first.slice(first.indexOf('\r\n\r\n') + 4))).toBe(MAIL.text);
  });

  it('leaves the name of the institution out of a neutral mail', async () => {
    const { server, mailer } = await given();
    await mailer.send({ ...MAIL, isNeutral: true });
    expect(server.received[0]).toContain('From: desk@institution.example\r\n');
    expect(server.received[0]).not.toContain('Example Desk');
  });

  it('is tried again after a temporary refusal, and then arrives', async () => {
    let refusals = 1;
    const { server, mailer } = await given({
      onRcptTo: (address, _session, done) => (refusals-- > 0 ? done(answer(451, `${address.address} is busy`)) : done()),
    });
    await expect(mailer.send(MAIL)).resolves.toEqual({ kind: 'refused_for_now', code: 'smtp_451' });
    await expect(mailer.send(MAIL)).resolves.toEqual({ kind: 'accepted' });
    expect(server.received).toHaveLength(1);
  });

  it('is given up after a permanent refusal, whose code does not repeat the address', async () => {
    const { mailer } = await given({
      onRcptTo: (address, _session, done) => done(answer(550, `no mailbox ${address.address}`)),
    });
    await expect(mailer.send(MAIL)).resolves.toEqual({ kind: 'refused_for_good', code: 'smtp_550' });
  });

  it('is not given up when the server refuses us and not the mail', async () => {
    const { mailer } = await given({ onConnect: (_session, done) => done(answer(554, 'go away')) });
    await expect(mailer.send(MAIL)).resolves.toMatchObject({ kind: 'refused_for_now', code: 'smtp_554' });
    await expect(mailer.isReady()).resolves.toBe(false);
  });

  it('is not given up when our password is wrong', async () => {
    const server = await smtpServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(answer(535, 'wrong password')),
    });
    const mailer = new SmtpMailer({ url: `smtp://desk:wrong@127.0.0.1:${server.port}`, sender: SENDER, timeoutMs: 2_000 });
    closers.push(server.close, () => mailer.close());
    await expect(mailer.send(MAIL)).resolves.toEqual({ kind: 'refused_for_now', code: 'smtp_535' });
  });

  it('is not given up when nobody answers', async () => {
    const { server, mailer } = await given();
    await server.close();
    await expect(mailer.send(MAIL)).resolves.toMatchObject({ kind: 'refused_for_now' });
    await expect(mailer.isReady()).resolves.toBe(false);
  });

  it('is not given up when the server accepts the connection and falls silent', async () => {
    const { mailer } = await given({ onConnect: () => undefined }, 300);
    await expect(mailer.send(MAIL)).resolves.toMatchObject({ kind: 'refused_for_now', code: 'smtp_etimedout' });
  });

  it('is not waited for when the server takes its time with every step', async () => {
    const server = await smtpServer({ onMailFrom: () => undefined });
    const mailer = new SmtpMailer({ url: server.url, sender: SENDER, timeoutMs: 1_500, longestMs: 200 });
    closers.push(server.close, () => mailer.close());
    await expect(mailer.send(MAIL)).resolves.toEqual({ kind: 'refused_for_now', code: 'smtp_too_slow' });
  });

  it('is given up when the address cannot be written down', async () => {
    const { mailer } = await given();
    await expect(mailer.send({ ...MAIL, to: 'not an address' })).resolves.toMatchObject({ kind: 'refused_for_good' });
  });
});
