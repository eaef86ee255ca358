import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createTransport } from 'nodemailer';

import { nodemailerMessage, type Sender } from './mail-message';
import { Mailer, type Delivery, type Mail } from './mailer';

/** Where mail is put. */
export interface FileMailerOptions {
  /** Absolute path of the folder; made when missing, readable by its owner only. */
  readonly folder: string;
  readonly sender: Sender;
  /** Gets one line per mail, without the address or the text. */
  readonly log: (line: string) => void;
}

/**
 * Puts each mail into a file that any mail program opens, for the demo workspace and for tests. The file is named after the notification, so the
 * same notification twice is one file; version 7 ids sort by time.
 */
export class FileMailer extends Mailer {
  readonly #transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });

  constructor(private readonly options: FileMailerOptions) {
    super();
  }

  override async send(mail: Mail): Promise<Delivery> {
    const { folder, sender, log } = this.options;
    const { message } = await this.#transport.sendMail(nodemailerMessage(mail, sender));
    if (!Buffer.isBuffer(message)) {
      throw new TypeError('The stream transport was asked for a buffer and gave a stream.');
    }
    const path = join(folder, `${mail.notificationId}.eml`);
    const temporary = `${path}.${randomBytes(4).toString('hex')}.part`;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(temporary, message, { mode: 0o600 });
      await rename(temporary, path);
    } catch (error) {
      return { kind: 'refused_for_now', code: `file_${fileErrorCode(error)}` };
    }
    log(`Mail ${mail.kind} for ${mail.recipientRole} is in ${path}`);
    return { kind: 'accepted' };
  }

  override async isReady(): Promise<boolean> {
    try {
      await mkdir(this.options.folder, { recursive: true, mode: 0o700 });
      await access(this.options.folder, constants.W_OK);
      return true;
    } catch (error) {
      // Called for its other half: a mistake of ours is thrown on, a refusal of the file system means "not ready".
      fileErrorCode(error);
      return false;
    }
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}

/** `enospc`, `eacces` …; anything that is not an error of the file system is thrown on. */
function fileErrorCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    return error.code.toLowerCase();
  }
  throw error;
}
