import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { code, page, table } from './markdown.mjs';

/**
 * Every notification with its English subject and body, variables included.
 * @param {Readonly<Record<string, {recipient: string, params: readonly string[]}>>} kinds
 * @param {string} folder of the templates, one folder per language in it
 * @returns {string}
 */
export function notificationsPage(kinds, folder) {
  const template = (/** @type {string} */ file) => readFileSync(join(folder, 'en', file), 'utf8').trimEnd();
  return page(
    'Notifications',
    'libs/notify/src/notification-kinds.ts and libs/notify/templates',
    'Mail never contains what somebody wrote, a name or an address. To a complainant it says only that there is something to read; the neutral form names ' +
      'neither the institution nor the matter.',
    table(
      ['Notification', 'To', 'Variables'],
      Object.entries(kinds).map(([kind, { recipient, params }]) => [code(kind), recipient, params.map(code).join(', ')]),
    ),
    ...Object.keys(kinds).flatMap((kind) => [
      `## ${code(kind)}`,
      ['```text', `Subject: ${template(`${kind}.subject.txt`)}`, '', template(`${kind}.body.txt`), '```'].join('\n'),
    ]),
  );
}
