import { createTransport } from 'nodemailer';

import { nodemailerMessage, type Sender } from './mail-message';
import { Mailer, type Delivery, type Mail } from './mailer';

/** How to reach the mail server. */
export interface SmtpMailerOptions {
  /** `smtp://` or `smtps://` URL, credentials included. Never logged. */
  readonly url: string;
  readonly sender: Sender;
  /** Milliseconds for connecting, for the greeting, and between two answers. Default 15 s. */
  readonly timeoutMs?: number;
}

/** Sends by SMTP over a few connections that are kept open. */
export class SmtpMailer extends Mailer {
  readonly #transport: ReturnType<typeof pooledTransport>;
  readonly #sender: Sender;

  constructor(options: SmtpMailerOptions) {
    super();
    this.#sender = options.sender;
    this.#transport = pooledTransport(options);
  }

  override async send(mail: Mail): Promise<Delivery> {
    try {
      await this.#transport.sendMail(nodemailerMessage(mail, this.#sender));
      return { kind: 'accepted' };
    } catch (error) {
      return refusal(error);
    }
  }

  override async isReady(): Promise<boolean> {
    try {
      return await this.#transport.verify();
    } catch (error) {
      // Called for its other half: a mistake of ours is thrown on, a refusal means "not ready".
      refusal(error);
      return false;
    }
  }

  override close(): Promise<void> {
    this.#transport.close();
    return Promise.resolve();
  }
}

function pooledTransport({ url, timeoutMs = 15_000 }: SmtpMailerOptions) {
  return createTransport({
    url,
    pool: true,
    maxConnections: 3,
    maxMessages: 100,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Its log holds addresses and text.
    logger: false,
    debug: false,
  });
}

/**
 * What an error of nodemailer means. Permanent only when the server answered 5xx to *this* mail (envelope or content, RFC 5321, 4.2.1). A
 * 5xx while connecting or signing in is about our settings: a person will mend them and the mail must not be lost meanwhile.
 */
function refusal(error: unknown): Delivery {
  const { code, responseCode } = (error ?? {}) as { readonly code?: unknown; readonly responseCode?: unknown };
  if (typeof code !== 'string') {
    // Not a refusal but a mistake of ours.
    throw error;
  }
  const isAboutThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (typeof responseCode === 'number') {
    const isForGood = isAboutThisMail && responseCode >= 500 && responseCode <= 599;
    return { kind: isForGood ? 'refused_for_good' : 'refused_for_now', code: `smtp_${responseCode}` };
  }
  // An envelope without a server's answer is an address that cannot be written down at all.
  return code === 'EENVELOPE'
    ? { kind: 'refused_for_good', code: 'smtp_address_invalid' }
    : { kind: 'refused_for_now', code: `smtp_${code.toLowerCase()}` };
}
