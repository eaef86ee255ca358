import type { Mail } from './mailer';

/** Who a mail comes from. */
export interface Sender {
  /** Bare address. */
  readonly address: string;
  /** Display name; left out of neutral mail. */
  readonly name?: string | undefined;
}

/**
 * Reads `Name <address>` or a bare address.
 * @param text value of RECOURSE_MAIL_FROM
 * @throws RangeError when there is no address in it
 */
export function parseSender(text: string): Sender {
  const bare = /^\s*<?([^\s<>"@]+@[^\s<>"@]+)>?\s*$/.exec(text);
  if (bare?.[1] !== undefined) {
    return { address: bare[1] };
  }
  const named = /^\s*("[^"<>]+"|[^"<>]+?)\s*<([^\s<>"@]+@[^\s<>"@]+)>\s*$/.exec(text);
  if (named?.[1] === undefined || named[2] === undefined) {
    throw new RangeError('The sender of mail must be an address, or a name followed by an address in angle brackets.');
  }
  return { address: named[2], name: named[1].replaceAll('"', '').trim() };
}

/**
 * Message-ID of a notification's mail: always the same, so that a mail server or a mailbox that sees it twice (we crashed between the
 * server's acceptance and our note of it) can tell that it is one (RFC 5322, 3.6.4).
 */
export function messageId(notificationId: string, sender: Sender): string {
  return `<${notificationId}@${sender.address.slice(sender.address.lastIndexOf('@') + 1)}>`;
}

/**
 * The mail as nodemailer takes it: plain text only (no pictures that report the reading, nothing that a filter or an old phone mangles).
 * @param mail the mail
 * @param sender who it comes from
 */
export function nodemailerMessage(mail: Mail, sender: Sender) {
  return {
    from: mail.isNeutral || sender.name === undefined ? sender.address : { name: sender.name, address: sender.address },
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: wrapped(mail.text),
    messageId: messageId(mail.notificationId, sender),
    headers: {
      'Content-Language': mail.language,
      // RFC 3834: nobody's out-of-office reply should come back to us.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    // A mail that carries a name of our software tells more than it must.
    xMailer: false as const,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** RFC 5322, 2.1.1: lines should be no longer than 78 characters. Longer ones make English unreadable on the way (quoted-printable). */
const LINE_LENGTH = 74;

/**
 * Breaks long lines between words. A word that is longer, a link mostly, is left whole.
 * @param text with `\n` line ends
 */
export function wrapped(text: string): string {
  return text.split('\n').flatMap(wrappedLine).join('\n');
}

function wrappedLine(line: string): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > LINE_LENGTH) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
