import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FileMailer } from './file-mailer';
import type { Mail } from './mailer';

const MAIL: Mail = {
  notificationId: '0198c3f2-0000-7000-8000-000000000002',
  to: 'officer@example.org',
  subject: 'RC-AAAAA-BBBBB: a new complaint',
  text: 'A new complaint has arrived.\n',
  language: 'en',
  isNeutral: false,
  kind: 'staff_new_complaint',
  recipientRole: 'officer',
};

describe('mail into files', () => {
  let folder: string;
  let lines: string[];
  let mailer: FileMailer;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'recourse-mail-')), 'mail');
    lines = [];
    mailer = new FileMailer({ folder, sender: { address: 'desk@example.org' }, log: (line) => lines.push(line) });
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));

  it('is one file for a notification, however often it is sent', async () => {
    await expect(mailer.send(MAIL)).resolves.toEqual({ kind: 'accepted' });
    await expect(mailer.send(MAIL)).resolves.toEqual({ kind: 'accepted' });
    expect(await readdir(folder)).toEqual([`${MAIL.notificationId}.eml`]);
    const path = join(folder, `${MAIL.notificationId}.eml`);
    const text = await readFile(path, 'utf8');
    expect(text).toContain('To: officer@example.org');
    expect(text).toContain('Message-ID: <0198c3f2-0000-7000-8000-000000000002@example.org>');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('tells the console the kind and the role, never the address, subject or text', async () => {
    await mailer.send(MAIL);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('staff_new_complaint for officer');
    expect(lines[0]).not.toMatch(/officer@|RC-|has arrived/);
  });

  it('is not given up when the folder cannot be written', async () => {
    await writeFile(folder, 'a file where the folder should be');
    await expect(mailer.isReady()).resolves.toBe(false);
    await expect(mailer.send(MAIL)).resolves.toEqual({ kind: 'refused_for_now', code: 'file_eexist' });
    expect(lines).toEqual([]);
  });
});
