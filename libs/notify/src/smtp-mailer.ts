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
  /** Milliseconds for one mail from its first step to the last answer. Default 40 s. */
  readonly longestMs?: number;
}

/** Shorter than the sixty seconds for which the database lets a transaction idle: the notification stays locked while its mail is sent. */
const LONGEST_MS = 40_000;

/** Sends by SMTP over a few connections that are kept open. */
export class SmtpMailer extends Mailer {
  readonly #transport: ReturnType<typeof pooledTransport>;
  readonly #sender: Sender;
  readonly #longestMs: number;

  constructor(options: SmtpMailerOptions) {
    super();
    this.#sender = options.sender;
    this.#longestMs = options.longestMs ?? LONGEST_MS;
    this.#transport = pooledTransport(options);
  }

  override async send(mail: Mail): Promise<Delivery> {
    try {
      await this.#inTime(this.#transport.sendMail(nodemailerMessage(mail, this.#sender)));
      return { kind: 'accepted' };
    } catch (error) {
      return refusal(error);
    }
  }

  /** A server that answers each step just in time could hold a mail for minutes. It may still arrive then, and again later, under the same Message-ID. */
  async #inTime(sending: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(Object.assign(new Error('too slow'), { code: 'TOO_SLOW' })), this.#longestMs);
    });
    sending.catch(() => undefined);
    try {
      await Promise.race([sending, late]);
    } finally {
      clearTimeout(timer);
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
    // As many as the worker sends at the same time: a mail that waits for a connection would hold its row meanwhile.
    maxConnections: 8,
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
